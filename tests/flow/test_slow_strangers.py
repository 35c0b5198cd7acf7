"""A server of a tenant's choosing that accepts connections and says nothing: it holds no connection to our database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import psycopg
import pytest

from greenroom.channels import account_store, login_store
from greenroom.channels.platforms.bluesky.session import PASSWORD, SESSION, Session
from greenroom.channels.platforms.mastodon.connect import APP, TOKEN, App, token_of
from greenroom.entrypoints.api import create_app
from greenroom.infra.context import Context
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.ids import uuid7
from greenroom.tenancy.sign_in import start_session
from tests.support.house import Tenant
from tests.support.publish import Desk

AT_ONCE = 8
"""More than the four connections of the house."""


@asynccontextmanager
async def silent() -> AsyncIterator[tuple[str, asyncio.Semaphore]]:
    """The address of a listener that never answers, and a count of who has asked it."""
    asked = asyncio.Semaphore(0)

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.release()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1")
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()


@asynccontextmanager
async def browser(tenant: Tenant, address: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = tenant.house.settings.model_copy(update={"fetch_allow": address.removeprefix("http://")})
    house = replace(tenant.house, settings=settings)
    cookie = await start_session(house, tenant.organisation, tenant.user, address="", agent="Test")
    transport = httpx.ASGITransport(app=create_app(house))
    headers = {"Cookie": f"greenroom={cookie}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1", headers=headers) as client:
        yield client


async def linked(ctx: Context, desk: Desk, service: str, platform: str) -> str:
    """An account there, as if it had been linked when its server was well."""
    session = Session(service, "did:plc:a", "a.test", "access", "refresh")
    app = App(service, "key", "secret")
    kept: tuple[tuple[str, Any], tuple[str, Any]] = (
        ((PASSWORD, "pass"), (SESSION, session.kept())) if platform == "bluesky"
        else ((APP, app.kept()), (TOKEN, token_of("access")))
    )  # fmt: skip
    id, client = uuid7(), desk.tenant.client
    row = {"id": id, "platform": platform, "remote": "did:plc:a", "handle": "a.test", "name": "@a.test"}
    await login_store.insert_account(ctx, client, row | {"url": f"{service}/a", "character": desk.character.id})
    password, opened = [
        await ctx.house.vault.put(ctx, value, kind=kind, subject=("account", id), client=client) for kind, value in kept
    ]
    login = {"account": id, "service": service, "password": password, "session": opened}
    await login_store.insert_login(ctx, client, login)
    return str(id)


ACTS = {
    "link": ("POST", "/accounts", "bluesky"),
    "reconnect": ("POST", "/accounts/{bluesky}/connection", "bluesky"),
    "begin to link in the browser": ("POST", "/accounts/authorisations", "mastodon"),
    "begin to reconnect in the browser": ("POST", "/accounts/{mastodon}/authorisation", "mastodon"),
    "unlink": ("DELETE", "/accounts/{mastodon}", "mastodon"),
}


@pytest.mark.parametrize("act", ACTS)
async def test_while_it_is_silent_nobody_else_waits(desk: Desk, database_urls: Addresses, act: str) -> None:
    method, path, platform = ACTS[act]
    async with silent() as (address, asked), browser(desk.tenant, address) as web:
        async with desk.tenant.context() as ctx:
            accounts = {name: await linked(ctx, desk, address, name) for name in ("bluesky", "mastodon")}
        form = {"platform": platform, "identifier": "a.test", "password": "pass", "service": address}
        body = {name: form[name] for name in wanted(path)} if method == "POST" else None
        times = AT_ONCE if method == "POST" else 1
        waiting = [asyncio.create_task(web.request(method, path.format(**accounts), json=body)) for _ in range(times)]
        try:
            for _ in range(times):
                await asyncio.wait_for(asked.acquire(), 30)
            assert open_transactions(database_urls) == 0
            assert (await asyncio.wait_for(web.get("/characters"), 5)).status_code == 200
            paused = web.patch(f"/accounts/{accounts[platform]}", json={"paused": True}, headers={"If-Match": '"1"'})
            assert not (await asyncio.wait_for(paused, 5)).is_server_error  # no row is locked either
        finally:
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


async def test_what_changed_while_it_was_asked_is_looked_at_again(desk: Desk) -> None:
    """An account that is unlinked while its server thinks about the new password is not connected again."""
    go_on = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await go_on.wait()
        said = b'{"did": "did:plc:a", "handle": "a.test", "accessJwt": "new", "refreshJwt": "new"}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
        await writer.drain()
        writer.close()

    asked = asyncio.Event()
    server = await asyncio.start_server(answer, "127.0.0.1")
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, browser(desk.tenant, address) as web:
        async with desk.tenant.context() as ctx:
            id = await linked(ctx, desk, address, "bluesky")
        again = asyncio.create_task(web.post(f"/accounts/{id}/connection", json={"password": "new"}))
        await asyncio.wait_for(asked.wait(), 10)
        assert (await asyncio.wait_for(web.delete(f"/accounts/{id}"), 5)).status_code == 204
        go_on.set()
        refused = await asyncio.wait_for(again, 10)
        assert refused.status_code == 409, refused.text
        async with desk.tenant.context() as ctx:
            rows = await account_store.accounts(ctx)
            assert id not in {str(row["id"]) for row in rows}


def wanted(path: str) -> tuple[str, ...]:
    if path == "/accounts":
        return ("platform", "identifier", "password", "service")
    if path == "/accounts/authorisations":
        return ("platform", "service")
    return ("password", "service") if path.endswith("/connection") else ()


def open_transactions(urls: Addresses) -> int:
    """The house's own that are open at this moment."""
    with psycopg.connect(urls.superuser or "", autocommit=True) as connection:
        row = connection.execute(
            """select count(*) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
                 and backend_type = 'client backend'"""
        ).fetchone()
    assert row is not None
    return int(row[0])
