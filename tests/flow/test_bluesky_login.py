"""A login on Bluesky while others touch it too: one order of locks, and what a server refuses stands on the account."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import psycopg
import pytest

from greenroom.channels import account_store, login_store, post_store
from greenroom.channels import facade as channels
from greenroom.channels.errors import Reconnect
from greenroom.channels.package import pack
from greenroom.channels.platforms.bluesky.adapter import BlueskyAdapter
from greenroom.channels.platforms.bluesky.line import open_line
from greenroom.channels.platforms.bluesky.session import present, renewed
from greenroom.infra.postgres.addresses import Addresses
from tests.support.bluesky import Linked, Pds, link_at
from tests.support.lossy import lossy
from tests.support.publish import Desk, taken_for_not_out
from tests.support.wait import until

LONG = "\n\n".join(f"{n}. " + "Yeast eats sugar and breathes out gas, which lifts the dough. " * 3 for n in range(5))
bluesky = BlueskyAdapter()


async def test_a_renewal_and_a_reconnection_lock_in_one_order(linked: Linked, database_urls: Addresses) -> None:
    """The renewal fails and wants to say so on the account, which a person reconnects just then."""
    await _break(linked)
    at, account = linked.adapters_desk, linked.account
    used = await present(at)

    async def waits() -> bool:
        with psycopg.connect(database_urls.superuser) as db:
            found = db.execute(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            ).fetchone()
        return found is not None and found[0] > 0

    async with linked.desk.tenant.context() as ctx:
        await account_store.account(ctx, account.id, lock=True)
        renewing = asyncio.create_task(renewed(at, used))
        await until(waits)
        login = await login_store.login(ctx, account.id, lock=True)
        assert login is not None
        await ctx.house.vault.replace(ctx, login["session_id"], used.kept())
        shown = {"handle": account.handle, "name": account.name, "url": account.url}
        await login_store.write_linked(ctx, account.id, **shown)
    with pytest.raises(Reconnect):
        await renewing
    async with linked.desk.tenant.context() as ctx:
        assert (await channels.get_account(ctx, account.id)).needs_reconnect is False


async def test_a_new_session_that_is_refused_too_stands_on_the_account(desk: Desk, pds: Pds) -> None:
    async with _shutting(pds) as door:
        linked = await link_at(desk, pds, through=door.address, allow=door.allow)
        door.shut = True
        post = await linked.desk.planned()
        assert await linked.desk.run(post.id) is None
    async with linked.desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, linked.account.id)
    assert (account.needs_reconnect, (await linked.desk.post(post.id)).state) == (True, "scheduled")
    assert "with a new session" in (account.last_error or "")


async def test_an_earlier_try_with_other_words_is_found_and_said(desk: Desk, pds: Pds) -> None:
    async with lossy(pds.port, "putRecord", seed=3) as proxy:
        linked = await link_at(desk, pds, through=proxy.address, allow=proxy.allow)
        post = await linked.desk.planned()
        proxy.share = 1.0
        assert await linked.desk.run(post.id) is not None
        proxy.share = 0.0
        await taken_for_not_out(linked.desk, post.id, "Bread falls.")
        assert await linked.desk.run(post.id) is None
    shown = await linked.desk.post(post.id)
    assert (shown.state, len(linked.posts()), shown.disclosure["as_meant"]) == ("published", 1, False)
    assert "does not say there what was meant" in (shown.state_reason or "")


async def test_a_thread_says_what_was_meant_as_long_as_all_of_it_does(linked: Linked) -> None:
    content = await linked.desk.approved("Long", caption=LONG)
    async with linked.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=linked.account.id)
        package = await pack(ctx, await post_store.by_id(ctx, post.id))
    at = linked.adapters_desk
    prepared = await bluesky.prepare(at, package)
    receipt = await bluesky.commit(at, package, prepared)
    assert int(prepared["calls"]) == len(linked.posts()) > 2
    assert (await bluesky.observe(at, package, receipt)).as_meant is True
    assert (await bluesky.observe(at, replace(package, caption=f"{LONG} More."), receipt)).as_meant is False
    line = await open_line(at)
    last = linked.posts()[-1]["uri"].rpartition("/")[2]
    place = {"repo": line.did, "collection": "app.bsky.feed.post", "rkey": last}
    await line.do("com.atproto.repo.deleteRecord", place)
    assert (await bluesky.observe(at, package, receipt)).as_meant is False


@dataclass
class Door:
    """The way to the server; while `shut` it refuses every session, old and new, and still gives new ones."""

    server: int
    port: int = 0
    shut: bool = False

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        return f"localhost:{self.port}, 127.0.0.0/8:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await reader.readexactly(int(sizes[0].partition(b":")[2])) if sizes else b""
        if self.shut and b"com.atproto.server." not in head.split(b"\r\n")[0]:
            said = json.dumps({"error": "InvalidToken", "message": "Not you"}).encode()
            kind = b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nConnection: close\r\n"
            writer.write(kind + f"Content-Length: {len(said)}\r\n\r\n".encode() + said)
        else:
            there, back = await asyncio.open_connection("localhost", self.server)
            back.write(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body)
            writer.write(await there.read())
            back.close()
        await writer.drain()
        writer.close()


@asynccontextmanager
async def _shutting(pds: Pds) -> AsyncIterator[Door]:
    door = Door(pds.port)
    listening = await asyncio.start_server(door.answer, "127.0.0.1", 0)
    door.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield door


async def _break(linked: Linked) -> None:
    """Neither the kept session nor the app password opens the account any more."""
    dead = linked.pds.expired(linked.member.did)
    async with linked.desk.tenant.context() as ctx:
        login = await login_store.login(ctx, linked.account.id)
        assert login is not None
        kept = json.loads((await ctx.house.vault.open(ctx, login["session_id"], why="Test")).reveal())
        changed = json.dumps(kept | {"access": dead, "refresh": dead})
        await ctx.house.vault.replace(ctx, login["session_id"], changed)
        await ctx.house.vault.replace(ctx, login["password_id"], "not-the-password")
