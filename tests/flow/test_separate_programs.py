"""Servers and workers as programs of their own on one database: work is shared, one may go, nothing is lost."""

import asyncio
import json
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from greenroom.entrypoints import health
from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.health import schema_of
from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.infra.store import open_store
from greenroom.infra.vault.master import master_key
from greenroom.infra.vault.vault import Vault
from greenroom.kit.clock import SystemClock
from greenroom.tenancy.sign_in import start_session
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.programs import Program, Programs
from tests.support.wait import until

MINUTE = 60.0


async def browser(program: Program, tenant: Tenant) -> httpx.AsyncClient:
    """A super user's session at this server; the same cookie is good at every other."""
    cookie = await start_session(tenant.house, tenant.organisation, tenant.user, address="", agent="test")
    return httpx.AsyncClient(
        base_url=f"{program.url}/api/v1", headers={"Cookie": f"greenroom={cookie}"}, timeout=20, trust_env=False
    )


@asynccontextmanager
async def listening(at: httpx.AsyncClient) -> AsyncIterator[list[dict[str, Any]]]:
    """What the browser hears while the block runs, in its order; the list grows."""
    heard: list[dict[str, Any]] = []
    opened = asyncio.Event()

    async def read() -> None:
        async with at.stream("GET", "/events", timeout=None) as answer:
            assert answer.status_code == 200
            async for line in answer.aiter_lines():
                opened.set()
                if line.startswith("data: "):
                    heard.append(json.loads(line.removeprefix("data: ")))

    reading = asyncio.create_task(read())
    try:
        await asyncio.wait_for(opened.wait(), 30)
        yield heard
    finally:
        reading.cancel()
        await asyncio.wait((reading,))


async def post(at: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await at.post(path, json=body)
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()
    return made


@pytest.mark.timeout(400)
async def test_two_servers_and_two_workers_share_the_work_and_lose_nothing(
    programs: Programs, tenant: Tenant, figures: Figures
) -> None:
    first, second = programs.api(), programs.api()
    workers = [programs.worker("cpu", GREENROOM_STOP_WITHIN="PT6S"), programs.worker("io,cpu")]
    for program in (first, second):
        program.ready("Serving")
    for program in workers:
        program.ready("Working on")
    here, there = await browser(first, tenant), await browser(second, tenant)

    async def health() -> dict[str, Any]:
        return dict((await there.get("/health")).json())

    async def board() -> dict[str, Any]:
        return dict((await there.get("/jobs/board")).json())

    async def work() -> dict[str, int]:
        return dict((await health())["workers"])

    await until(lambda: _equals(work, {"io": 1, "cpu": 2}))
    character = (await post(here, "/characters", {"template": "ledger", "seed": 41}))["id"]
    brief = {"character_id": character, "format": "explainer", "seconds": 15}
    async with listening(there) as heard:

        async def told(kind: str, subject: str) -> bool:
            return any(one["kind"] == kind and one["subject_id"] == subject for one in heard)

        async def asked(at: httpx.AsyncClient, topic: str) -> str:
            began = time.monotonic()
            made = (await post(at, "/contents", {**brief, "topic": topic}))["content"]["id"]
            await until(lambda: told("studio.content.created", made))
            figures("an act at one server, heard at the other", f"{1000 * (time.monotonic() - began):.0f} ms")
            return str(made)

        async def running() -> int:
            return int((await board())["running"])

        made = [await asked(here, topic) for topic in ("Why the sea has tides", "Why bread rises", "Compound interest")]
        await until(lambda: _equals(running, 2), within=MINUTE)  # one at a time in each worker, so both have one

        workers[0].signal(signal.SIGTERM)  # before the job that it has is done
        first.signal(signal.SIGKILL)
        assert await asyncio.to_thread(first.ended) == -signal.SIGKILL
        made.append(await asked(there, "Why the moon has phases"))

        assert await asyncio.to_thread(workers[0].ended) == 0
        assert "stopping; 1 jobs run on for at most 1 s" in workers[0].said
        assert workers[0].said.rstrip().endswith("Stopped.")
        await until(lambda: _equals(work, {"io": 1, "cpu": 1}))

        async def settled() -> bool:
            states = [(await there.get(f"/contents/{id}")).json()["status"] for id in made]
            assert not {"failed", "cancelled"} & set(states), states
            return set(states) == {"review"}

        await until(settled, within=3 * MINUTE)
        assert any(one["kind"] == "job.progress" for one in heard)
    jobs = (await there.get("/jobs")).json()["items"]
    assert [job["state"] for job in jobs] == ["done"] * 4
    assert sorted(job["starts"] for job in jobs) in ([1, 1, 1, 1], [1, 1, 1, 2])  # it may not have heard in time
    async with tenant.context() as ctx:
        rendered = await ctx.db.all("select content_id, count(*) as renders from render group by 1")
    assert [row["renders"] for row in rendered] == [1] * 4

    began = time.monotonic()
    async with listening(there):
        second.signal(signal.SIGTERM)
        assert await asyncio.to_thread(second.ended) == 0
    assert "stopping" in second.said
    assert second.said.rstrip().endswith("Stopped.")
    figures("a server with an open live page stops", f"{time.monotonic() - began:.1f} s")
    for one in (here, there):
        await one.aclose()


async def _equals(look: Any, wanted: int) -> bool:
    return await look() == wanted


def half_sent(program: Program) -> socket.socket:
    """A request whose last byte is still to come."""
    address = urlsplit(program.url)
    assert address.hostname
    assert address.port
    line = socket.create_connection((address.hostname, address.port), timeout=20)
    body = b'{"email": "nobody@example.com", "password": "none"'
    head = f"POST /api/v1/session HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
    line.sendall(head.encode() + f"Content-Length: {len(body) + 1}\r\n\r\n".encode() + body)
    time.sleep(1)
    return line


def test_a_stopping_server_finishes_what_it_has_and_takes_no_more(programs: Programs) -> None:
    server = programs.api().ready("Serving")
    with half_sent(server) as line:
        server.signal(signal.SIGTERM)
        server.ready("stopping; 1 requests run on for at most 20 s")
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.url}/api/v1/health/live", trust_env=False)
        line.sendall(b"}")
        assert line.recv(4096).startswith(b"HTTP/1.1 4")
    assert server.ended(within=15) == 0
    assert "stopped\n" in server.said


def test_a_second_signal_hurries_a_server(programs: Programs) -> None:
    server = programs.api().ready("Serving")
    with half_sent(server):
        server.signal(signal.SIGTERM)
        server.ready("stopping")
        server.signal(signal.SIGTERM)
        assert server.ended(within=15) == 0
    assert "stopped, without waiting" in server.said


def test_a_worker_says_which_queues_there_are(programs: Programs) -> None:
    worker = programs.worker("io,gpu")
    assert worker.ended() == 2
    assert worker.said == "Name queues of io, cpu; there is no gpu\n"


def test_a_busy_port_is_an_error_for_a_server_by_itself(programs: Programs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = programs.run("api", "--port", str(port := taken.getsockname()[1]))
        assert server.ended() == 70
    assert server.said == f"Port {port} is busy; set GREENROOM_PORT to a free one\n"


def test_without_a_database_it_says_what_to_set(tmp_path: Path) -> None:
    alone = Programs(tmp_path / "alone", None, tmp_path / "keys")
    gone = {"GREENROOM_DATABASE_URL": "postgresql://greenroom_app@127.0.0.1:9/none"}
    try:
        for program, word in (
            (alone.api(), "Set GREENROOM_DATABASE_URL"),
            (alone.worker(), "Set GREENROOM_DATABASE_URL"),
            (alone.worker(**gone), "The database cannot be reached ("),
        ):
            assert program.ended() == 70
            assert program.said.startswith(word)
            assert program.said.count("\n") == 1
    finally:
        alone.end()


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres, database_urls: Addresses) -> Iterator[Addresses]:
    """A database of the owner's with nothing in it."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(database_urls.superuser, autocommit=True) as connection:
        connection.execute(SQL("create database {} owner greenroom_owner").format(Identifier(name)))
    yield database_urls.for_database(name)
    with psycopg.connect(database_urls.superuser, autocommit=True) as connection:
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))


def test_a_database_that_lacks_migrations_is_refused_until_the_owner_is_known(
    programs: Programs, empty_database: Addresses
) -> None:
    address = {"GREENROOM_DATABASE_URL": empty_database.app}
    for program in (programs.api(**address), programs.worker(**address)):
        assert program.ended() == 70
        assert program.said.startswith(
            "The database lacks migrations of this version; set GREENROOM_OWNER_DATABASE_URL"
        )
    server = programs.api(**address, GREENROOM_OWNER_DATABASE_URL=empty_database.owner).ready("makes the first")
    told = httpx.get(f"{server.url}/api/v1/health", trust_env=False)
    assert (told.status_code, told.json()["migrations"]) == (200, "current")


async def test_readiness_fails_where_liveness_does_not(house: House, tmp_path: Path) -> None:
    """A server whose database is away lives, and must not be asked; one that needs newer tables neither."""
    settings = Settings(home=tmp_path / "away")
    away = Database("postgresql://greenroom_app@127.0.0.1:9/none", size=1)
    app = create_app(House(settings, away, open_store(settings), SystemClock(), Vault(master_key(settings))))
    await away.open()
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as web:
            began = time.monotonic()
            told = await web.get("/api/v1/health")
            assert (told.status_code, told.json()["detail"]) == (503, "The database does not answer")
            assert time.monotonic() - began < 10
            assert (await web.get("/api/v1/health/live")).json()["status"] == "ok"
    finally:
        await away.close()
    async with house.database.transaction() as tx:
        assert await schema_of(house.database) == "current"
        assert await tx.value("select count(*) from migrations()") > 20


async def test_a_schema_that_is_not_this_versions_is_noticed(
    house: House, database_urls: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "GOOD_FOR", 60.0)
    with psycopg.connect(database_urls.owner) as owner:
        owner.execute("insert into gr.migration (name, checksum) values ('9999_future', '')")
    app = create_app(house)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost/api/v1") as web:
        assert (await web.get("/health")).json()["migrations"] == "ahead"
        with psycopg.connect(database_urls.owner) as owner:
            owner.execute("delete from gr.migration where name = '0095_jobs_page'")
        assert (await web.get("/health")).status_code == 200  # asked a moment ago
        monkeypatch.setattr(health, "GOOD_FOR", 0.0)
        told = await web.get("/health")
        assert (told.status_code, told.json()["type"].rsplit("/", 1)[1]) == (503, "unavailable")
        assert "lacks migrations" in told.json()["detail"]
        app.state.stopping = True
        assert "stopping" in (await web.get("/health")).json()["detail"]
