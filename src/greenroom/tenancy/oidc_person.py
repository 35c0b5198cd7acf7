"""Who somebody from a provider is here: by issuer and subject, else once by an address that it vouches for."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.ids import uuid7
from greenroom.tenancy import oidc_store, session_store, store
from greenroom.tenancy.contracts import Email, Name
from greenroom.tenancy.oidc_reasons import SignOnFailed
from greenroom.tenancy.oidc_token import Claims

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_MAY_COME = ("active", "invited")
_TIE_THEMSELVES = ("super", "admin")


async def person_of(ctx: Context, provider: Row, claims: Claims) -> UUID:
    """The person, tied to the provider from their first time on. Raises SignOnFailed when nobody may enter so."""
    user = await oidc_store.user_of(ctx.db, provider["issuer"], claims.subject)
    if user is None:
        email = _verified_address(claims)
        provider = await _held(ctx, provider)
        user = await oidc_store.user_of(ctx.db, provider["issuer"], claims.subject)
        if user is None:
            user = await _by_address(ctx, provider, email, claims)
            await _tie(ctx, provider, user, claims.subject)
    if (await store.user(ctx.db, ctx.organisation, user))["status"] not in _MAY_COME:
        raise SignOnFailed("disabled-person", "the person is disabled")
    return user


async def tie(ctx: Context, provider: Row, subject: str) -> None:
    """Tie the acting person, who is signed in and has shown who they are. Raises SignOnFailed."""
    provider, user = await _held(ctx, provider), ctx.person()
    known = await oidc_store.user_of(ctx.db, provider["issuer"], subject)
    if known == user:
        return
    if known is not None or await oidc_store.link_of(ctx.db, provider["id"], user):
        raise SignOnFailed("not-yours", "the subject, or the person, is tied to another one")
    await _tie(ctx, provider, user, subject)


async def _held(ctx: Context, provider: Row) -> Row:
    """The provider as it is now, held: of two who come for the first time at once, one finds the other's tie."""
    now = await oidc_store.provider(ctx.db, ctx.organisation, provider["id"], lock=True)
    if now["issuer"] != provider["issuer"]:
        raise SignOnFailed("elsewhere", "the provider was changed meanwhile")
    return now


async def _by_address(ctx: Context, provider: Row, email: str, claims: Claims) -> UUID:
    user = await store.user_with_email(ctx, email)
    if user is None:
        return await _welcome(ctx, provider, email, claims)
    person = await store.user(ctx.db, ctx.organisation, user)
    if person["status"] not in _MAY_COME:
        raise SignOnFailed("disabled-person", "the person is disabled")
    if await oidc_store.link_of(ctx.db, provider["id"], user):
        raise SignOnFailed("other-person", "the address is tied to another subject of this issuer")
    _check_vouched(provider, email, person["role"])
    if person["status"] == "invited":
        # The invitation is used up: whoever holds its link could choose a password for this person.
        await oidc_store.activate(ctx.db, ctx.organisation, user)
        await session_store.drop_links(ctx.db, "password", user)
    return user


def _check_vouched(provider: Row, email: str, role: str) -> None:
    """An address alone opens somebody's account only where a super user trusts the provider with its domain."""
    if email.rpartition("@")[2] not in {*provider["tie_domains"], *provider["new_domains"]}:
        raise SignOnFailed("tie-first", "the provider is not trusted with addresses of this domain")
    if role in _TIE_THEMSELVES:
        raise SignOnFailed("tie-first", f"the person is {role}, whom no address alone ties")


async def _welcome(ctx: Context, provider: Row, email: str, claims: Claims) -> UUID:
    """Make the new person that the provider's settings let in."""
    if provider["new_role"] is None or email.rpartition("@")[2] not in provider["new_domains"]:
        raise SignOnFailed("unknown-person", "nobody here has this address")
    user = uuid7()
    person: dict[str, Any] = {
        "id": user, "email": email, "name": _name(claims, email), "role": provider["new_role"],
        "status": "active", "zone": "UTC",
    }  # fmt: skip
    await oidc_store.add_person(ctx.db, ctx.organisation, person)
    await store.set_access(ctx.db, ctx.organisation, user, provider["access"])
    await events.emit(
        ctx, "tenancy.user.invited", subject=("user", user), message="Somebody came in by single sign-on", whole=True
    )
    await audit.record(
        ctx, "user.let_in", ("user", user), after={**person, "access": provider["access"]},
        personal=("name", "email"), person=user,
    )  # fmt: skip
    return user


async def _tie(ctx: Context, provider: Row, user: UUID, subject: str) -> None:
    link = {"provider": provider["id"], "issuer": provider["issuer"], "subject": subject}
    await oidc_store.add_link(ctx.db, {"organisation": ctx.organisation, "user": user, **link})
    await audit.record(ctx, "sign_in.provider_tied", ("user", user), after=link, personal=("subject",), person=user)


def _verified_address(claims: Claims) -> str:
    """The address, if the provider says that it is this person's: then only may it lead to somebody here."""
    if claims.rest.get("email_verified") is not True:
        raise SignOnFailed("address-unverified", "email_verified is not true")
    try:
        return _EMAIL.validate_python(claims.rest.get("email"), strict=True)
    except ValidationError:
        raise SignOnFailed("address-unverified", "the e-mail claim is no address") from None


def _name(claims: Claims, email: str) -> str:
    try:
        return _NAME.validate_python(claims.rest.get("name"), strict=True)
    except ValidationError:
        return email.partition("@")[0][:200]
