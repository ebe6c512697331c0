"""Parameters and forms as they are written, in every style (OpenAPI 3.0.3, 4.7.12.3 to 4.7.14)."""

from urllib.parse import unquote


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
        found = text.split(between)
    elif "object" in kinds:
        parts = text.split(between)
        found = named(parts) if exploded else in_turn(parts)
    else:
        found = text
    return decoded(found) if place == "path" else found


def decoded(found):
    """What is written in a path, after it was taken apart: what is percent-encoded separates nothing."""
    if isinstance(found, list):
        return [unquote(text) for text in found]
    if isinstance(found, dict):
        return {unquote(name): unquote(text) for name, text in found.items()}
    return unquote(found)
