"""A signed-in person over HTTP, a worker in this process, and videos made by it in the draft profile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from greenroom.entrypoints import wiring
from greenroom.entrypoints.api import create_app
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.jobs import Registry
from greenroom.infra.jobs.contexts import context_for
from greenroom.studio import jobs as studio_jobs
from greenroom.tenancy import facade as tenancy
from tests.support.jobs import working
from tests.support.wait import until

ROOT = "https://localhost"
RUNNING = ("scripting", "generating", "assembling", "checking")


@pytest.fixture
async def producer(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """The first administrator of a fresh installation, signed in, with one client."""
    async with browser(house) as client:
        link = await tenancy.first_run_link(house)
        assert link is not None
        form = {
            "token": link.rsplit("/", 1)[1], "name": "Ada Lovelace", "email": "ada@example.com",
            "password": "a green door opens", "organisation": "Analytical Agency", "client": "Engine Works",
            "zone": "Europe/London",
        }  # fmt: skip
        answer = await client.post("/first-run", json=form)
        assert answer.status_code == 200, answer.text
        yield client


@pytest.fixture
async def worker(house: House) -> AsyncIterator[None]:
    """A worker that makes videos, in this process."""
    wiring.register_listeners()
    registry = Registry()
    studio_jobs.register(registry)
    async with working(house, registry):
        yield


def browser(house: House) -> httpx.AsyncClient:
    """A browser at this house's server that nobody is signed in with yet."""
    transport = httpx.ASGITransport(app=create_app(house), client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=transport, base_url=f"{ROOT}/api/v1", timeout=60)


@asynccontextmanager
async def acting(house: House) -> AsyncIterator[Context]:
    """A context of a job for the only client of the only organisation, as a higher room would have."""
    async with house.database.transaction() as tx:
        place = await tx.one("select organisation_id from user_by_email('ada@example.com')")
    organisation = place["organisation_id"]
    async with house.database.transaction(Scope(organisation, (), "system:test")) as tx:
        clients = tuple(row["id"] for row in await tx.all("select id from client"))
    async with context_for(house, organisation, clients[0], Actor("job", None, "test")) as ctx:
        yield ctx


@asynccontextmanager
async def invited(web: httpx.AsyncClient, house: House, *, level: str) -> AsyncIterator[httpx.AsyncClient]:
    """Another person of the organisation, with this access to its first client, signed in."""
    client = (await web.get("/clients")).json()["items"][0]["id"]
    person = {"name": level.title(), "email": f"{level}@example.com", "role": "member",
              "access": [{"client_id": client, "level": level}]}  # fmt: skip
    answer = await web.post("/users", json=person)
    assert answer.status_code in (200, 201), answer.text
    async with browser(house) as other:
        token = answer.json()["link"].rsplit("/", 1)[1]
        entered = await other.post("/password", json={"token": token, "password": "another green door"})
        assert entered.status_code == 200, entered.text
        yield other


async def character(web: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await web.post("/characters", json={"template": "ledger", **changes})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def ask(web: httpx.AsyncClient, character_id: str, topic: str = "Compound interest", **brief: Any) -> str:
    """Ask for a video; gives the content's id."""
    body = {"character_id": character_id, "topic": topic, "seconds": 15, **brief}
    answer = await web.post("/contents", json=body)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["content"]["id"])


async def settled(web: httpx.AsyncClient, content_id: str, *, within: float = 90) -> dict[str, Any]:
    """The content once nothing is made of it any more."""
    content: dict[str, Any] = {}

    async def is_settled() -> bool:
        content.update((await web.get(f"/contents/{content_id}")).json())
        return content["status"] not in RUNNING

    await until(is_settled, within=within)
    return content
