"""Access that is changed counts on streams that are open, within five seconds and without a test's shortcuts."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest

from greenroom.infra import audit, events
from greenroom.infra.audit import read
from greenroom.infra.context import House
from greenroom.kit.ids import uuid7
from greenroom.tenancy import store
from greenroom.tenancy.rules import TOKEN_SCOPES
from greenroom.tenancy.sign_in import start_session
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.serving import serving

WITHIN = 5.0
ENDED = b"event: access.ended"


@dataclass(frozen=True)
class Office:
    """A server, its super user's browser, and a member who may enter two clients."""

    tenant: Tenant
    base: str
    boss: httpx.AsyncClient
    member: UUID
    clients: tuple[UUID, UUID]

    async def sign_in(self) -> dict[str, str]:
        tenant = self.tenant
        token = await start_session(tenant.house, tenant.organisation, self.member, address="", agent="member")
        return {"Cookie": f"greenroom={token}"}

    async def change(self, form: dict[str, object]) -> None:
        people = (await self.boss.get("/users")).json()["items"]
        (version,) = [one["version"] for one in people if one["id"] == str(self.member)]
        changed = await self.boss.patch(f"/users/{self.member}", json=form, headers={"If-Match": f'"{version}"'})
        assert changed.is_success, changed.text

    async def happen(self, client: UUID, word: str) -> None:
        async with self.tenant.context(clients=self.clients) as ctx:
            await events.emit(ctx.within(client), "toy.happened", message=word)


@pytest.fixture
async def office(house: House, tenant: Tenant) -> AsyncIterator[Office]:
    member, second = uuid7(), uuid7()
    async with tenant.context() as ctx:
        await store.add_client(
            ctx.db, tenant.organisation, {"id": second, "name": "Two", "colour": "#3f6b4f", "zone": "UTC"}
        )
        await store.add_user(
            ctx.db, tenant.organisation,
            {"id": member, "email": "m@example.com", "name": "M", "role": "member", "status": "active", "zone": "UTC"},
        )  # fmt: skip
        access = [{"client_id": client, "level": "full"} for client in (tenant.client, second)]
        await store.set_access(ctx.db, tenant.organisation, member, access)
    token = await start_session(house, tenant.organisation, tenant.user, address="", agent="boss")
    async with (
        serving(house) as base,
        httpx.AsyncClient(base_url=base, headers={"Cookie": f"greenroom={token}"}) as boss,
    ):
        yield Office(tenant, base, boss, member, (tenant.client, second))


class Watching:
    """An open stream that is read all the time."""

    def __init__(self, base: str, headers: dict[str, str]) -> None:
        self.seen = b""
        self._client = httpx.AsyncClient(base_url=base, headers=headers, timeout=30)

    async def __aenter__(self) -> "Watching":
        self._reading = asyncio.create_task(self._read())
        await self.until(b"id: ")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        await self._client.aclose()

    async def _read(self) -> None:
        async with self._client.stream("GET", "/events") as answer:
            async for piece in answer.aiter_bytes():
                self.seen += piece

    async def until(self, word: bytes, *, closed: bool = False) -> float:
        """The seconds until it has sent this, and has closed then if asked."""
        began = time.monotonic()
        while word not in self.seen or (closed and not self._reading.done()):
            assert time.monotonic() - began < WITHIN * 6, self.seen
            await asyncio.sleep(0.01)
        return time.monotonic() - began


async def test_the_stream_of_a_client_that_was_taken_away_goes_quiet(office: Office, figures: Figures) -> None:
    kept, taken = office.clients
    async with Watching(office.base, await office.sign_in()) as stream:
        await office.happen(taken, "seen before")
        await stream.until(b"seen before")
        await office.change({"access": [{"client_id": str(kept), "level": "read"}]})
        began = time.monotonic()
        await office.happen(taken, "never to be seen")
        await office.happen(kept, "still seen")
        await stream.until(b"still seen")
    figures("access taken away", f"of one client: nothing of it came any more, {time.monotonic() - began:.2f} s later")
    assert b"never to be seen" not in stream.seen


async def test_every_way_to_lose_access_ends_the_stream(office: Office, figures: Figures) -> None:
    """One after the other, since each change wakes every stream of the organisation."""
    took: dict[str, float] = {}

    async def lost(name: str, headers: dict[str, str], act: Callable[[], Awaitable[object]]) -> None:
        async with Watching(office.base, headers) as stream:
            await act()
            took[name] = await stream.until(ENDED, closed=True)

    ended, own = await office.sign_in(), await office.sign_in()
    program, token = await made_token(office)
    async with httpx.AsyncClient(base_url=office.base, headers=own) as member:
        await lost("the session ended elsewhere", ended, lambda: member.delete("/sessions"))
    await lost("the token revoked", {"Authorization": f"Bearer {program}"}, lambda: office.boss.delete(token))
    await lost("no client left", await office.sign_in(), lambda: office.change({"access": []}))
    await office.change({"access": [{"client_id": str(office.clients[0]), "level": "full"}]})
    await lost("disabled", await office.sign_in(), lambda: office.change({"status": "disabled"}))
    slowest = max(took, key=lambda name: took[name])
    figures("access taken away", f"{len(took)} ways, the stream closed within {took[slowest]:.2f} s ({slowest})")
    assert took[slowest] <= WITHIN, took


ENTRY, ENTRIES = 1_000_000, 24
"""More than the buffers between a server and a reader who takes their time hold."""


async def test_every_way_to_lose_access_ends_the_export(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "PART", 1)
    tenant = office.tenant
    async with tenant.context() as ctx:
        await store.set_password(ctx.db, tenant.organisation, tenant.user, "never used")
        for _ in range(ENTRIES):
            await audit.record(ctx, "toy.happened", ("toy", uuid7()), after={"text": "x" * ENTRY})
    await office.change({"role": "super"})
    ended, own = await office.sign_in(), await office.sign_in()
    program, token = await made_token(office, *TOKEN_SCOPES)
    async with httpx.AsyncClient(base_url=office.base, headers=own) as member:
        await cut_off(office, ended, lambda: member.delete("/sessions"))
    await cut_off(office, {"Authorization": f"Bearer {program}"}, lambda: office.boss.delete(token))
    await cut_off(office, await office.sign_in(), lambda: office.change({"role": "member"}))


async def cut_off(office: Office, headers: dict[str, str], act: Callable[[], Awaitable[object]]) -> None:
    """Begin an export, lose access, and see that the rest never comes."""
    sizes: list[int] = []

    async def take(answer: httpx.Response) -> None:
        async for piece in answer.aiter_bytes():
            if not sizes:
                await act()
            sizes.append(len(piece))

    async with (
        httpx.AsyncClient(base_url=office.base, headers=headers, timeout=30) as reader,
        reader.stream("GET", "/audit/export") as answer,
    ):
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            await take(answer)
    assert 0 < sum(sizes) < ENTRY * ENTRIES


async def made_token(office: Office, *scopes: str) -> tuple[str, str]:
    """A token of the super user, and its address."""
    made = (await office.boss.post("/tokens", json={"name": "Watcher", "scopes": scopes or ["read"]})).json()
    return made["token"], f"/tokens/{made['made']['id']}"
