"""Signing in and out: throttled, with server-side sessions that end when a person or an administrator says so."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Row, Scope
from greenroom.infra.http.context import Identity
from greenroom.infra.http.network import network_of
from greenroom.kit.ids import uuid7
from greenroom.tenancy import session_store, throttle
from greenroom.tenancy.errors import WrongPassword
from greenroom.tenancy.grants import grants_from
from greenroom.tenancy.second_step import demand
from greenroom.tenancy.secrets import new_token, password_matches, token_hash
from greenroom.tenancy.sign_in_contracts import Method

_NOTED = timedelta(minutes=1)
"""How often the use of a session is written down."""


async def sign_in(house: House, email: str, password: str, *, address: str, agent: str) -> str:
    """Start a session and give its token.

    Raises SecondFactor when the password is right and an authenticator app is set. Raises TooMany after ten failures
    in a row from one address (IPv6: network) on one account (one more each 30 s), or 60 from one; knocking on
    somebody's account from elsewhere does not lock that person out.
    """
    email = email.strip().lower()
    await knock_from(house, address)
    key = ("sign-in", email, network_of(address))
    await throttle.knock(house, *key, capacity=10, every=timedelta(seconds=30))
    async with house.database.transaction() as tx:
        places = await session_store.candidates(tx, email)
    # Whoever is nowhere is looked for somewhere all the same, so that it takes as long.
    for place in places or [{"organisation_id": uuid7(), "id": uuid7()}]:
        organisation, user = place["organisation_id"], place["id"]
        async with house.database.transaction(Scope(organisation, (), f"user:{user}")) as tx:
            row = await session_store.password_of(tx, user)
        if await password_matches(row["password_hash"] if row else None, password) and may_enter(row):
            await throttle.forget(house, *key)
            await demand(house, organisation, user)
            return await start_session(house, organisation, user, address=address, agent=agent)
    raise WrongPassword("Check the e-mail address and the password, then try again")


async def knock_from(house: House, address: str) -> None:
    """Count a try from this address, whoever it is for."""
    await throttle.knock(house, "sign-in", "", network_of(address), capacity=60, every=timedelta(seconds=2))


async def start_session(
    house: House, organisation: UUID, user: UUID, *, address: str, agent: str, method: Method = "password"
) -> str:
    """A fresh session for a person who has just shown who they are; gives its token, kept nowhere else."""
    token, now = new_token(), house.clock.now()
    async with house.database.transaction(Scope(organisation, (), f"user:{user}")) as tx:
        await session_store.add_session(
            tx,
            {
                "organisation": organisation,
                "user": user,
                "id": uuid7(),
                "hash": token_hash(token),
                "now": now,
                "expires": now + house.settings.session_absolute,
                "agent": agent[:300],
                "address": address[:100],
                "method": method,
            },
        )
    return token


async def identify(house: House, token: str) -> Identity | None:
    """The person behind a session's token, with what they may do; None when it is unknown or over."""
    now = house.clock.now()
    row = await session_store.identity(house.database, token_hash(token), now)
    if row is None or now - row["used_at"] > house.settings.session_idle:
        return None
    if now - row["used_at"] > _NOTED:
        async with house.database.transaction(Scope(row["organisation_id"], (), "system:sign-in")) as tx:
            await session_store.note_use(tx, row["id"], row["user_id"], now)
    grants = grants_from(row["role"], row["clients"], row["levels"])
    return Identity(row["organisation_id"], row["user_id"], row["id"], row["name"], row["role"], grants)


async def sign_out(house: House, identity: Identity) -> None:
    if identity.session is None:
        return
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        await session_store.end_session(tx, identity.session)


async def leave(house: House, token: str | None) -> None:
    """End the session that a browser still held when it signed in anew."""
    identity = await identify(house, token) if token else None
    if identity is not None:
        await sign_out(house, identity)


def may_enter(row: Row | None) -> bool:
    return row is not None and row["status"] == "active"
