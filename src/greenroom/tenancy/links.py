"""Links that work once: the first administrator's, an invitation, a new password."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import Actor, Context, House, Origin
from greenroom.infra.database import Scope, Tx
from greenroom.kit.errors import Conflict, NotFound
from greenroom.kit.ids import uuid7
from greenroom.tenancy import second_factor, session_store, store
from greenroom.tenancy.contracts import FirstRun, NewPassword, OnceLink
from greenroom.tenancy.errors import LinkOver
from greenroom.tenancy.rules import check_password
from greenroom.tenancy.secrets import hash_password, new_token, token_hash

FIRST_RUN = timedelta(days=7)
PASSWORD = timedelta(days=3)
_OVER = "This link was used already or is too old; ask an administrator for a new one"
_FIRST_OVER = "This link is over; run `greenroom user link` on the server for a new one"


async def first_run_link(house: House) -> str | None:
    """A fresh path for making the first administrator, or None when there is one. Earlier links stop working."""
    async with house.database.transaction() as tx:
        if await session_store.administrator_exists(tx):
            return None
        await session_store.drop_links(tx, "first_run", None)
        return f"/welcome/{await _add(tx, house, 'first_run', None, None, FIRST_RUN)}"


async def password_link(tx: Tx, house: House, organisation: UUID, user: UUID) -> str:
    """A fresh path with which this person chooses a password. Earlier ones stop working."""
    await session_store.drop_links(tx, "password", user)
    return f"/password/{await _add(tx, house, 'password', organisation, user, PASSWORD)}"


async def look_at_link(house: House, token: str) -> OnceLink:
    """What the link is for, and why it no longer works if so."""
    async with house.database.transaction() as tx:
        place = await session_store.place_of_link(tx, token_hash(token))
    if place is None:
        return OnceLink(purpose=None, email=None, valid=False, reason=_OVER)
    async with house.database.transaction(_scope(place["organisation_id"])) as tx:
        row = await session_store.link(tx, place["id"])
    over = row["used_at"] is not None or row["expires_at"] <= house.clock.now()
    return OnceLink(
        purpose=row["purpose"],
        email=row["email"],
        valid=not over,
        reason=_why(row["purpose"]) if over else None,
    )


async def first_run(house: House, form: FirstRun) -> tuple[UUID, UUID]:
    """Make the organisation, its first client and its first administrator; gives organisation and user.

    Raises Conflict when an administrator exists, LinkOver when the link was used or is too old.
    """
    check_password(form.password, email=form.email)
    await _check_first_run(house, form.token)  # before the costly hash: anybody may knock here
    password_hash = await hash_password(form.password)
    organisation, user, client = uuid7(), uuid7(), uuid7()
    async with house.database.transaction(Scope(organisation, (client,), "system:first-run")) as tx:
        await _use(tx, house, form.token, "first_run")
        if await session_store.administrator_exists(tx):
            raise Conflict("There is an administrator already; sign in")
        await store.add_organisation(
            tx, {"id": organisation, "name": form.organisation, "zone": form.zone, "demo": False}
        )
        await store.add_client(
            tx, organisation, {"id": client, "name": form.client, "colour": "#3f6b4f", "zone": form.zone}
        )
        await store.add_user(
            tx,
            organisation,
            {"id": user, "email": form.email, "name": form.name, "role": "super", "status": "active",
             "zone": form.zone, "password_hash": password_hash},
        )  # fmt: skip
    return organisation, user


async def choose_password(house: House, form: NewPassword, *, address: str) -> tuple[UUID, UUID]:
    """Set the password of the link's person and end their other sessions; gives organisation and user."""
    async with house.database.transaction() as tx:
        place = await session_store.place_of_link(tx, token_hash(form.token))
    if place is None or place["organisation_id"] is None:
        raise LinkOver(_OVER)
    organisation = place["organisation_id"]
    async with house.database.transaction(_scope(organisation)) as tx:
        row = await session_store.link(tx, place["id"])
    check_password(form.password, email=row["email"])
    password_hash = await hash_password(form.password)
    async with house.database.transaction(_scope(organisation)) as tx:
        await _use(tx, house, form.token, "password")
        await store.set_password(tx, organisation, row["user_id"], password_hash)
        await session_store.end_sessions_of(tx, row["user_id"])
        actor = Actor("user", row["user_id"], row["email"])
        ctx = Context(organisation, (), None, actor, tx, house.clock, house, origin=Origin(address))
        await second_factor.tell(ctx, "password_chosen")
    return organisation, row["user_id"]


async def _check_first_run(house: House, token: str) -> None:
    async with house.database.transaction() as tx:
        if await session_store.administrator_exists(tx):
            raise Conflict("There is an administrator already; sign in")
    link = await look_at_link(house, token)
    if link.purpose != "first_run" or not link.valid:
        raise LinkOver(_FIRST_OVER)


async def _add(
    tx: Tx, house: House, purpose: str, organisation: UUID | None, user: UUID | None, lasts: timedelta
) -> str:
    token = new_token()
    await session_store.add_link(
        tx,
        {"organisation": organisation, "user": user, "id": uuid7(), "purpose": purpose,
         "hash": token_hash(token), "expires": house.clock.now() + lasts},
    )  # fmt: skip
    return token


async def _use(tx: Tx, house: House, token: str, purpose: str) -> None:
    place = await session_store.place_of_link(tx, token_hash(token))
    if place is None:
        raise LinkOver(_why(purpose))
    row = await session_store.link(tx, place["id"])
    if row["purpose"] != purpose:
        raise NotFound("This link is for something else")
    if not await session_store.use_link(tx, place["id"], house.clock.now()):
        raise LinkOver(_why(purpose))


def _why(purpose: str) -> str:
    return _FIRST_OVER if purpose == "first_run" else _OVER


def _scope(organisation: UUID | None) -> Scope | None:
    return Scope(organisation, (), "system:link") if organisation else None
