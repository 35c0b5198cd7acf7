"""Signing in and out: throttled, with server-side sessions that end when a person or an administrator says so."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Row, Scope, Tx
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import TooMany
from greenroom.kit.ids import uuid7
from greenroom.tenancy import session_store, store
from greenroom.tenancy.errors import WrongPassword
from greenroom.tenancy.rules import PERMISSIONS, allowed
from greenroom.tenancy.secrets import new_token, password_matches, token_hash


async def sign_in(house: House, email: str, password: str, *, address: str, agent: str) -> str:
    """Start a session and give its token.

    Raises TooMany after ten failures in a row from one address on one account (one more each 30 s), or 60 from
    one address; knocking on somebody's account from elsewhere does not lock that person out.
    """
    email = email.strip().lower()
    await _throttle(house, email, address)
    async with house.database.transaction() as tx:
        places = await session_store.candidates(tx, email)
    for place in places:
        scope = Scope(place["organisation_id"], (), f"user:{place['id']}")
        async with house.database.transaction(scope) as tx:
            row = await session_store.password_of(tx, place["id"])
        if await password_matches(row["password_hash"] if row else None, password) and _may_enter(row):
            await _forget(house, email, address)
            return await start_session(house, place["organisation_id"], place["id"], address=address, agent=agent)
    if not places:
        await password_matches(None, password)
    raise WrongPassword("Check the e-mail address and the password, then try again")


async def start_session(house: House, organisation: UUID, user: UUID, *, address: str, agent: str) -> str:
    """A fresh session for a person who has just shown who they are; gives its token, kept nowhere else."""
    token = new_token()
    async with house.database.transaction(Scope(organisation, (), f"user:{user}")) as tx:
        await session_store.add_session(
            tx,
            {
                "organisation": organisation,
                "user": user,
                "id": uuid7(),
                "hash": token_hash(token),
                "expires": house.clock.now() + house.settings.session_absolute,
                "agent": agent[:300],
                "address": address[:100],
            },
        )
    return token


async def identify(house: House, token: str) -> Identity | None:
    """The person behind a session's token, with what they may do; None when it is unknown or over."""
    now = house.clock.now()
    async with house.database.transaction() as tx:
        place = await session_store.place_of_session(tx, token_hash(token))
    if place is None:
        return None
    organisation = place["organisation_id"]
    async with house.database.transaction(Scope(organisation, (), "system:sign-in")) as tx:
        session = await session_store.live_session(tx, place["id"], now)
        if session is None or now - session["used_at"] > house.settings.session_idle:
            return None
        grants = await _grants(tx, organisation, session)
    return Identity(organisation, session["user_id"], session["id"], session["name"], session["role"], grants)


async def sign_out(house: House, identity: Identity) -> None:
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        await session_store.end_session(tx, identity.session)


async def _grants(tx: Tx, organisation: UUID, session: Row) -> dict[UUID, frozenset[str]]:
    clients = [c for c in await store.clients(tx, organisation) if c["status"] == "active"]
    if session["role"] == "super":
        return {client["id"]: frozenset(PERMISSIONS) for client in clients}
    person = await store.user(tx, organisation, session["user_id"])
    levels: dict[str, Any] = {row["client_id"]: row["level"] for row in person["access"]}
    return {
        client["id"]: allowed(session["role"], levels[str(client["id"])])
        for client in clients
        if str(client["id"]) in levels
    }


def _may_enter(row: Row | None) -> bool:
    return row is not None and row["status"] == "active"


async def _throttle(house: House, email: str, address: str) -> None:
    async with house.database.transaction() as tx:
        wait = await session_store.take_token(tx, _key("", address), capacity=60, per_second=1 / 2)
        if not wait:
            wait = await session_store.take_token(tx, _key(email, address), capacity=10, per_second=1 / 30)
    if wait > 0:
        raise TooMany(f"Too many tries; wait {round(wait) + 1} seconds", after=timedelta(seconds=wait))


async def _forget(house: House, email: str, address: str) -> None:
    async with house.database.transaction() as tx:
        await session_store.forget_throttle(tx, _key(email, address))


def _key(email: str, address: str) -> bytes:
    return hashlib.sha256(f"sign-in\0{email}\0{address}".encode()).digest()
