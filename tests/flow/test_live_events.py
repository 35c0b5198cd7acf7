"""The live stream over a real server: news as they are committed, resumed without loss, ended with the access."""

import asyncio
import json
import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn

from greenroom.entrypoints.api import create_app
from greenroom.infra import events
from greenroom.infra.context import House
from greenroom.infra.http import stream
from greenroom.infra.jobs import JobRun, Registry
from greenroom.kit.errors import Invalid
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant
from tests.support.jobs import enqueued, reached, working
from tests.support.settled import settled
from tests.support.wait import until_true


@dataclass(frozen=True)
class Told:
    """One event as a browser would see it."""

    kind: str
    id: str | None
    data: dict[str, Any]


@pytest.fixture
async def base(house: House) -> AsyncIterator[str]:
    """The address of a running server."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(house), log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await until_true(lambda: server.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1"
    server.should_exit = True
    await serving


@pytest.fixture
async def browser(base: str, tenant: Tenant) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the tenant's super user."""
    token = await start_session(tenant.house, tenant.organisation, tenant.user, address="127.0.0.1", agent="test")
    headers = {"Cookie": f"greenroom={token}"}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=20) as client:
        yield client


@asynccontextmanager
async def listening(browser: httpx.AsyncClient, last: str | None = None) -> AsyncIterator[AsyncIterator[Told]]:
    headers = {"Last-Event-ID": last} if last else {}
    async with browser.stream("GET", "/events", headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield told(answer)


async def told(answer: httpx.Response) -> AsyncIterator[Told]:
    """The stream as EventSource reads it: an id alone moves the place, and is told as kind `place`."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
            continue
        if "data" in fields:
            yield Told(fields["event"], fields.get("id"), json.loads(fields["data"]))
        elif "id" in fields:
            yield Told("place", fields["id"], {})
        fields = {}


async def happen(tenant: Tenant, number: int, *, slowly: float = 0) -> None:
    async with tenant.context() as ctx:
        await events.emit(ctx, "toy.happened", message=f"Number {number}", data={"number": number})
        await asyncio.sleep(slowly)


async def test_news_come_as_they_are_committed(browser: httpx.AsyncClient, tenant: Tenant) -> None:
    await happen(tenant, 1)
    await settled(tenant)
    async with asyncio.timeout(30), listening(browser) as news:
        place = await anext(news)
        assert place.kind == "place"
        began = time.monotonic()
        await happen(tenant, 2)
        event = await anext(news)
        assert time.monotonic() - began < stream.HEARTBEAT
    assert event.kind == "toy.happened"
    assert event.data["data"] == {"number": 2}
    assert event.data["client_id"] == str(tenant.client)
    assert event.data["message"] == "Number 2"


async def test_a_broken_stream_goes_on_where_it_was_and_loses_nothing(
    browser: httpx.AsyncClient, tenant: Tenant
) -> None:
    """Transactions overlap and commit out of order while the reader hangs up again and again."""
    chance, total = random.Random(11), 120
    numbers: list[int] = []
    last: str | None = None

    async def write(some: range) -> None:
        for number in some:
            await happen(tenant, number, slowly=chance.uniform(0, 0.05))

    async def read() -> None:
        nonlocal last
        while len(numbers) < total:
            async with listening(browser, last) as news:
                for _ in range(chance.randint(1, 12)):
                    event = await anext(news)
                    last = event.id
                    if event.kind == "toy.happened":
                        numbers.append(event.data["data"]["number"])
                    if len(numbers) == total:
                        return

    async with listening(browser) as news:
        last = (await anext(news)).id
    async with asyncio.timeout(100), asyncio.TaskGroup() as group:
        group.create_task(read())
        for start in range(2):
            group.create_task(write(range(start, total, 2)))
    assert sorted(numbers) == list(range(total))


async def test_progress_is_told_but_is_no_place_to_resume_from(
    browser: httpx.AsyncClient, tenant: Tenant, house: House
) -> None:
    async def render(run: JobRun) -> None:
        await run.progress(stage="render", fraction=0.25, message="Scene 1 of 4")
        await heard.wait()

    registry = Registry()
    registry.add("toy.render", render)
    heard, seen = asyncio.Event(), list[Told]()
    async with asyncio.timeout(40), working(house, registry), listening(browser) as news:
        await anext(news)
        id = await enqueued(tenant, "toy.render")
        while not seen or seen[-1].data["data"].get("state") != "done":
            seen.append(await anext(news))
            if seen[-1].kind == "job.progress":
                heard.set()
    told = [event.data["data"]["state"] for event in seen if event.kind == "job.changed"]
    assert told == ["queued", "running", "done"]
    (progress,) = [event for event in seen if event.kind == "job.progress"]
    assert progress.id is None
    assert progress.data["subject_id"] == str(id)
    assert progress.data["data"]["fraction"] == 0.25
    assert progress.data["message"] == "Scene 1 of 4"


async def test_another_organisations_news_are_not_told(
    browser: httpx.AsyncClient, tenant: Tenant, other_tenant: Tenant
) -> None:
    async with asyncio.timeout(30), listening(browser) as news:
        await anext(news)
        await happen(other_tenant, 1)
        await happen(tenant, 2)
        assert (await anext(news)).data["data"] == {"number": 2}


async def test_the_stream_ends_with_the_access(
    browser: httpx.AsyncClient, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECK", 0.2)
    async with asyncio.timeout(30), listening(browser) as news:
        await anext(news)
        async with tenant.context() as ctx:
            await ctx.db.execute("delete from session")
        ended = await anext(news)
        assert ended.kind == "access.ended"
        assert await anext(news, None) is None


async def test_nobody_gets_no_stream(base: str) -> None:
    async with httpx.AsyncClient(base_url=base) as stranger:
        answer = await stranger.get("/events")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_jobs_over_http(browser: httpx.AsyncClient, tenant: Tenant, house: House) -> None:
    async def refuse(run: JobRun) -> None:
        raise Invalid("Use at most 60 s")

    registry = Registry()
    registry.add("toy.refuse", refuse)
    made = [await enqueued(tenant, "toy.refuse") for _ in range(3)]
    first = (await browser.get("/jobs", params={"limit": 2, "state": "live"})).json()
    rest = (await browser.get("/jobs", params={"limit": 2, "cursor": first["next"]})).json()
    assert [job["id"] for job in first["items"] + rest["items"]] == [str(id) for id in reversed(made)]
    assert rest["next"] is None
    assert (await browser.post(f"/jobs/{made[0]}/cancel")).json()["state"] == "cancelled"
    async with working(house, registry):
        await reached(tenant, made[1], "failed")
    found = (await browser.get(f"/jobs/{made[1]}")).json()
    assert (found["state"], found["error"], found["client_id"]) == ("failed", "Use at most 60 s", str(tenant.client))
    assert (await browser.post(f"/jobs/{made[1]}/retry")).json()["state"] == "queued"
    assert (await browser.post(f"/jobs/{made[1]}/retry")).status_code == 409
    assert (await browser.get(f"/jobs/{uuid4()}")).status_code == 404
