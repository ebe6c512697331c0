"""What an OpenAPI document says of types."""

import json
import re
from urllib.parse import unquote


class Schemas:
    """What a document says of types."""

    def __init__(self, document):
        self.document = document

    def resolved(self, value):
        for _ in range(64):
            if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
                return value
            place = self.document
            for step in value["$ref"].removeprefix("#").split("/")[1:]:
                step = unquote(step).replace("~1", "/").replace("~0", "~")
                place = place[int(step)] if isinstance(place, list) else place.get(step, {})
            value = place
        return {}

    def kinds(self, schema, depth=0):
        """The types that a value may have."""
        schema = self.resolved(schema)
        if not isinstance(schema, dict) or depth > 8:
            return set()
        kind = schema.get("type")
        if kind:
            return set(kind) if isinstance(kind, list) else {kind}
        if "properties" in schema:
            return {"object"}
        found = set()
        for part in self.parts(schema):
            found |= self.kinds(part, depth + 1)
        return found

    def says(self, schema, keyword, depth=0):
        """Whether a schema, or one that it combines, has the keyword set."""
        schema = self.resolved(schema)
        if not isinstance(schema, dict) or depth > 8:
            return False
        members = schema.get("allOf")
        members = members if isinstance(members, list) else []
        return schema.get(keyword) is True or any(self.says(one, keyword, depth + 1) for one in members)

    def written(self, schema):
        """The schema of a parameter, which is written whatever the component that it shares with an answer says."""
        found = self.resolved(schema)
        parts = self.parts(found) if isinstance(found, dict) else []
        if not isinstance(found, dict) or not (self.says(found, "readOnly") or any(self.says(one, "readOnly") for one in parts)):
            return schema
        made = {key: inner for key, inner in found.items() if key != "readOnly"}
        for key in ("allOf", "oneOf", "anyOf"):
            if key in made:
                made[key] = [self.written(one) for one in made[key]]
        return made

    @staticmethod
    def parts(schema):
        return [part for key in ("allOf", "oneOf", "anyOf") for part in schema.get(key) or []]

    def properties(self, schema, depth=0):
        schema = self.resolved(schema)
        if not isinstance(schema, dict) or depth > 8:
            return {}
        found = dict(schema.get("properties") or {})
        for part in self.parts(schema):
            for name, inner in self.properties(part, depth + 1).items():
                found.setdefault(name, inner)
        return found

    def further(self, schema, depth=0):
        """The schema of properties that are not named."""
        schema = self.resolved(schema)
        if not isinstance(schema, dict) or depth > 8:
            return {}
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            return more
        return next((found for part in self.parts(schema) if (found := self.further(part, depth + 1))), {})

    def items(self, schema, depth=0):
        schema = self.resolved(schema)
        if not isinstance(schema, dict) or depth > 8:
            return {}
        if "items" in schema:
            return schema["items"]
        return next((found for part in self.parts(schema) if (found := self.items(part, depth + 1))), {})

    def cast(self, schema, written):
        """Texts as the types that the schema has."""
        kinds = self.kinds(schema)
        if isinstance(written, dict) and "array" in kinds and all(name.isdigit() for name in written):
            # The items of a list that are objects are numbered.
            return [self.cast(self.items(schema), written[name]) for name in sorted(written, key=int)]
        if isinstance(written, dict):
            properties = self.properties(schema)
            more = self.further(schema)
            return {name: self.cast(properties.get(name, more), inner) for name, inner in written.items()}
        if isinstance(written, list):
            return [self.cast(self.items(schema), inner) for inner in written]
        if "integer" in kinds and re.fullmatch(r"-?\d+", written):
            return int(written)
        if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", written):
            return json.loads(written)
        if "boolean" in kinds and written in ("true", "false"):
            return written == "true"
        if kinds == {"object"} and written.startswith("{"):
            # An object where only text can stand.
            return json.loads(written)
        if "array" in kinds and "string" not in kinds:
            return [self.cast(self.items(schema), written)]
        return written
