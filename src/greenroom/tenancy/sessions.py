"""A person's own sessions: seen, ended, renewed; and the password that a change of the sign-in asks for again."""

from datetime import timedelta
from uuid import UUID

from greenroom.infra.context import Actor, Context, House, Origin
from greenroom.infra.database import Scope, Tx
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Forbidden, Invalid, NotFound, SignedOut
from greenroom.kit.ids import uuid7
from greenroom.tenancy import second_factor, second_factor_store, second_step, session_store, store, throttle
from greenroom.tenancy.errors import ConfirmFirst, WrongCode
from greenroom.tenancy.rules import check_password
from greenroom.tenancy.secrets import hash_password, new_token, password_matches, token_hash
from greenroom.tenancy.sign_in_contracts import Confirmation, OpenSession, PasswordChange

CONFIRMED = timedelta(minutes=10)
"""How long after showing who they are a person may change how they sign in."""


async def list_sessions(ctx: Context, identity: Identity) -> list[OpenSession]:
    """Where the person is signed in, the session used last first."""
    now = ctx.clock.now()
    rows = await session_store.sessions_of(ctx.db, identity.user, now, now - ctx.house.settings.session_idle)
    return [OpenSession(**row, current=row["id"] == identity.session) for row in rows]


async def end_session(ctx: Context, identity: Identity, session_id: UUID) -> None:
    if not await session_store.end_session_of(ctx.db, identity.user, session_id):
        raise NotFound("You have no such session; it may have ended by itself")
    await second_factor.tell(ctx, "session_ended")


async def end_others(ctx: Context, identity: Identity) -> None:
    if await session_store.end_other_sessions(ctx.db, identity.user, _own(identity)):
        await second_factor.tell(ctx, "other_sessions_ended")


async def require_confirmed(ctx: Context, identity: Identity) -> None:
    """Raises ConfirmFirst unless the person has shown within ten minutes who they are."""
    at = await session_store.confirmed_at(ctx.db, _own(identity))
    if at is None or ctx.clock.now() - at > CONFIRMED:
        raise ConfirmFirst("Enter your password again, then repeat this")


async def confirm(house: House, identity: Identity, form: Confirmation, *, address: str) -> str:
    """Note that the person has shown again who they are; gives the session's new token, the old one is over."""
    await _check(house, identity, form.password, address=address, field="password")
    async with house.database.transaction(_scope(identity)) as tx:
        asked = await second_factor_store.is_asked_for(tx, identity.user)
    if asked:
        if form.code is None:
            raise wrong("code", "Enter the code that your authenticator app shows too")
        try:
            await second_step.check(house, identity.organisation, identity.user, form.code, address=address)
        except WrongCode as error:
            raise wrong("code", error.detail) from None
    async with house.database.transaction(_scope(identity)) as tx:
        return await renew(tx, house, identity)


async def change_password(house: House, identity: Identity, form: PasswordChange, *, address: str) -> str:
    """Set another password and end all other sessions; gives this session's new token."""
    email = await _check(house, identity, form.present, address=address, field="present")
    check_password(form.password, email=email)
    password_hash = await hash_password(form.password)
    async with house.database.transaction(_scope(identity)) as tx:
        await store.set_password(tx, identity.organisation, identity.user, password_hash)
        await session_store.drop_links(tx, "password", identity.user)
        await session_store.end_other_sessions(tx, identity.user, _own(identity))
        actor = Actor("user", identity.user, identity.name)
        ctx = Context(identity.organisation, (), None, actor, tx, house.clock, house, origin=Origin(address))
        await second_factor.tell(ctx, "password_changed")
        return await renew(tx, house, identity)


async def _check(house: House, identity: Identity, password: str, *, address: str, field: str) -> str:
    """The person's e-mail address; Invalid, naming `field`, when this is not the password."""
    key = ("confirm", str(identity.user), address)
    await throttle.knock(house, *key, capacity=10, every=timedelta(seconds=30))
    async with house.database.transaction(_scope(identity)) as tx:
        row = await session_store.password_of(tx, identity.user)
    if row is None or not await password_matches(row["password_hash"], password):
        raise wrong(field, "This is not your present password")
    await throttle.forget(house, *key)
    return str(row["email"])


async def renew(tx: Tx, house: House, identity: Identity) -> str:
    """Give the session another id and token, and note that the person has just shown who they are."""
    token = new_token()
    row = {"id": uuid7(), "hash": token_hash(token), "now": house.clock.now()}
    if not await session_store.renew_session(tx, _own(identity), row):
        raise SignedOut("Your session ended meanwhile; sign in again")
    return token


def _own(identity: Identity) -> UUID:
    if identity.session is None:
        raise Forbidden("A token has no session; sign in with a browser")
    return identity.session


def _scope(identity: Identity) -> Scope:
    return Scope(identity.organisation, (), f"user:{identity.user}")


def wrong(field: str, sentence: str) -> Invalid:
    """The refusal of one field of a form."""
    return Invalid(sentence, fields={field: sentence})
