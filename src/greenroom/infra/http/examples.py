"""Examples for the API's description, derived from the schemas: what a name stands for, else what its type allows."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_ID = "01a1fed8-c14b-7320-86cb-10ca3a4fb5ff"
_DEEPEST = 12

# What a field of this name holds, wherever it stands. A model that wants another value says so in its own examples.
NAMED: dict[str, Any] = {
    "name": "Mara Lindqvist",
    "email": "ada@example.com",
    "password": "a green door opens",
    "current": "a green door opens",
    "organisation": "Analytical Agency",
    "client": "Engine Works",
    "zone": "Europe/Berlin",
    "colour": "#3f6b4f",
    "accent": "#3f6b4f",
    "paper": "#fffdf7",
    "ink": "#1b1b1b",
    "second": "#c9a227",
    "token": "gr_3kQ9",
    "value": "sk-example-3kQ9",
    "link": "https://greenroom.example/welcome/3kQ9",
    "address": "https://example.com/bread",
    "url": "/p/mara-lindqvist",
    "permalink": "https://greenroom.example/p/mara-lindqvist/why-bread-rises",
    "issuer": "https://login.example.com",
    "domain": "example.com",
    "tie_domain": "example.com",
    "handle": "mara-lindqvist",
    "title": "Why bread rises",
    "topic": "Why bread rises",
    "caption": "Yeast, warmth and an hour of patience.",
    "note": "Please say where the number comes from.",
    "message": "Rendering",
    "text": "Bread rises because yeast breathes.",
    "code": "123456",
    "platform": "page",
    "format": "explainer",
    "at": "2026-11-21T09:30:00",
    "biography": "Bakes, and explains what happens in the oven.",
    "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}

_FORMATS: dict[str, str] = {
    "uuid": _ID,
    "date-time": "2026-11-21T09:30:00Z",
    "date": "2026-11-21",
    "time": "09:30:00",
    "duration": "PT30S",
    "uri": "https://example.com/bread",
    "email": "ada@example.com",
    "binary": "",
}


def example_of(schema: Schema, schemas: Mapping[str, Schema], *, name: str = "", depth: int = 0) -> Any:
    """A value that the schema allows. `schemas` are the document's components."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, name=name, depth=depth + 1)
    if schema.get("examples"):
        return schema["examples"][0]
    if "example" in schema:
        return schema["example"]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for together in ("anyOf", "oneOf", "allOf"):
        if together in schema:
            return _one_of(schema[together], schemas, name, depth)
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return _array(schema, schemas, name, depth)
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        return _number(schema)
    return {"boolean": True, "null": None}.get(str(kind), {})


def _one_of(choices: list[Schema], schemas: Mapping[str, Schema], name: str, depth: int) -> Any:
    """The first choice that says something; null where a list of itself would have no end."""
    said = [one for one in choices if one.get("type") != "null"]
    return None if not said or depth > _DEEPEST else example_of(said[0], schemas, name=name, depth=depth + 1)


def _object(schema: Schema, schemas: Mapping[str, Schema], depth: int) -> dict[str, Any]:
    properties = schema.get("properties", {})
    return {key: example_of(one, schemas, name=key, depth=depth + 1) for key, one in properties.items()}


def _array(schema: Schema, schemas: Mapping[str, Schema], name: str, depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [example_of(one, schemas, depth=depth + 1) for one in schema["prefixItems"]]
    if schema.get("maxItems") == 0 or depth > _DEEPEST:
        return []
    item = example_of(schema.get("items", {}), schemas, name=name.removesuffix("s"), depth=depth + 1)
    return [item] * max(1, schema.get("minItems", 1))


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if "pattern" not in schema and isinstance(schema.get("default"), str) and name not in NAMED:
        return str(schema["default"])
    value = str(NAMED.get(name, "text"))
    return value.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(value) + 200)]


def _number(schema: Schema) -> float:
    if isinstance(schema.get("default"), int | float):
        return float(schema["default"]) if schema["type"] == "number" else int(schema["default"])
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    value = min(max(1, least), schema.get("maximum", max(1, least)))
    return float(value) if schema["type"] == "number" else int(value)
