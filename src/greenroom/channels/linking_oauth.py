"""Linking an account on Mastodon: to its server, where its owner lets us in, and back within ten minutes.

The browser's cookie holds a random value that we keep as a hash only, and the PKCE verifier is made from it and the
state. So whoever plants an answer in another browser links nothing there, and whoever reads our database neither.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from greenroom.cast import facade as cast
from greenroom.channels import account_store, link_store, login_store
from greenroom.channels.account_acts import begin as begin_account
from greenroom.channels.account_moves import let_in
from greenroom.channels.contracts import Account
from greenroom.channels.errors import RetryLater
from greenroom.channels.linking_contracts import NewAuthorisation
from greenroom.channels.linking_names import is_remote, shown_as
from greenroom.channels.linking_news import changed
from greenroom.channels.platforms.mastodon.connect import (
    APP,
    TOKEN,
    App,
    Member,
    NotLetIn,
    app_of,
    authorise_address,
    exchange,
    member,
    register,
    server_in,
    token_of,
)
from greenroom.channels.platforms.service_address import service_address
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.http.steps import Steps
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7

LASTS = timedelta(minutes=10)
RETURN = "/api/v1/accounts/return"
Reason = Literal["elsewhere", "cancelled", "refused", "away", "other-account", "linked-already"]


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the value that it keeps until it is back."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought: the server's answer in the address, and its own cookie."""

    state: str
    code: str
    error: str
    browser: str
    redirect: str


async def begin(steps: Steps, form: NewAuthorisation, redirect: str) -> Departure:
    """Send a browser to the server that the form names. Raises Invalid, Unavailable, NotFound."""
    async with steps.open() as looking:
        await _client_of(looking, form.character_id)
    app = await register(steps.house, service_address(server_in(form.service)), redirect)
    ctx = await steps.last()
    client = await _client_of(ctx, form.character_id)
    return await _depart(ctx.within(client), app, redirect, character=form.character_id, established=form.established)


async def begin_again(steps: Steps, account: UUID, redirect: str) -> Departure:
    """Send a browser to the account's server, to be let in anew. Raises Conflict, Unavailable, NotFound."""
    async with steps.open() as looking:
        _, service = await _linked_there(looking, account)
    app = await register(steps.house, service, redirect)
    ctx = await steps.last()
    client, _ = await _linked_there(ctx, account)
    return await _depart(ctx.within(client), app, redirect, account=account)


async def finish(steps: Steps, returned: Returned) -> Account | Reason:
    """The account that is linked now, or why none is. A redirect is taken once, whatever comes of it."""
    async with steps.open() as taking:
        found = await _take(taking, returned)
    if found is None:
        return "elsewhere"
    taken, app = found
    if returned.error or not returned.code:
        return "cancelled" if returned.error == "access_denied" else "refused"
    verifier = _verifier(returned.browser, returned.state)
    try:
        access = await exchange(steps.house, app, returned.code, verifier=verifier, redirect=returned.redirect)
        who = await member(steps.house, app.service, access)
    except NotLetIn:
        return "refused"
    except (RetryLater, NoAnswer):
        return "away"
    if not is_remote(who.remote):
        return "refused"
    ctx = (await steps.last()).within(taken["client_id"])
    if taken["account_id"] is not None:
        return await _reconnected(ctx, taken["account_id"], app, access, who)
    return await _linked(ctx, taken, app, access, who)


async def _client_of(ctx: Context, character: UUID | None) -> UUID:
    return ctx.one_client() if character is None else (await cast.find(ctx, character)).client_id


async def _linked_there(ctx: Context, account: UUID) -> tuple[UUID, str]:
    """The account's client, and its server's address."""
    row = await account_store.account(ctx, account)
    login = await login_store.login(ctx, account)
    if row["platform"] != "mastodon" or login is None:
        raise Conflict(f"{row['name']} has no sign-in in the browser; link it, or give its app password")
    return row["client_id"], login["service"]


async def _take(ctx: Context, returned: Returned) -> tuple[Row, App] | None:
    """The departure that this is the way back of, and who we are there; both are gone here from now on."""
    state, browser = _hash(returned.state), _hash(returned.browser)
    taken = await link_store.take(ctx, ctx.person(), state, browser, ctx.clock.now())
    if taken is None:
        return None
    ctx = ctx.within(taken["client_id"])
    kept = await ctx.house.vault.open(ctx, taken["app_id"], why="An account is linked")
    await ctx.house.vault.forget(ctx, taken["app_id"])
    return taken, app_of(kept)


async def _depart(
    ctx: Context, app: App, redirect: str, *, character: UUID | None = None, account: UUID | None = None,
    established: bool = False,
) -> Departure:  # fmt: skip
    client, now, id = ctx.one_client(), ctx.clock.now(), uuid7()
    for over in await link_store.take_over(ctx, now):
        await ctx.house.vault.forget(ctx, over["app_id"])
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    kept = await ctx.house.vault.put(ctx, app.kept(), kind=APP, subject=("link", id), client=client)
    await link_store.begin(
        ctx,
        client,
        {"id": id, "user": ctx.person(), "state": _hash(state), "browser": _hash(browser), "platform": "mastodon",
         "service": app.service, "app": kept, "character": character, "account": account,
         "established": established, "now": now, "expires": now + LASTS},
    )  # fmt: skip
    challenge = _base64(hashlib.sha256(_verifier(browser, state).encode()).digest())
    return Departure(authorise_address(app, redirect, state=state, challenge=challenge), browser)


async def _linked(ctx: Context, taken: Row, app: App, access: str, who: Member) -> Account | Reason:
    client = taken["client_id"]
    if await login_store.linked_as(ctx, client, taken["platform"], who.remote) is not None:
        return "linked-already"
    account = uuid7()
    await login_store.insert_account(
        ctx,
        client,
        {"id": account, "platform": taken["platform"], "remote": who.remote, "character": taken["character_id"],
         **_shown(who)},
    )  # fmt: skip
    subject, vault = ("account", account), ctx.house.vault
    kept = await vault.put(ctx, app.kept(), kind=APP, subject=subject, client=client)
    token = await vault.put(ctx, token_of(access), kind=TOKEN, subject=subject, client=client)
    login = {"account": account, "service": app.service, "password": kept, "session": token}
    await login_store.insert_login(ctx, client, login)
    await begin_account(ctx, account, established=taken["established"])
    return await changed(ctx, account, "linked", None, reason=app.service)


async def _reconnected(ctx: Context, account: UUID, app: App, access: str, who: Member) -> Account | Reason:
    before = await account_store.account(ctx, account, lock=True)
    login = await login_store.login(ctx, account, lock=True)
    if login is None:
        return "elsewhere"
    if who.remote != before["remote_id"]:
        return "other-account"
    await ctx.house.vault.replace(ctx, login["password_id"], app.kept())
    await ctx.house.vault.replace(ctx, login["session_id"], token_of(access))
    await login_store.write_refreshed(ctx, account)
    await login_store.write_linked(ctx, account, **_shown(who))
    await let_in(ctx, account)
    return await changed(ctx, account, "reconnected", before, reason=app.service)


def _shown(who: Member) -> dict[str, str]:
    return shown_as(who.handle, address=who.url, otherwise=f"https://{who.remote.rpartition('@')[2]}")


def _verifier(browser: str, state: str) -> str:
    return _base64(hmac.digest(browser.encode(), f"verifier\0{state}".encode(), "sha256"))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _hash(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
