"""The API's description, completed: every error that an operation can answer, and an example of everything."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from greenroom.infra.http.examples import example_of
from greenroom.infra.http.guard import TooLarge
from greenroom.infra.http.problems import TYPE, ProblemDocument
from greenroom.kit.errors import (
    Conflict,
    DiskFull,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    SignedOut,
    Stale,
    TooMany,
    Unavailable,
)

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"
_WRITES = ("post", "put", "patch", "delete")
_SCHEMA = {"$ref": "#/components/schemas/ProblemDocument"}

Document = dict[str, Any]
More = Mapping[str, tuple[type[Problem], ...]]


def describe(document: Document, permissions: Mapping[str, str], more: More) -> Document:
    """Add errors and examples in place. `more` holds what an operation answers beyond what follows from its shape."""
    _components(document)
    for method, _, operation in operations(document):
        public = permissions.get(operation["operationId"]) == "public"
        problems = [*errors_of(method, operation, public=public), *more.get(operation["operationId"], ())]
        operation["responses"] = {
            **{status: one for status, one in operation["responses"].items() if status != "422"},
            **_answers(problems, document["components"]["responses"]),
        }
        _add_tags(method, operation, document["components"]["schemas"])
        if not public:
            operation["security"] = [{"session": []}, {"token": []}]
        _add_examples(operation, document["components"]["schemas"])
    return document


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield method, path, methods[method]


def errors_of(method: str, operation: Mapping[str, Any], *, public: bool) -> Iterator[type[Problem]]:
    """What follows from an operation's shape."""
    parameters = operation.get("parameters", [])
    writes = method in _WRITES
    if not public:
        yield SignedOut
    if not public or writes:
        yield Forbidden
    if any(one["in"] == "path" or one["name"] == "client" for one in parameters):
        yield NotFound
    if writes:
        yield Conflict
    if any(one["name"] == "If-Match" for one in parameters):
        yield Stale
    if writes:
        yield TooLarge
    yield Invalid
    yield TooMany
    yield Problem
    yield Unavailable
    if writes:
        yield DiskFull


def problem_example(kind: type[Problem]) -> dict[str, Any]:
    body: dict[str, Any] = {"type": TYPE + kind.slug, "title": kind.title, "status": kind.status}
    body["detail"] = DETAILS.get(kind.slug, "A sentence that says what to do")
    if kind is Invalid:
        body["errors"] = {"name": "Write something that can be seen"}
    return body


DETAILS = {
    "signed-out": "Sign in and try again; nothing you typed is lost",
    "forbidden": "Ask an administrator for the right to manage",
    "not-found": "There is no such record here",
    "conflict": "Somebody else changed this at the same moment; load it again",
    "stale": "This was changed meanwhile; look again",
    "too-large": "Send at most 4 MB in one request",
    "invalid": "Mend the fields named here and send it again",
    "too-many": "You sent more than 1200 requests a minute; wait 3 s and go on",
    "internal": "It was written to the log; try again, and tell an administrator if it stays",
    "unavailable": "The database does not answer; try again in a moment",
    "disk-full": "The disk is full; free some space and try again, nothing that was saved is lost",
}


def answer_of(document: Mapping[str, Any], answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """An operation's answer, where it may stand among the components."""
    if "$ref" not in answer:
        return answer
    found: Mapping[str, Any] = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    return found


def _answers(problems: list[type[Problem]], shared: dict[str, Any]) -> dict[str, Any]:
    """By status. Operations that answer the same share one entry of the components."""
    by_status: dict[int, dict[str, type[Problem]]] = {}
    for kind in problems:
        by_status.setdefault(kind.status, {})[kind.slug] = kind
    answers = {}
    for status in sorted(by_status):
        name = ".".join(sorted(by_status[status]))
        shared.setdefault(name, _answer(by_status[status]))
        answers[str(status)] = {"$ref": f"#/components/responses/{name}"}
    return answers


def _answer(kinds: Mapping[str, type[Problem]]) -> dict[str, Any]:
    content = {
        "schema": _SCHEMA,
        "examples": {slug: {"value": problem_example(kind)} for slug, kind in kinds.items()},
    }
    headers = {}
    if "too-many" in kinds:
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS if name != "ETag"}
    words = "; ".join(kind.title for kind in kinds.values())
    return {"description": words, "content": {PROBLEM: content}, **({"headers": headers} if headers else {})}


def _add_tags(method: str, operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """The ETag of every answer that is one record with a version, and 304 where it is read."""
    for status, answer in list(operation["responses"].items()):
        if status < "3" and is_versioned(answer, schemas):
            answer["headers"] = {**answer.get("headers", {}), "ETag": {"$ref": "#/components/headers/ETag"}}
            if method == "get":
                operation["responses"]["304"] = {"description": "If-None-Match named what would have been said"}


def is_versioned(answer: Mapping[str, Any], schemas: Mapping[str, Any]) -> bool:
    """Whether an answer is one record with a version of its own."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    version: Mapping[str, Any] = schema.get("properties", {}).get("version", {})
    return version.get("type") == "integer"


def _add_examples(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter.get("required"):
            parameter.setdefault("example", _parameter(parameter, schemas))
    contents = [operation.get("requestBody", {}).get("content", {})]
    contents += [one.get("content", {}) for status, one in operation["responses"].items() if status < "4"]
    for content in contents:
        for kind, media in content.items():
            if "example" not in media and "examples" not in media:
                media["example"] = OTHER_TYPES[kind] if kind in OTHER_TYPES else example_of(media["schema"], schemas)


OTHER_TYPES = {
    "text/csv": "content,account,date,time\r\nWhy bread rises,mara-lindqvist,2026-12-01,09:00\r\n",
    "text/event-stream": 'id: 7.12\nevent: content.changed\ndata: {"kind": "content.changed"}\n\n',
    "application/x-ndjson": '{"number": 1, "action": "client.created"}\n',
    "application/offset+octet-stream": "bytes",
    "application/octet-stream": "bytes",
    "audio/wav": "bytes",
    "image/png": "bytes",
    "video/mp4": "bytes",
}
"""What stands for bytes and lines, which have no fields to make an example of."""

_FIXED: dict[str, Callable[[], Any]] = {"If-Match": lambda: '"1"', "Upload-Length": lambda: 9}


def _parameter(parameter: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    fixed = _FIXED.get(parameter["name"])
    return fixed() if fixed else example_of(parameter["schema"], schemas, name=parameter["name"])


_HEADERS: dict[str, dict[str, Any]] = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}, "example": 3},
    "RateLimit": {
        "description": "The limit, what is left of it, and in how many seconds there is more",
        "schema": {"type": "string"},
        "example": '"user";r=0;t=3',
    },
    "ETag": {
        "description": "The record's version and a digest of this answer; If-Match takes it as it is",
        "required": True,
        "schema": {"type": "string"},
        "example": '"3.9f86d081884c7d65"',
    },
    "RateLimit-Policy": {
        "description": "The limit, its requests and its window in seconds",
        "schema": {"type": "string"},
        "example": '"user";q=1200;w=60',
    },
}


def _components(document: Document) -> None:
    components = document["components"]
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own; ours are problem documents
        components["schemas"].pop(name, None)
    components["schemas"]["ProblemDocument"] = ProblemDocument.model_json_schema()
    components["headers"] = _HEADERS
    components["responses"] = {}
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "greenroom", "description": "A person's browser"},
        "token": {"type": "http", "scheme": "bearer", "description": "A program, with a token made in Settings"},
    }
