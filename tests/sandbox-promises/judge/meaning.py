"""A document as its vendor means it."""

import json

NUMBER_OR_BOOLEAN = (int, float, bool)


def meant(document, schemas):
    """The document as its vendor means it, where taken at its word nothing would be valid, and as the specification
    does, where openapi-core reads it otherwise."""
    whole = as_meant(document, schemas)
    schemes = (whole.get("components") or {}).get("securitySchemes") or {}
    for scheme in schemes.values():
        if isinstance(scheme.get("scheme"), str):
            # Names of schemes have no case (RFC 9110, section 11.1).
            scheme["scheme"] = scheme["scheme"].lower()
    return whole


def as_meant(value, schemas, is_member=False):
    if isinstance(value, list):
        return [as_meant(inner, schemas) for inner in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str) and value["$ref"].startswith("#/paths/"):
        # openapi-core is given one path at a time.
        return as_meant(schemas.resolved(value), schemas, is_member)
    made = {
        key: [as_meant(inlined(one, schemas), schemas, True) for one in inner]
        if key == "allOf" and isinstance(inner, list)
        else as_meant(inner, schemas)
        for key, inner in value.items()
    }
    discriminator = made.get("discriminator")
    if isinstance(discriminator, dict) and "propertyName" in discriminator and not names_schemas(discriminator):
        # It decides nothing about what is valid (3.1.1, 4.8.25), and what it names need not be the name of a schema.
        del made["discriminator"]
    required, properties = made.get("required"), made.get("properties")
    if made.get("additionalProperties") is False and isinstance(required, list) and isinstance(properties, dict):
        # What an object requires it takes, though it describes nothing of the name.
        made["properties"] = {**{name: {} for name in required}, **properties}
    enum = made.get("enum")
    if made.get("type") == "string" and isinstance(enum, list):
        made["enum"] = [json.dumps(one) if isinstance(one, NUMBER_OR_BOOLEAN) else one for one in enum]
    if made.get("additionalProperties") is False and (is_member or schemas.parts(made)):
        # What a member of `allOf` does not name, the others do.
        del made["additionalProperties"]
    return made


def names_schemas(discriminator):
    mapping = discriminator.get("mapping")
    return isinstance(mapping, dict) and all(str(target).startswith("#/components/schemas/") for target in mapping.values())


def inlined(member, schemas):
    """A member of `allOf`, in place of its reference where it takes no further properties."""
    target = schemas.resolved(member)
    is_reference = isinstance(member, dict) and "$ref" in member
    return target if is_reference and is_closed(target, schemas) else member


def is_closed(schema, schemas, depth=0):
    schema = schemas.resolved(schema)
    if not isinstance(schema, dict) or depth > 8:
        return False
    members = schema.get("allOf")
    members = members if isinstance(members, list) else []
    return schema.get("additionalProperties") is False or any(is_closed(one, schemas, depth + 1) for one in members)


def without_required(value, keyword, schemas):
    """The document without the names of properties of one direction among those that are required."""
    if isinstance(value, list):
        return [without_required(inner, keyword, schemas) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {key: without_required(inner, keyword, schemas) for key, inner in value.items()}
    required = value.get("required")
    if isinstance(required, list):
        properties = schemas.properties(value)
        made["required"] = [name for name in required if not schemas.says(properties.get(name), keyword)]
    return made
