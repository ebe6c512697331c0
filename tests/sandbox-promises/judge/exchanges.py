"""Judges requests and answers by an OpenAPI document, with openapi-core.

openapi-core decides whether parameters are there that have to be, whether values are valid, whether a request proves who
asks, and whether an answer is documented. What it cannot read from the wire is read here, by the tables of the OpenAPI
specification (3.0.3, 4.7.12.3 to 4.7.14): parameters and forms in every style. It is given each value as JSON.
"""

import base64
import json
import re
import sys
import warnings
from email.parser import BytesParser
from urllib.parse import parse_qsl, unquote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

warnings.simplefilter("ignore")
HOST = "http://sandbox"
JSON = "application/json"
SHOWN = 300
SAID_ELSEWHERE = ("accept", "content-type", "authorization")


class Request:
    def __init__(self, method, path, parameters, content_type, body):
        self.host_url = HOST
        self.method = method
        self.path = path
        self.parameters = parameters
        self.content_type = content_type
        self.body = body


class Response:
    def __init__(self, status, headers, content_type, data):
        self.status_code = status
        self.headers = headers
        self.content_type = content_type
        self.data = data


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
        if isinstance(written, dict):
            properties = self.properties(schema)
            more = self.resolved(schema).get("additionalProperties")
            more = more if isinstance(more, dict) else {}
            return {name: self.cast(properties.get(name, more), inner) for name, inner in written.items()}
        if isinstance(written, list):
            return [self.cast(self.items(schema), inner) for inner in written]
        if "integer" in kinds and re.fullmatch(r"-?\d+", written):
            return int(written)
        if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", written):
            return json.loads(written)
        if "boolean" in kinds and written in ("true", "false"):
            return written == "true"
        if "array" in kinds and "string" not in kinds:
            return [self.cast(self.items(schema), written)]
        return written


def in_turn(texts):
    return dict(zip(texts[::2], texts[1::2]))


def named(texts):
    return dict(text.split("=", 1) for text in texts if "=" in text)


def nested(pairs):
    """The object of `a[b][c]=text` pairs; `a[]` is a list, and so is a name that is there more than once."""
    whole = {}
    for name, text in pairs:
        root, _, rest = name.partition("[")
        keys = [root] + (rest.removesuffix("]").split("][") if rest else [])
        put(whole, keys, text)
    return whole


def put(place, keys, text):
    key, rest = keys[0], keys[1:]
    if not rest:
        if key in place:
            place[key] = (place[key] if isinstance(place[key], list) else [place[key]]) + [text]
        else:
            place[key] = text
    elif rest[0] == "":
        listed = place.setdefault(key, [])
        if len(rest) == 1:
            listed.append(text)
        elif listed and isinstance(listed[-1], dict) and rest[1] not in listed[-1]:
            put(listed[-1], rest[1:], text)
        else:
            listed.append({})
            put(listed[-1], rest[1:], text)
    else:
        put(place.setdefault(key, {}), rest, text)


def written(schemas, parameter, places, others):
    """What is written of a parameter, in texts; nothing where it is not there."""
    name, place = parameter["name"], parameter["in"]
    style = parameter.get("style", "form" if place in ("query", "cookie") else "simple")
    explode = parameter.get("explode", style == "form")
    kinds = schemas.kinds(parameter.get("schema", {}))
    if place == "header":
        text = places["header"].get(name)
        values = [] if text is None else [text]
    elif place == "path":
        values = [places["path"][name]] if name in places["path"] else []
    else:
        values = [text for key, text in places[place] if key == name]
    if style == "deepObject":
        whole = nested([pair for pair in places[place] if pair[0].startswith(name + "[")])
        return whole.get(name.removesuffix("[]"))
    if style == "form" and explode:
        if "object" in kinds and not values:
            own = schemas.properties(parameter["schema"])
            pairs = [pair for pair in places[place] if (pair[0].split("[")[0] in own if own else pair[0] not in others)]
            return nested(pairs) or None
        if "array" in kinds and (len(values) > 1 or not kinds & {"string", "integer", "number", "boolean"}):
            return values or None
    if not values:
        return None
    if len(values) > 1:
        return values
    text = values[0]
    if style in ("label", "matrix"):
        mark = "." if style == "label" else ";"
        text = text.removeprefix(mark)
        between = mark if explode else ","
        if style == "matrix" and not (explode and "object" in kinds):
            text = text.removeprefix(name + "=").replace(f"{between}{name}=", between)
        exploded = explode
    else:
        between = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
        exploded = explode and style == "simple"
    if "array" in kinds and (between in text or "string" not in kinds):
        return text.split(between)
    if "object" in kinds:
        parts = text.split(between)
        return named(parts) if exploded else in_turn(parts)
    return text


class Judge:
    def __init__(self, document):
        self.document = document
        self.schemas = Schemas(document)
        self.is_older = document["openapi"].startswith("3.0")
        # What is only read is not asked for in a request, nor what is only written in an answer, in 3.1 as in 3.0.
        self.of_request = document if self.is_older else without_required(document, "readOnly", self.schemas)
        self.of_answer = document if self.is_older else without_required(document, "writeOnly", self.schemas)
        self.paths = [(pattern_of(path), path) for path in document["paths"]]
        # A path that is written out comes before one with a parameter in its place.
        self.paths.sort(key=lambda pair: pair[1].count("{"))
        self.known = {}

    def found(self, method, path):
        """The template of a path, and what stands for its parameters."""
        for pattern, template in self.paths:
            match = pattern.fullmatch(path)
            if match and method in self.schemas.resolved(self.document["paths"][template]):
                names = re.findall(r"\{([^}]+)\}", template)
                return template, dict(zip(names, map(unquote, match.groups())))
        return None, {}

    def parameters(self, template, method):
        item = self.schemas.resolved(self.document["paths"][template])
        listed = {}
        for value in (item.get("parameters") or []) + (item[method].get("parameters") or []):
            value = self.schemas.resolved(value)
            listed[value["name"], value["in"]] = value
        return [value for value in listed.values() if value["name"].lower() not in SAID_ELSEWHERE or value["in"] != "header"]

    def openapi(self, of_answer, template, method, operation, base):
        """The document with this operation alone: finding it among a thousand again takes long."""
        key = json.dumps([of_answer, template, method, operation.get("requestBody"), operation.get("responses")])
        if key not in self.known:
            document = self.of_answer if of_answer else self.of_request
            document = dict(document, paths={template: {method: operation}}, servers=[{"url": HOST + base}])
            self.known[key] = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))
        return self.known[key]

    def as_json(self, content, content_type, body):
        """The one form of a content that a media type has, as openapi-core reads it; and the body in JSON."""
        essence = content_type.split(";")[0].strip().lower()
        chosen = chosen_of(content, essence)
        if chosen is None:
            return None, None
        schema = content[chosen].get("schema")
        if essence == JSON or essence.endswith("+json"):
            made = json.loads(body)
        elif essence == "application/x-www-form-urlencoded":
            made = self.schemas.cast(schema or {}, nested(parse_qsl(body.decode(), keep_blank_values=True)))
        elif essence.startswith("multipart/"):
            made = self.parts(schema or {}, content_type, body)
        else:
            made = self.schemas.cast(schema or {}, body.decode("latin-1"))
        return {JSON: {"schema": schema} if schema is not None else {}}, json.dumps(made).encode()

    def parts(self, schema, content_type, body):
        message = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
        properties = self.schemas.properties(schema)
        made = {}
        for part in message.get_payload():
            name = part.get_param("name", header="content-disposition")
            payload = part.get_payload(decode=True)
            own = properties.get(name, {})
            is_list = "array" in self.schemas.kinds(own)
            if part.get_content_type() == JSON:
                value = json.loads(payload)
                # The items of a list come as parts of their own.
                is_list = is_list and not isinstance(value, list)
            else:
                value = self.schemas.cast(self.schemas.items(own) if is_list else own, payload.decode("latin-1"))
            if is_list:
                made.setdefault(name, []).append(value)
            else:
                made[name] = value
        return made


def chosen_of(content, essence):
    ranks = {}
    for media_type in content:
        known = media_type.split(";")[0].strip().lower()
        if known == essence:
            ranks[media_type] = 2
        elif known == "*/*":
            ranks[media_type] = 0
        elif known.endswith("/*") and known[:-1] == essence.split("/")[0] + "/":
            ranks[media_type] = 1
    return max(ranks, key=ranks.get, default=None)


def without_required(value, keyword, schemas):
    """The document without the names of properties of one direction among those that are required."""
    if isinstance(value, list):
        return [without_required(inner, keyword, schemas) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {key: without_required(inner, keyword, schemas) for key, inner in value.items()}
    required, properties = value.get("required"), value.get("properties")
    if isinstance(required, list) and isinstance(properties, dict):
        def is_of_direction(name):
            own = properties.get(name)
            return isinstance(own, dict) and (own.get(keyword) is True or schemas.resolved(own).get(keyword) is True)
        made["required"] = [name for name in required if not is_of_direction(name)]
    return made


def pattern_of(template):
    parts = re.split(r"(\{[^}]+\})", template)
    return re.compile("".join("([^/]+?)" if part.startswith("{") else re.escape(part) for part in parts))


def told(error):
    """What openapi-core says, with what caused it; without the values."""
    texts = []
    while error is not None:
        inner = [
            f"at /{'/'.join(str(step) for step in one.absolute_path)}: {one.message}"
            for one in getattr(error, "schema_errors", ())
        ]
        texts += inner or [f"{type(error).__name__}: {error}"]
        error = error.__cause__
    return "; ".join(text[:SHOWN] for text in texts[-3:])


def judged(judge, exchange, base):
    """The operation, and what is wrong with the request and the answer."""
    method = exchange["method"].lower()
    path, _, query = exchange["target"].partition("?")
    template, in_path = judge.found(method, path.removeprefix(base))
    if template is None:
        return None, [f"{path}: no path of the document"], []
    headers = Headers([(name, value) for name, value in exchange["headers"]])
    cookies = [pair.strip().partition("=") for pair in headers.get("cookie", "").split(";") if pair]
    places = {
        "path": in_path,
        "query": parse_qsl(query, keep_blank_values=True),
        "header": headers,
        "cookie": [(name, unquote(value)) for name, _, value in cookies],
    }
    problems = []
    operation = dict(judge.schemas.resolved(judge.document["paths"][template])[method])
    operation.pop("servers", None)
    given = {"path": {}, "query": places["query"][:], "header": Headers(headers), "cookie": places["cookie"][:]}
    made = []
    listed = judge.parameters(template, method)
    for parameter in listed:
        name, place = parameter["name"], parameter["in"]
        if "content" in parameter:
            content = next(iter(parameter["content"].values()))
            schema = content.get("schema", {})
            texts = [text for key, text in places[place] if key == name] if place == "query" else []
            text = texts[0] if texts else None
        else:
            schema = parameter.get("schema", {})
            others = {other["name"] for other in listed if other["in"] == place and other is not parameter}
            found = written(judge.schemas, parameter, places, others)
            text = None if found is None else json.dumps(judge.schemas.cast(schema, found))
        required = parameter.get("required", False)
        made.append({"name": name, "in": place, "required": required, "content": {JSON: {"schema": schema}}})
        if place == "header":
            given[place].remove(name)
        elif place != "path":
            given[place] = [pair for pair in given[place] if pair[0] != name]
        if text is not None and place == "path":
            given[place][name] = text
        elif text is not None and place == "header":
            given[place][name] = text
        elif text is not None:
            given[place].append((name, text))
    operation["parameters"] = made
    body = base64.b64decode(exchange["body"]) or None
    content_type = headers.get("content-type", "")
    if body is not None and "requestBody" in operation:
        stated = judge.schemas.resolved(operation["requestBody"])
        content, body = judge.as_json(stated.get("content", {}), content_type, body)
        if content is None:
            problems.append(f"the media type {content_type} is not documented")
            body = b"null"
            content = {JSON: {}}
        operation["requestBody"] = dict(stated, content=content)
    elif body is not None:
        problems.append("a body, and none is documented")
    parameters = RequestParameters(
        query=ImmutableMultiDict(given["query"]),
        header=given["header"],
        cookie=ImmutableMultiDict(given["cookie"]),
        path=given["path"],
    )
    request = Request(method, path, parameters, JSON if body is not None else "", body)
    problems += [told(error) for error in judge.openapi(False, template, method, operation, base).iter_request_errors(request)]

    answer_problems = []
    answer_headers = Headers([(name, value) for name, value in exchange["answer_headers"]])
    data = base64.b64decode(exchange["answer_body"])
    answer_type = answer_headers.get("content-type", "")
    responses = operation.get("responses", {})
    status = str(exchange["status"])
    key = next((key for key in (status, status[0] + "XX", status[0] + "xx", "default") if key in responses), None)
    if key is not None:
        stated = judge.schemas.resolved(responses[key])
        if data and stated.get("content"):
            content, data = judge.as_json(stated["content"], answer_type, data)
            if content is None:
                return template, problems, [f"{status}: the media type {answer_type} is not documented"]
            stated = dict(stated, content=content)
        elif not stated.get("content"):
            # No form of a body: openapi-core takes an empty list of them for one that is missing.
            stated = {name: inner for name, inner in stated.items() if name != "content"}
        operation["responses"] = {key.upper() if key != "default" else key: stated}
    response = Response(exchange["status"], answer_headers, JSON, data)
    answer_problems += [
        told(error)
        for error in judge.openapi(True, template, method, operation, base).iter_response_errors(request, response)
    ]
    return template, problems, [f"{status}: {problem}" for problem in answer_problems]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        judge = Judge(json.load(file))
    called = set()
    result = {"requests": 0, "invalid_requests": [], "answers": 0, "invalid_answers": []}
    with open(sys.argv[2], encoding="utf-8") as lines:
        base = json.loads(next(lines))["base"]
        for line in lines:
            exchange = json.loads(line)
            result["requests"] += 1
            result["answers"] += 1
            method = exchange["method"]
            try:
                template, problems, answer_problems = judged(judge, exchange, base)
            except Exception as error:
                template, problems, answer_problems = None, ["cannot be judged: " + told(error)], []
            if template is not None:
                called.add((method, template))
            shown = f"{method} {template or exchange['target']}"
            result["invalid_requests"] += [f"{shown}: {'; '.join(problems)}"] if problems else []
            result["invalid_answers"] += [f"{shown} {'; '.join(answer_problems)}"] if answer_problems else []
    result["operations"] = len(called)
    json.dump(result, sys.stdout)


main()
