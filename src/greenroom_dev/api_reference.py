"""The API's reference pages as Markdown, made from its description: a page per room, and one of problem types."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from greenroom.entrypoints.answers import MORE
from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.house import make_house
from greenroom.entrypoints.permissions import PERMISSIONS, PERSONS_ONLY
from greenroom.infra.http.describe import PROBLEM, answer_of, operations
from greenroom.infra.http.problems import TYPE
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Problem
from greenroom_dev.reference import MADE

_WHERE = {"path": "in the address", "query": "in the query", "header": "header", "cookie": "cookie"}


@cache
def document() -> dict[str, Any]:
    """The description as the code has it now; nothing is opened for it."""
    with TemporaryDirectory() as folder:
        return create_app(make_house(Settings(home=Path(folder)), app_url="")).openapi()


def rooms() -> list[str]:
    """The tags of the description, in the order in which they appear there."""
    return list(dict.fromkeys(one["tags"][0] for _, _, one in operations(document())))


def file_name(room: str) -> str:
    """The room's page."""
    return f"{room.replace(' ', '-')}.md"


def index() -> str:
    """docs/reference/api/README.md: what holds for every operation, and where each of them is."""
    lines = [
        "# API",
        MADE,
        "",
        "Everything is under `/api/v1`; for machines this is at `/api/v1/openapi.json`. A browser comes with a",
        "session's cookie, a program with `Authorization: Bearer` and a token made in Settings. Unknown fields are",
        "refused. Lists are taken in pages: `limit`, and as `cursor` the `next` of the page before. A change names",
        'the version it was made from (`If-Match: "3"`). A POST with an `Idempotency-Key` is done once and answered as',
        "often as it is sent, for 24 hours. What fails is answered with a [problem document](problems.md).",
        "",
    ]
    for room in rooms():
        lines += [f"## [{room}]({file_name(room)})", "", "| operation | request | permission |", "|---|---|---|"]
        lines += [
            f"| [`{one['operationId']}`]({file_name(room)}#{one['operationId']}) | `{method.upper()} {path}` |"
            f" {PERMISSIONS[one['operationId']]} |"
            for method, path, one in operations(document())
            if one["tags"][0] == room
        ]
        lines.append("")
    return "\n".join(lines)


def room_page(room: str) -> Callable[[], str]:
    """docs/reference/api/ROOM.md: each operation with its parameters, bodies, answers and errors."""

    def make() -> str:
        lines = [f"# API: {room}", MADE, ""]
        for method, path, one in operations(document()):
            if one["tags"][0] == room:
                lines += operation(method, path, one)
        return "\n".join(lines)

    return make


def operation(method: str, path: str, one: dict[str, Any]) -> Iterator[str]:
    name = one["operationId"]
    yield f"## {name}\n\n`{method.upper()} {path}` · {permission(name)}\n"
    if one.get("description"):
        yield one["description"] + "\n"
    if one.get("parameters"):
        yield "| parameter | where | type | meaning |\n|---|---|---|---|"
        yield from (parameter(each) for each in one["parameters"])
        yield ""
    for kind, media in one.get("requestBody", {}).get("content", {}).items():
        yield from example("Request", kind, media)
    for status, answer in one["responses"].items():
        if status >= "4":
            continue
        if not answer.get("content"):
            yield f"Answer {status}, without a body.\n"
        for kind, media in answer.get("content", {}).items():
            yield from example(f"Answer {status}", kind, media)
    yield f"Errors: {errors(one)}.\n"


def permission(name: str) -> str:
    needed = PERMISSIONS[name]
    if needed == "public":
        return "needs no sign-in"
    who = "persons only, no token" if name in PERSONS_ONLY else f"a token needs the scope `{needed}`"
    return f"needs the right to **{needed}**; {who}"


def parameter(one: dict[str, Any]) -> str:
    needed = "" if one.get("required") else ", optional"
    said = one.get("description") or one["schema"].get("description") or ""
    return f"| `{one['name']}` | {_WHERE[one['in']]}{needed} | {kind_of(one['schema'])} | {cell(said)} |"


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two, for a table's cell."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "any")


def example(title: str, kind: str, media: dict[str, Any]) -> Iterator[str]:
    schema = media.get("schema", {})
    name = f" ({kind_of(schema)})" if "$ref" in schema else ""
    yield f"{title}: `{kind}`{name}\n"
    if kind == "application/json":
        yield f"```json\n{json.dumps(media['example'], indent=1, ensure_ascii=False)}\n```\n"


def errors(one: dict[str, Any]) -> str:
    said = []
    for status, answer in one["responses"].items():
        if status >= "4":
            kinds = problems_of(answer)
            said.append(f"{status} {', '.join(f'[{slug}](problems.md#{slug})' for slug in kinds)}".strip())
    return " · ".join(said)


def problems() -> str:
    """docs/reference/api/problems.md: every problem type, and which operations answer it."""
    lines = [
        "# Problem types",
        MADE,
        "",
        "What fails is answered with `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, which",
        f"says what to do, and for forms `errors` by field. A `type` is `{TYPE}` and one of these names. It is an",
        "identifier and stays what it is; nothing is fetched from there. An address that lacks a method answers 405 of",
        "type `wrong-method`, with `Allow`.",
        "",
        "| type | status | title | answered by |",
        "|---|---|---|---|",
    ]
    answered = by_type()
    for slug, (status, title) in sorted(types().items(), key=lambda item: (item[1][0], item[0])):
        names = answered.get(slug, [])
        where = "most operations" if len(names) > 12 else ", ".join(f"`{name}`" for name in names)
        lines.append(f'| <a id="{slug}"></a>`{slug}` | {status} | {cell(title)} | {where or "jobs and commands"} |')
    return "\n".join(lines)


def types() -> dict[str, tuple[int, str]]:
    """The types that stand in the description, with status and title."""
    found = {kind.slug: (kind.status, kind.title) for kinds in MORE.values() for kind in kinds}
    found |= {Problem.slug: (Problem.status, Problem.title)}
    for _, _, one in operations(document()):
        for answer in one["responses"].values():
            for slug, said in problems_of(answer).items():
                found[slug] = (said["value"]["status"], said["value"]["title"])
    return found


def problems_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The examples of an answer's problem document, by type."""
    found: dict[str, Any] = answer_of(document(), answer).get("content", {}).get(PROBLEM, {}).get("examples", {})
    return found


def by_type() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, _, one in operations(document()):
        for answer in one["responses"].values():
            for slug in problems_of(answer):
                found.setdefault(slug, []).append(one["operationId"])
    return found


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
