"""Generated requests for every operation: what they are answered is what the description says, whatever is sent.

An organisation with something of everything in it is asked, by ids that are there, so that most operations do what
they are for and are not only refused.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
import schemathesis
from schemathesis import Case, HookContext, engine, hooks
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import EngineEvent, FatalError, Interrupted, NonFatalError, ScenarioFinished

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.permissions import PERMISSIONS, PERSONS_ONLY
from greenroom.infra.context import House
from greenroom.infra.http.describe import operations
from greenroom.tenancy.rules import TOKEN_SCOPES
from greenroom.tenancy.sign_in import start_session
from tests.flow.test_two_tenants import KINDS, WORDS, furnish
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.serving import serving

# The type of a part of a resumable upload (tus 1.0) is bytes by another name.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

EXAMPLES = 10
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
    "ignored_auth",
)
NO_LIMITS = {"limit_user": 0, "limit_token": 0, "limit_organisation": 0, "limit_address": 0}

# Operations that no request is generated for, and why.
LEFT_OUT = {
    "get_events": "a stream has no end to wait for; tests/flow/test_live_events.py reads it",
    "end_session": "signs out the one who asks; tests/flow/test_sign_in_sessions.py",
}


# What would take away what others need is sent last, as everything is that deletes.
ENDS = {"change_client", "change_user", "change_account", "cancel_content", "cancel_post", "take_down_post"}

LEAST_DONE = 90
"""Operations that have to answer some of what they are sent with success."""


@dataclass
class Found:
    """What a run sent, what was answered with success, and what was wrong. Operations by method and path."""

    asked: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)


def run(address: str, auth: dict[str, dict[str, str]], only: Iterable[str], ids: Mapping[str, str]) -> Found:
    """Send generated requests, valid and invalid, to the operations in `only`; the valid ones name these ids."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "auth": {"openapi": auth},
            "request-timeout": 60,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": False}},
            "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
        }
    )
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)
    schema = schema.include(operation_id=sorted(only))

    def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
        name_what_is_there(case, ids)

    schemathesis.hook(before_call)  # for all schemas: what is sent asks no schema for such hooks
    try:
        return found_by(engine.from_schema(schema).execute())
    finally:
        hooks.unregister(before_call)


def found_by(events: Iterable[EngineEvent]) -> Found:
    """What the events of a run say. Raises what broke the run off."""
    found = Found()
    for event in events:
        if isinstance(event, FatalError):
            raise event.exception
        if isinstance(event, Interrupted):
            raise RuntimeError("the run was interrupted")
        if isinstance(event, ScenarioFinished):
            record(found, event)
        elif isinstance(event, NonFatalError):
            found.wrong[f"{event.label}: {event.value}"] = ""
    return found


def name_what_is_there(case: Case, ids: Mapping[str, str]) -> None:
    """Give a valid request the ids of records that exist, in its path and its body."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for name in case.path_parameters or {}:
        word = WORDS.get(f"{{{name}}}")
        if word is not None or name in KINDS:
            case.path_parameters[name] = word or ids[KINDS[name]]
    fill(case.body, ids)


def fill(value: Any, ids: Mapping[str, str]) -> None:
    if isinstance(value, list):
        for one in value:
            fill(one, ids)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in KINDS and isinstance(one, str):
                value[name] = ids[KINDS[name]]
            else:
                fill(one, ids)


def record(found: Found, event: ScenarioFinished) -> None:
    sent = event.recorder.interactions
    found.cases += len(sent)
    if sent:
        found.asked.add(event.recorder.label)
    if any(one.response is not None and one.response.status_code < 300 for one in sent.values()):
        found.done.add(event.recorder.label)
    for case, nodes in event.recorder.checks.items():
        for node in nodes:
            found.checks[node.name] += 1
            if node.failure_info is not None:
                request = sent[case].request
                failure = node.failure_info.failure
                key = f"{event.recorder.label} {node.name}"
                found.wrong.setdefault(
                    key, f"{failure.message}\n  {request.method} {request.uri} {request.body!r:.300}"
                )


def test_a_run_that_breaks_off_is_no_success() -> None:
    with pytest.raises(OSError, match="gone"):
        found_by([FatalError(exception=OSError("the server is gone"))])


@pytest.mark.timeout(600)  # a minute of one core; a machine with other work needs longer
async def test_the_api_answers_as_its_description_says(house: House, tenant: Tenant, figures: Figures) -> None:
    side = await furnish(tenant, "Own")
    await side.browser.aclose()
    session = await start_session(house, tenant.organisation, tenant.user, address="", agent="test")
    cookie = {"Cookie": f"greenroom={session}"}
    open_house = replace(house, settings=house.settings.model_copy(update=NO_LIMITS))
    labels = {
        one["operationId"]: f"{method.upper()} {path}"
        for method, path, one in operations(create_app(open_house).openapi())
    }
    last = ENDS | {name for name, label in labels.items() if label.startswith("DELETE ")}
    everything = set(PERMISSIONS) - set(LEFT_OUT)
    async with serving(open_house) as address:
        async with httpx.AsyncClient(base_url=address, headers=cookie) as browser:
            made = await browser.post("/tokens", json={"name": "Run", "scopes": list(TOKEN_SCOPES)})
        token, person = {"token": {"bearer": made.json()["token"]}}, {"session": {"api_key": session}}
        runs = [
            await asyncio.to_thread(run, address, auth, only, side.ids)
            for auth, only in (
                (token, everything - PERSONS_ONLY - last),
                (person, (everything & PERSONS_ONLY) - last),
                (token, (everything & last) - PERSONS_ONLY),
                (person, everything & last & PERSONS_ONLY),
            )
        ]
    wrong = {key: said for one in runs for key, said in one.wrong.items()}
    asked, done = set().union(*(one.asked for one in runs)), set().union(*(one.done for one in runs))
    cases = sum(one.cases for one in runs)
    figures("schemathesis", f"{len(asked)} operations, {len(done)} of them with success, {cases} requests")
    assert wrong == {}, "\n".join(f"{key}: {said}" for key, said in sorted(wrong.items()))
    assert asked == {label for name, label in labels.items() if name not in LEFT_OUT}
    assert len(done) >= LEAST_DONE, f"nothing but refusals from {sorted(asked - done)}"


async def test_a_method_that_an_address_lacks_is_refused_with_those_it_has(house: House) -> None:
    app = create_app(house)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        paths = app.openapi()["paths"]
        for path in paths:
            same = [one for one in paths if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), path)]
            methods = {method for one in same for method in paths[one]}
            for method in {"get", "post", "put", "patch", "delete"} - set(methods):
                answer = await client.request(method, path)
                assert answer.status_code == 405, f"{method} {path}: {answer.status_code}"
                assert answer.headers["content-type"] == "application/problem+json"
                assert {one.strip().lower() for one in answer.headers["allow"].split(",")} <= {*methods, "head"}


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[" * 200_000, b'{"email": NaN', b'{"email": "\\ud800", "password": "\\u0000"}']
)
async def test_a_body_that_cannot_be_read_is_refused_by_name(house: House, body: bytes) -> None:
    transport = httpx.ASGITransport(create_app(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1") as client:
        refused = await client.post("/session", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code in (401, 422), refused.text
    assert refused.headers["content-type"] == "application/problem+json"
