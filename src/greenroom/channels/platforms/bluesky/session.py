"""Being signed in: one session an account, kept in the vault, renewed by one at a time and never thrown away."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from greenroom.channels import account_store, login_state, login_store
from greenroom.channels.errors import NeedsPerson, Queued, Reconnect, RetryLater
from greenroom.channels.platforms.adapter import Desk
from greenroom.channels.platforms.bluesky.limits import LIMITS
from greenroom.channels.platforms.bluesky.xrpc import Refused, ask, problem
from greenroom.channels.rate import take_turn
from greenroom.infra.context import Context, House
from greenroom.infra.database import Row
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Problem

PASSWORD, SESSION = "bluesky.password", "bluesky.session"
"""Kinds of what lies in the vault."""

_RENEWED_WITHIN = timedelta(seconds=25)
"""How long a renewal may hold the login, and a connection, while the account's server answers."""
_AGAIN = "Bluesky does not accept the app password of {name} any more; make a new one there and reconnect the account"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in where. `version` is the kept session's, so that of two who renew it one is told so."""

    service: str
    did: str
    handle: str
    access: str
    refresh: str
    version: int = 0

    def kept(self) -> Secret:
        return Secret(json.dumps({name: getattr(self, name) for name in ("did", "handle", "access", "refresh")}))


async def sign_in(house: House, service: str, who: str, password: Secret) -> Session:
    """A new session. Raises Refused (401: the password is wrong), RetryLater, NoAnswer."""
    said = await ask(
        house, service, "com.atproto.server.createSession", form={"identifier": who, "password": password.text()}
    )
    return _session(service, said)


async def present(desk: Desk) -> Session:
    """The account's session as it is kept; it may have expired. Raises Reconnect when the account has none."""
    async with desk.open() as ctx:
        return await _kept(ctx, desk)


async def renewed(desk: Desk, used: Session) -> Session:
    """A fresh session after `used` was refused; the one that somebody else has made meanwhile, if so.

    The account is not touched while its login is locked: whoever needs both locks the account first.

    Raises Reconnect when neither the session nor the app password opens it, and notes that on the account; what
    else goes wrong (RetryLater, NeedsPerson) says nothing about the account and leaves the session as it is.
    """
    async with desk.open() as ctx:
        kept, house = await _kept(ctx, desk), ctx.house
    if kept.version != used.version:
        return kept
    try:
        # Held during the call, on purpose: the others that find the session expired wait for it.
        async with house.database.patient(_RENEWED_WITHIN):
            failed = await _renewed(desk, used)
    except TimeoutError as error:
        sentence = f"{used.service} took too long to renew the session; it is asked again"
        raise RetryLater(sentence, after=timedelta(seconds=30)) from error
    if failed is not None:
        if not isinstance(failed, Queued):
            await note_refusal(desk, used, failed)
        raise failed
    await works(desk)
    return await present(desk)


async def note_refusal(desk: Desk, used: Session, why: Problem) -> None:
    """Note on the account why `used` does not open it, unless it was reconnected since."""
    async with desk.open() as ctx:
        await account_store.account(ctx, desk.account.id, lock=True)
        row = await login_store.login(ctx, desk.account.id)
        if row is not None and (await _open(ctx, row)).version == used.version:
            await login_state.note(ctx, desk.account, why)


async def works(desk: Desk) -> None:
    async with desk.open() as ctx:
        await login_state.works(ctx, desk.account)


async def _renewed(desk: Desk, used: Session) -> Problem | None:
    """Put a fresh session in the place of `used`; what went wrong, if so. None also when somebody else has done it."""
    async with desk.open() as ctx:
        row = await login_store.login(ctx, desk.account.id, lock=True)
        if row is None:
            raise Reconnect(f"{desk.account.name} is not connected; link it again")
        kept = await _open(ctx, row)
        if kept.version != used.version:
            return None
        try:
            fresh = await _renew(ctx, desk, row, kept)
            await ctx.house.vault.replace(ctx, row["session_id"], fresh.kept(), version=kept.version)
            await login_store.write_refreshed(ctx, desk.account.id)
        except (NeedsPerson, RetryLater) as error:
            return error
        except (NoAnswer, AddressRefused) as error:
            # What the session was wanted for has certainly not been asked yet.
            return RetryLater(error.detail, after=timedelta(seconds=30))
    return None


async def _renew(ctx: Context, desk: Desk, row: Row, kept: Session) -> Session:
    try:
        said = await ask(ctx.house, kept.service, "com.atproto.server.refreshSession", token=kept.refresh)
        return _session(kept.service, said, did=kept.did)
    except Refused as refused:
        if not refused.stale:
            raise problem(refused, ctx.clock.now().timestamp()) from refused
    # The session is over for good (or an answer with its successor was lost); the app password begins a new one.
    await take_turn(ctx, desk.account.client_id, desk.account.id, LIMITS, "sign_in")
    password = await ctx.house.vault.open(ctx, row["password_id"], why="The session on Bluesky is over")
    try:
        return await sign_in(ctx.house, kept.service, kept.did, password)
    except Refused as refused:
        if refused.status == 401:
            raise Reconnect(_AGAIN.format(name=desk.account.name)) from refused
        raise problem(refused, ctx.clock.now().timestamp()) from refused


async def _kept(ctx: Context, desk: Desk) -> Session:
    row = await login_store.login(ctx, desk.account.id)
    if row is None:
        raise Reconnect(f"{desk.account.name} is not connected; link it again")
    return await _open(ctx, row)


async def _open(ctx: Context, row: Row) -> Session:
    secret = await ctx.house.vault.open(ctx, row["session_id"], why="Speak with Bluesky")
    described = await ctx.house.vault.describe(ctx, row["session_id"])
    return Session(service=row["service"], version=described.version, **json.loads(secret.reveal()))


def _session(service: str, said: Mapping[str, Any], *, did: str | None = None) -> Session:
    """The session in an answer. One without both tokens, or of another account, never replaces a kept one."""
    wanted = ("did", "handle", "accessJwt", "refreshJwt")
    given = [said.get(name) for name in wanted]
    if not all(isinstance(one, str) and one for one in given) or (did is not None and said["did"] != did):
        raise NoAnswer(f"{service} answered without a session of this account; try again later")
    return Session(service, said["did"], said["handle"], said["accessJwt"], said["refreshJwt"])
