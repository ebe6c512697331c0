"""Judges requests and answers by an OpenAPI document, with openapi-core.

openapi-core decides whether parameters are there that have to be, whether values are valid, whether a request proves who
asks, and whether an answer is documented. What it cannot read from the wire is read here, by the tables of the OpenAPI
specification (3.0.3, 4.7.12.3 to 4.7.14): parameters and forms in every style. It is given each value as JSON.

It is given the document as it is, but for what its vendor cannot mean, or what openapi-core reads otherwise than the
specification; see `meaning`. A value that is wrong in nothing but that more than one alternative of `oneOf` takes it is
counted apart, as ambiguous: no other value would be better where alternatives overlap.
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

from meaning import meant, without_required
from schemas import Schemas
from wire import nested, written

warnings.simplefilter("ignore")
HOST = "http://sandbox"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
JSON_LINES = ("jsonl", "x-jsonl", "jsonlines", "ndjson", "x-ndjson")
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


class Judge:
    def __init__(self, document):
        document = meant(document, Schemas(document))
        self.document = document
        self.schemas = Schemas(document)
        # What is only read is not asked for in a request, nor what is only written in an answer.
        self.of_request = without_required(document, "readOnly", self.schemas)
        self.of_answer = without_required(document, "writeOnly", self.schemas)
        # Some documents tell operations of one path apart by a part of the query, or by a fragment, which is not sent.
        self.paths = [(pattern_of(re.split(r"[?#]", path)[0]), path) for path in document["paths"]]
        # A path that is written out comes before one with a parameter in its place.
        self.paths.sort(key=lambda pair: pair[1].count("{"))
        self.known = {}

    def found(self, method, path, query, called):
        """The template of a path, and what is written for its parameters: of the operation that was called, where that is
        known, since more than one template may fit."""
        pairs = query.split("&")
        for pattern, template in self.paths:
            match = pattern.fullmatch(path)
            if not match or called not in (None, f"{method.upper()} {template}"):
                continue
            fixed = template.partition("#")[0].partition("?")[2]
            if fixed and not all(pair in pairs or "{" in pair for pair in fixed.split("&")):
                continue
            if method in self.schemas.resolved(self.document["paths"][template]):
                return template, dict(zip(re.findall(r"\{([^}]+)\}", template), match.groups()))
        return None, {}

    def parameters(self, template, method):
        item = self.schemas.resolved(self.document["paths"][template])
        listed = {}
        for value in (item.get("parameters") or []) + (item[method].get("parameters") or []):
            value = self.schemas.resolved(value)
            listed[value["name"], value["in"]] = value
        return [value for value in listed.values() if value["name"].lower() not in SAID_ELSEWHERE or value["in"] != "header"]

    def operation(self, document, template, method):
        operation = dict(self.schemas.resolved(document["paths"][template])[method])
        operation.pop("servers", None)
        return operation

    def openapi(self, of_answer, template, method, operation, base):
        """The document with this operation alone: finding it among a thousand again takes long."""
        key = json.dumps([of_answer, template, method, operation.get("requestBody"), operation.get("responses")])
        if key not in self.known:
            document = self.of_answer if of_answer else self.of_request
            path = re.split(r"[?#]", template)[0]
            document = dict(document, paths={path: {method: operation}}, servers=[{"url": HOST + base}])
            self.known[key] = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))
        return self.known[key]

    def as_json(self, content, content_type, body):
        """The one form of a content that a media type has, as openapi-core reads it; and the body in JSON."""
        essence = content_type.split(";")[0].strip().lower()
        chosen = chosen_of(content, content_type)
        if chosen is None:
            return None, None
        schema = content[chosen].get("schema")
        if is_json(essence):
            made = json.loads(body)
        elif essence.split("/")[-1] in JSON_LINES:
            made = json.loads(body.splitlines()[0])
        elif essence == FORM:
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
        if not message.is_multipart():
            # Nothing but the boundary that ends it.
            return {}
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


def is_json(essence):
    return essence in (JSON, "text/json") or essence.endswith("+json")


def chosen_of(content, content_type):
    essence = content_type.split(";")[0].strip().lower()
    ranks = {}
    for media_type in content:
        known = media_type.split(";")[0].strip().lower()
        if media_type.strip().lower() == content_type.strip().lower():
            ranks[media_type] = 3
        elif known == essence:
            ranks[media_type] = 2
        elif known == "*/*":
            ranks[media_type] = 0
        elif known.endswith("/*") and known[:-1] == essence.split("/")[0] + "/":
            ranks[media_type] = 1
    return max(ranks, key=ranks.get, default=None)


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


def is_ambiguous(error):
    """Whether nothing is wrong but that more than one alternative takes a value."""
    found = []
    while error is not None:
        found += getattr(error, "schema_errors", ())
        error = error.__cause__
    return bool(found) and all(map(is_overlap, found))


def is_overlap(error):
    if error.validator == "oneOf" and not error.context:
        return True
    branches = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return any(all(map(is_overlap, branch)) for branch in branches.values())


def sorted_out(errors, ambiguous):
    """What is said of errors; those that are ambiguous are counted in the list."""
    told_of = []
    for error in errors:
        if is_ambiguous(error):
            ambiguous.append(error)
        else:
            told_of.append(told(error))
    return told_of


def judged(judge, exchange, base, ambiguous):
    """The operation, and what is wrong with the request and the answer."""
    method = exchange["method"].lower()
    path, _, query = exchange["target"].partition("?")
    template, in_path = judge.found(method, path.removeprefix(base), query, exchange.get("operation"))
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
    operation = judge.operation(judge.of_request, template, method)
    given = {"path": {}, "query": places["query"][:], "header": Headers(headers), "cookie": places["cookie"][:]}
    made = []
    listed = judge.parameters(template, method)
    for parameter in listed:
        name, place = parameter["name"], parameter["in"]
        if "content" in parameter:
            content = next(iter(parameter["content"].values()))
            schema = content.get("schema", {})
            if place in ("path", "header"):
                text = places[place].get(name)
            else:
                text = next((text for key, text in places[place] if key == name), None)
            text = unquote(text) if text is not None and place == "path" else text
        else:
            schema = parameter.get("schema", {})
            others = {other["name"] for other in listed if other["in"] == place and other is not parameter}
            found = written(judge.schemas, parameter, places, others)
            text = None if found is None else json.dumps(judge.schemas.cast(schema, found))
        required = parameter.get("required", False)
        schema = judge.schemas.written(schema)
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
    content_type = headers.get("content-type", "")
    # A form without fields is written as nothing.
    nothing = b"" if content_type.startswith(FORM) else None
    body = base64.b64decode(exchange["body"]) or nothing
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
    openapi = judge.openapi(False, template, method, operation, base)
    problems += sorted_out(openapi.iter_request_errors(request), ambiguous["requests"])

    answer_problems = []
    answer_headers = Headers([(name, value) for name, value in exchange["answer_headers"]])
    data = base64.b64decode(exchange["answer_body"])
    answer_type = answer_headers.get("content-type", "")
    operation = judge.operation(judge.of_answer, template, method)
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
    openapi = judge.openapi(True, template, method, operation, base)
    answer_problems += sorted_out(openapi.iter_response_errors(request, response), ambiguous["answers"])
    return template, problems, [f"{status}: {problem}" for problem in answer_problems]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        judge = Judge(json.load(file))
    called = set()
    result = {"requests": 0, "invalid_requests": [], "answers": 0, "invalid_answers": []}
    ambiguous = {"requests": [], "answers": []}
    with open(sys.argv[2], encoding="utf-8") as lines:
        base = json.loads(next(lines))["base"]
        for line in lines:
            exchange = json.loads(line)
            result["requests"] += 1
            result["answers"] += 1
            method = exchange["method"]
            try:
                template, problems, answer_problems = judged(judge, exchange, base, ambiguous)
            except Exception as error:
                template, problems, answer_problems = None, ["cannot be judged: " + told(error)], []
            if template is not None:
                called.add((method, template))
            shown = f"{method} {template or exchange['target']}"
            result["invalid_requests"] += [f"{shown}: {'; '.join(problems)}"] if problems else []
            result["invalid_answers"] += [f"{shown} {'; '.join(answer_problems)}"] if answer_problems else []
    result["operations"] = len(called)
    result["ambiguous_requests"] = len(ambiguous["requests"])
    result["ambiguous_answers"] = len(ambiguous["answers"])
    json.dump(result, sys.stdout)


main()
