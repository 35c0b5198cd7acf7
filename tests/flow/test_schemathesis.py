"""Generated requests for every operation: what they are answered is what the description says, whatever is sent."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field, replace

import httpx
import pytest
import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.permissions import PERSONS_ONLY
from greenroom.infra.context import House
from greenroom.tenancy.rules import TOKEN_SCOPES
from greenroom.tenancy.sign_in import start_session
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


@dataclass
class Found:
    """What a run sent, and what was wrong."""

    operations: set[str] = field(default_factory=set)
    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)


def run(
    address: str, auth: dict[str, dict[str, str]], *, only: frozenset[str] = frozenset(), without: set[str]
) -> Found:
    """Send generated requests, valid and invalid, to the operations in `only` (all when empty)."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "auth": {"openapi": auth},
            "request-timeout": 10,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": False}},
            "checks": {"enabled": False, **{name: {"enabled": True} for name in CHECKS}},
        }
    )
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)
    schema = schema.exclude(operation_id=sorted(without))
    if only:
        schema = schema.include(operation_id=sorted(only - without))
    found = Found()
    for event in engine.from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            record(found, event)
        elif isinstance(event, NonFatalError):
            found.wrong[f"{event.label}: {event.value}"] = ""
    return found


def record(found: Found, event: ScenarioFinished) -> None:
    found.operations.add(event.recorder.label)
    found.cases += len(event.recorder.interactions)
    for case, nodes in event.recorder.checks.items():
        for node in nodes:
            found.checks[node.name] += 1
            if node.failure_info is not None:
                sent = event.recorder.interactions[case].request
                failure = node.failure_info.failure
                key = f"{event.recorder.label} {node.name}"
                found.wrong.setdefault(key, f"{failure.message}\n  {sent.method} {sent.uri} {sent.body!r:.300}")


@pytest.mark.timeout(600)  # a minute of one core; a machine with other work needs longer
async def test_the_api_answers_as_its_description_says(house: House, tenant: Tenant, figures: Figures) -> None:
    session = await start_session(house, tenant.organisation, tenant.user, address="", agent="test")
    cookie = {"Cookie": f"greenroom={session}"}
    open_house = replace(house, settings=house.settings.model_copy(update=NO_LIMITS))
    async with serving(open_house) as address:
        async with httpx.AsyncClient(base_url=address, headers=cookie) as browser:
            made = await browser.post("/tokens", json={"name": "Run", "scopes": list(TOKEN_SCOPES)})
        token = made.json()["token"]
        left_out = set(LEFT_OUT)
        runs = [
            await asyncio.to_thread(run, address, {"token": {"bearer": token}}, without=left_out | PERSONS_ONLY),
            await asyncio.to_thread(
                run, address, {"session": {"api_key": session}}, only=PERSONS_ONLY, without=left_out
            ),
        ]
    wrong = {key: said for one in runs for key, said in one.wrong.items()}
    figures(
        "schemathesis",
        f"{sum(len(one.operations) for one in runs)} operations, {sum(one.cases for one in runs)} requests",
    )
    assert wrong == {}, "\n".join(f"{key}: {said}" for key, said in sorted(wrong.items()))


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
