"""Back from the provider: the redirect is taken, the code exchanged, the person found, a session begun or confirmed."""

import logging
from dataclasses import dataclass
from uuid import UUID

from greenroom.infra.context import Actor, Context, House, Origin
from greenroom.infra.database import Row, Scope, Tx
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Problem
from greenroom.tenancy import oidc_store, second_step, sessions
from greenroom.tenancy.errors import SecondFactor
from greenroom.tenancy.oidc_begin import nonce_of, provider_at, verifier_of
from greenroom.tenancy.oidc_discovery import Discovered, discover
from greenroom.tenancy.oidc_exchange import Answered, Registered, exchange
from greenroom.tenancy.oidc_person import person_of, tie
from greenroom.tenancy.oidc_reasons import Reason, SignOnFailed
from greenroom.tenancy.oidc_token import LEEWAY, Claims
from greenroom.tenancy.secrets import token_hash
from greenroom.tenancy.sign_in import identify, knock_from, start_session

log = logging.getLogger(__name__)

_NOBODY = Actor("system", None, "sign-in")


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought: the provider's answer from the address, and its own cookies."""

    state: str
    code: str
    error: str
    issuer: str
    browser: str
    session: str | None
    redirect: str
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the person goes now: in with a session's token, to the second step, or back to the door and why."""

    target: str = "/"
    token: str | None = None
    challenge: str | None = None
    reason: Reason | None = None


async def finish(house: House, returned: Returned) -> Arrival:
    """End the sign-in that the state began. A redirect is taken once, whatever comes of it; TooMany passes through."""
    await knock_from(house, returned.address)
    taken = await _take(house, returned)
    if taken is None:
        return Arrival(reason="elsewhere")
    target = taken["target"]
    try:
        return Arrival(target, token=await _enter(house, taken, returned))
    except SecondFactor as error:
        return Arrival(target, challenge=error.extra["challenge"])
    except SignOnFailed as error:
        log.warning("single sign-on with %s failed (%s): %s", taken["issuer"], error.reason, error.detail)
        return Arrival(target, reason=error.reason)
    except Problem as error:
        log.warning("single sign-on with %s failed: %s", taken["issuer"], error.detail)
        return Arrival(target, reason="provider-refused")


async def _take(house: House, returned: Returned) -> Row | None:
    """The redirect, when this browser began it and nobody came back with it before."""
    if not returned.state or not returned.browser:
        return None
    async with house.database.transaction() as tx:
        place = await oidc_store.place_of_redirect(tx, token_hash(returned.state))
    if place is None:
        return None
    async with house.database.transaction(_scope(place["organisation_id"])) as tx:
        return await oidc_store.take_redirect(tx, place["id"], token_hash(returned.browser), house.clock.now())


async def _enter(house: House, taken: Row, returned: Returned) -> str | None:
    """The token of the session that the person now has; None when they keep the one that they have."""
    organisation: UUID = taken["organisation_id"]
    provider = await provider_at(house, organisation, taken["provider_id"])
    if provider["issuer"] != taken["issuer"]:
        raise SignOnFailed("elsewhere", "the provider was changed meanwhile")
    found = await discover(house, taken["issuer"])
    _check_answer(found, returned)
    async with house.database.transaction(_scope(organisation)) as tx:
        ctx = _context(house, organisation, tx, returned)
        secret = provider["secret_id"] and await house.vault.open(ctx, provider["secret_id"], why="somebody signs in")
    us = Registered(provider["oauth_client_id"], secret, returned.redirect)
    nonce, verifier = nonce_of(returned.browser, returned.state), verifier_of(returned.browser, returned.state)
    claims = await exchange(house, found, us, Answered(returned.code, verifier, nonce))
    if taken["ties"]:
        await _tie(house, taken, returned, provider, claims)
        return None
    if taken["session_id"] is not None:
        return await _confirm(house, taken, returned, claims)
    async with house.database.transaction(_scope(organisation)) as tx:
        user = await person_of(_context(house, organisation, tx, returned), provider, claims)
    if not provider["trusts_second_factor"]:
        await second_step.demand(house, organisation, user, method="single_sign_on")
    return await start_session(
        house, organisation, user, address=returned.address, agent=returned.agent, method="single_sign_on"
    )


def _check_answer(found: Discovered, returned: Returned) -> None:
    """What the address says beside the code. Another issuer's answer is a mix-up (RFC 9207), whatever else it says."""
    if (returned.issuer or found.names_issuer) and returned.issuer != found.issuer:
        raise SignOnFailed("provider-answer", "the answer is another issuer's (iss)")
    if returned.error:
        cancelled = returned.error in ("access_denied", "login_required", "interaction_required", "consent_required")
        raise SignOnFailed("cancelled" if cancelled else "provider-refused", f"the provider said {returned.error!r}")
    if not returned.code:
        raise SignOnFailed("provider-answer", "the answer has no code")


async def _confirm(house: House, taken: Row, returned: Returned, claims: Claims) -> str:
    """The session's new token, when the same person has just shown again who they are."""
    async with house.database.transaction(_scope(taken["organisation_id"])) as tx:
        user = await oidc_store.user_of(tx, taken["issuer"], claims.subject)
    identity = await _same_session(house, taken, returned)
    if identity is None or identity.user != user:
        raise SignOnFailed("not-again", "somebody else answered, or the session is over")
    # A provider that ignores max_age says so by an auth_time of before; one that says none is not believed.
    if claims.auth_time is None or claims.auth_time < taken["created_at"] - LEEWAY:
        raise SignOnFailed("not-again", "the provider did not ask again (auth_time)")
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        return await sessions.renew(tx, house, identity)


async def _tie(house: House, taken: Row, returned: Returned, provider: Row, claims: Claims) -> None:
    identity = await _same_session(house, taken, returned)
    if identity is None:
        raise SignOnFailed("elsewhere", "the session that began this is over, or another one is here")
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        actor = Actor("user", identity.user, identity.name)
        await tie(_context(house, identity.organisation, tx, returned, actor), provider, claims.subject)


async def _same_session(house: House, taken: Row, returned: Returned) -> Identity | None:
    """Who holds the session that the redirect was begun with, when that is the browser's."""
    identity = await identify(house, returned.session) if returned.session else None
    return identity if identity is not None and identity.session == taken["session_id"] else None


def _context(house: House, organisation: UUID, tx: Tx, returned: Returned, actor: Actor = _NOBODY) -> Context:
    return Context(organisation, (), None, actor, tx, house.clock, house, origin=Origin(returned.address))


def _scope(organisation: UUID) -> Scope:
    return Scope(organisation, (), "system:sign-in")
