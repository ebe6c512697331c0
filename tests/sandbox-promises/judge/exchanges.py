"""Judges requests and answers by an OpenAPI document, with openapi-core.

openapi-core decides what is valid. This only finds the path template of a request, and hands parameters over in the form
in which openapi-core looks for them: it has no keys for objects whose properties are parameters of their own, for lists
inside deep objects, and for path parameters in the styles `label` and `matrix`.
"""

import base64
import json
import re
import sys
import warnings
from urllib.parse import parse_qsl, unquote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

warnings.simplefilter("ignore")
HOST = "http://sandbox"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SHOWN = 300


class Request:
    def __init__(self, method, path, parameters, content_type, body):
        self.host_url = HOST
        self.path = path
        self.method = method
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
        self.document = document
        self.refers_to_paths = '"#/paths/' in json.dumps(document)
        self.paths = [(pattern_of(path), path) for path in document["paths"]]
        # A path that is written out comes before one with a parameter in its place.
        self.paths.sort(key=lambda pair: pair[1].count("{"))
        self.known = {}

    def found(self, method, path):
        """The template of a path, and what stands for its parameters."""
        for pattern, template in self.paths:
            match = pattern.fullmatch(path)
            if match and method in self.resolved(self.document["paths"][template]):
                names = re.findall(r"\{([^}]+)\}", template)
                return template, dict(zip(names, map(unquote, match.groups())))
        return None, {}

    def resolved(self, value):
        while isinstance(value, dict) and "$ref" in value:
            place = self.document
            for step in value["$ref"].lstrip("#/").split("/"):
                step = unquote(step).replace("~1", "/").replace("~0", "~")
                place = place[int(step) if isinstance(place, list) else step]
            value = place
        return value

    def openapi(self, template, base):
        """The document with this path alone: finding it among a thousand again takes long."""
        if template not in self.known:
            item = {
                key: self.without_servers(value)
                for key, value in self.resolved(self.document["paths"][template]).items()
                if key != "servers"
            }
            paths = dict(self.document["paths"], **{template: item}) if self.refers_to_paths else {template: item}
            document = dict(self.document, paths=paths, servers=[{"url": HOST + base}])
            self.known[template] = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))
        return self.known[template]

    @staticmethod
    def without_servers(value):
        if not isinstance(value, dict):
            return value
        return {key: inner for key, inner in value.items() if key != "servers"}

    def parameters(self, template, method, places):
        """The parameters of an operation, as openapi-core looks for them."""
        item = self.resolved(self.document["paths"][template])
        listed = {}
        for value in item.get("parameters", []) + item[method].get("parameters", []):
            value = self.resolved(value)
            listed[value["name"], value["in"]] = value
        for (name, place), value in listed.items():
            if "content" in value:
                continue
            style = value.get("style", "form" if place in ("query", "cookie") else "simple")
            explode = value.get("explode", style == "form")
            schema = self.resolved(value.get("schema", {}))
            pairs = places[place]
            if place == "path" and style in ("label", "matrix"):
                mark = "." if style == "label" else ";"
                pairs[mark + name + ("*" if explode else "")] = pairs.get(name)
            elif place == "query" and style == "spaceDelimited" and not explode:
                pairs[:] = [(key, text.replace(" ", "%20") if key == name else text) for key, text in pairs]
            elif place == "query" and style == "form" and explode and self.is_object(schema):
                own = self.properties(schema)
                taken = [(key, text) for key, text in pairs if own is None or key in own]
                if taken:
                    pairs.append((name, "&".join(f"{key}={text}" for key, text in taken)))
        return places

    def is_object(self, schema):
        schema = self.resolved(schema)
        kind = schema.get("type")
        return kind == "object" or kind == ["object"] or "properties" in schema

    def properties(self, schema):
        return schema.get("properties") if "additionalProperties" not in schema else None


def pattern_of(template):
    parts = re.split(r"(\{[^}]+\})", template)
    return re.compile("".join("(.+?)" if part.startswith("{") else re.escape(part) for part in parts))


def told(error):
    """What openapi-core says, with what caused it."""
    texts = []
    while error is not None:
        texts.append(f"{type(error).__name__}: {error}")
        for inner in getattr(error, "schema_errors", ()):
            place = "/".join(str(step) for step in inner.absolute_path)
            texts.append(f"at /{place}: {inner.message}")
        error = error.__cause__
    return "; ".join(text[:SHOWN] for text in texts)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        judge = Judge(json.load(file))
    called = set()
    result = {"requests": 0, "invalid_requests": [], "answers": 0, "invalid_answers": []}
    with open(sys.argv[2], encoding="utf-8") as lines:
        base = json.loads(next(lines))["base"]
        for line in lines:
            exchange = json.loads(line)
            method = exchange["method"].lower()
            path, _, query = exchange["target"].partition("?")
            template, in_path = judge.found(method, path.removeprefix(base))
            shown = f"{exchange['method']} {template or path}"
            result["requests"] += 1
            if template is None:
                result["invalid_requests"].append(f"{shown}: no path of the document")
                continue
            called.add((method, template))
            headers = Headers([(name, value) for name, value in exchange["headers"]])
            cookies = [pair.strip().partition("=") for pair in headers.get("cookie", "").split(";") if pair]
            places = {
                "path": in_path,
                "query": parse_qsl(query, keep_blank_values=True),
                "header": headers,
                "cookie": [(name, unquote(value)) for name, _, value in cookies],
            }
            judge.parameters(template, method, places)
            parameters = RequestParameters(
                query=ImmutableMultiDict(places["query"]),
                header=headers,
                cookie=ImmutableMultiDict(places["cookie"]),
                path=in_path,
            )
            body = base64.b64decode(exchange["body"]) or None
            request = Request(method, base + path.removeprefix(base), parameters, headers.get("content-type", ""), body)
            openapi = judge.openapi(template, base)
            try:
                errors = [told(error) for error in openapi.iter_request_errors(request)]
            except Exception as error:
                errors = ["openapi-core fails: " + told(error)]
            result["invalid_requests"] += [f"{shown}: {error}" for error in errors]
            answer_headers = Headers([(name, value) for name, value in exchange["answer_headers"]])
            content_type = answer_headers.get("content-type", "")
            data = base64.b64decode(exchange["answer_body"])
            response = Response(exchange["status"], answer_headers, content_type, data)
            result["answers"] += 1
            try:
                errors = [told(error) for error in openapi.iter_response_errors(request, response)]
            except Exception as error:
                errors = ["openapi-core fails: " + told(error)]
            result["invalid_answers"] += [f"{shown} {exchange['status']}: {error}" for error in errors]
    result["operations"] = len(called)
    json.dump(result, sys.stdout)


main()
