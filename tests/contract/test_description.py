"""The API's description: lists have pages, everything has an example that is right, every error is said.

A failure here names the operation, the file and what to add.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from greenroom.entrypoints.answers import MORE
from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.house import make_house
from greenroom.entrypoints.permissions import PERMISSIONS
from greenroom.entrypoints.wiring import routers
from greenroom.infra.http.describe import OTHER_TYPES, PROBLEM, answer_of, is_versioned, operations
from greenroom.infra.http.problems import TYPE
from greenroom.infra.http.tags import Tagged, has_version
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Problem

# Lists that have no pages, and why.
WHOLE_LISTS = {
    "list_formats": "a handful that comes with the program",
    "list_character_templates": "a handful that comes with the program",
    "list_services": "a handful that comes with the program",
    "list_voices": "a handful that comes with the program",
    "get_room": "as long as the stretch of days that is asked for",
    "list_free_slots": "as long as the stretch of days that is asked for",
    "list_schedule_times": "thirty at most",
}


# Lists that can be turned round.
SORTED = {"list_posts", "list_contents", "list_jobs"}

# What PATCH changes without If-Match, and why.
NO_VERSION = {"append_upload": "Upload-Offset says what the sender knows of it (tus 1.0)"}


@cache
def app() -> FastAPI:
    """Nothing is opened: the description needs the routes only."""
    return create_app(make_house(Settings(home=Path(mkdtemp())), app_url=""))


@cache
def document() -> dict[str, Any]:
    return app().openapi()


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def names() -> list[str]:
    return [operation["operationId"] for _, _, operation in operations(document())]


def of(name: str) -> dict[str, Any]:
    return next(one for _, _, one in operations(document()) if one["operationId"] == name)


def is_list(operation: dict[str, Any]) -> bool:
    for status, answer in operation["responses"].items():
        schema = resolved(answer.get("content", {}).get("application/json", {}).get("schema", {}))
        if status < "4" and (schema.get("type") == "array" or "items" in schema.get("properties", {})):
            return True
    return False


def test_every_list_has_pages() -> None:
    lacking = [
        f"{one['operationId']}: take `cursor: CursorText = None, limit: Limit = 200` and answer with page_by(…) of"
        " infra/http/paging.py, or say in WHOLE_LISTS here why it needs none"
        for method, _, one in operations(document())
        if method == "get" and is_list(one) and one["operationId"] not in WHOLE_LISTS
        and not {"limit", "cursor"} <= {parameter["name"] for parameter in one.get("parameters", [])}
    ]  # fmt: skip
    assert lacking == []
    assert [name for name in WHOLE_LISTS if not is_list(of(name))] == []


def test_lists_by_time_can_be_turned_round() -> None:
    for name in SORTED:
        (sort,) = [one for one in of(name)["parameters"] if one["name"] == "sort"]
        assert (sort["schema"]["enum"], sort["schema"]["default"]) == (["at", "-at"], "-at")


def test_a_cursor_is_opaque_everywhere() -> None:
    """One kind of text for every list; a number or a time of its own would be something to count with."""
    texts = {
        str(one["schema"]["anyOf"][0])
        for name in names()
        for one in of(name).get("parameters", [])
        if one["name"] == "cursor"
    }
    assert texts == {"{'type': 'string', 'maxLength': 2000}"}


def test_every_change_names_the_version_it_was_made_from() -> None:
    lacking = [
        f"{one['operationId']}: take `version: Version` of infra/http/versions.py, or say in NO_VERSION why not"
        for method, _, one in operations(document())
        if method == "patch" and one["operationId"] not in NO_VERSION
        and not any(place["name"] == "If-Match" and place["required"] for place in one.get("parameters", []))
    ]  # fmt: skip
    assert lacking == []


def test_every_record_with_a_version_comes_with_its_tag() -> None:
    """The tag is promised where the description shows a version, and put there by the class of the route."""
    tagged = {
        str(route.operation_id)
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute) and isinstance(route, Tagged) and has_version(route.response_model)
    }
    schemas = document()["components"]["schemas"]
    shown = {
        one["operationId"]
        for _, _, one in operations(document())
        if any(status < "3" and is_versioned(answer, schemas) for status, answer in one["responses"].items())
    }
    promised = {
        one["operationId"]
        for _, _, one in operations(document())
        if any("ETag" in answer.get("headers", {}) for status, answer in one["responses"].items() if status < "3")
    }
    assert tagged == shown == promised
    assert len(tagged) > 20
    changed = {one["operationId"] for method, _, one in operations(document()) if method == "patch"}
    assert changed - set(NO_VERSION) - {"edit_script"} <= tagged, "a change answers with the record and its version"


def media(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    operation = of(name)
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield "the request", kind, content
    for status, answer in operation["responses"].items():
        for kind, content in answer_of(document(), answer).get("content", {}).items():
            yield status, kind, content


@pytest.mark.parametrize("name", names())
def test_every_example_is_what_its_schema_says(name: str) -> None:
    for where, kind, content in media(name):
        place = f"{name}, {where}, {kind}"
        shown = [content["example"]] if "example" in content else [one["value"] for one in content["examples"].values()]
        assert shown, f"{place}: no example"
        if kind in OTHER_TYPES:
            continue
        schema = {**content["schema"], "components": document()["components"]}
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        wrong = [f"{error.instance_path}: {error.message}" for value in shown for error in validator.iter_errors(value)]
        assert wrong == [], (
            f"{place}: give the field or its model `examples=[…]`, or a value in NAMED of infra/http/examples.py"
        )


def routes() -> Iterator[APIRoute]:
    for router in routers():
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema and route.body_field is not None:
                yield route


@pytest.mark.parametrize("route", routes(), ids=lambda route: str(route.operation_id))
def test_every_example_of_a_request_is_taken(route: APIRoute) -> None:
    """What the code checks beyond the schema is kept by the example too."""
    example = of(str(route.operation_id))["requestBody"]["content"]["application/json"]["example"]
    assert route.body_field is not None
    _, errors = route.body_field.validate(example, {}, loc=("body",))
    assert not errors, (
        f"{route.operation_id}: {errors}. Give the model `json_schema_extra={{'examples': […]}}` or its field a value"
    )


@pytest.mark.parametrize("name", names())
def test_every_operation_says_its_errors(name: str) -> None:
    operation = of(name)
    said = {status: answer_of(document(), answer) for status, answer in operation["responses"].items() if status >= "4"}
    assert {"422", "429", "500", "503"} <= set(said)
    if PERMISSIONS[name] != "public":
        assert {"401", "403"} <= set(said)
    for status, answer in said.items():
        if PROBLEM in answer.get("content", {}):
            for example in answer["content"][PROBLEM]["examples"].values():
                assert example["value"]["type"].startswith(TYPE)
                assert str(example["value"]["status"]) == status


def test_what_operations_answer_beyond_their_shape_is_of_operations_that_exist() -> None:
    assert set(MORE) - set(names()) == set()


def every_problem(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    yield kind
    for below in kind.__subclasses__():
        yield from every_problem(below)


def test_a_problem_type_has_one_status_and_one_title() -> None:
    meanings: dict[str, set[tuple[int, str]]] = {}
    for kind in every_problem():
        if kind.__module__.startswith("greenroom."):
            meanings.setdefault(kind.slug, set()).add((kind.status, kind.title))
    assert {slug: said for slug, said in meanings.items() if len(said) > 1} == {}
