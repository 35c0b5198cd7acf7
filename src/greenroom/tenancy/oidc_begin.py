"""To the provider and, with `oidc_return`, back: state, nonce and PKCE of one browser for ten minutes.

The browser's cookie holds a random value that we keep as a hash only; nonce and PKCE verifier are made from it and the
state. So whoever reads our database can complete nobody's sign-in, and whoever plants an answer in another browser
neither (login CSRF).
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.database import Row, Scope
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Conflict, Forbidden, NotFound, Unavailable
from greenroom.kit.ids import uuid7
from greenroom.tenancy import oidc_store, second_factor_store, second_step
from greenroom.tenancy.errors import WrongCode
from greenroom.tenancy.oidc_contracts import LeaveToConfirm
from greenroom.tenancy.oidc_discovery import discover
from greenroom.tenancy.oidc_reasons import SignOnFailed, sentence
from greenroom.tenancy.secrets import new_token, token_hash
from greenroom.tenancy.sessions import wrong
from greenroom.tenancy.sign_in import knock_from

LASTS = timedelta(minutes=10)
RETURN = "/api/v1/session/oidc/return"
_NONE = "There is no such identity provider, or it is switched off; sign in another way"


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the value that it keeps until it is back."""

    address: str
    browser: str


def redirect_address(public_url: str | None, request_url: str) -> str:
    """The address to be registered at the provider: the settings' public one, else the one that was asked."""
    parts = urlsplit(public_url or request_url)
    return f"{parts.scheme}://{parts.netloc}{RETURN}"


async def begin(house: House, provider_id: UUID, target: str, *, redirect: str, address: str) -> Departure:
    """Send a browser to the provider. Raises NotFound, Unavailable."""
    await knock_from(house, address)
    return await _depart(house, await enabled_provider(house, provider_id), target, redirect)


async def begin_confirmation(
    house: House, identity: Identity, provider_id: UUID, form: LeaveToConfirm, *, redirect: str, address: str
) -> Departure:
    """Send a signed-in person to their provider to show again who they are. Raises NotFound, Invalid, Forbidden."""
    if identity.session is None:
        raise Forbidden("A token has no session; sign in with a browser")
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        known = {row["id"] for row in await oidc_store.providers_of(tx, identity.user)}
        asked = await second_factor_store.is_asked_for(tx, identity.user)
    if provider_id not in known:
        raise NotFound("You aren't tied to such an identity provider; enter your password")
    provider = await enabled_provider(house, provider_id)
    if asked and not provider["trusts_second_factor"]:
        if form.code is None:
            raise wrong("code", "Enter the code that your authenticator app shows too")
        try:
            await second_step.check(house, identity.organisation, identity.user, form.code, address=address)
        except WrongCode as error:
            raise wrong("code", error.detail) from None
    return await _depart(house, provider, form.to, redirect, session=identity.session)


async def begin_tie(house: House, identity: Identity, provider_id: UUID, target: str, *, redirect: str) -> Departure:
    """Send a signed-in person to say which account there is theirs. Raises NotFound, Conflict."""
    async with house.database.transaction(Scope(identity.organisation, (), f"user:{identity.user}")) as tx:
        if await oidc_store.link_of(tx, provider_id, identity.user):
            raise Conflict("You are tied to this provider already; ask a super user to untie you first")
    provider = await provider_at(house, identity.organisation, provider_id)
    return await _depart(house, provider, target, redirect, session=identity.session, ties=True)


async def _depart(
    house: House, provider: Row, target: str, redirect: str, *, session: UUID | None = None, ties: bool = False
) -> Departure:
    try:
        found = await discover(house, provider["issuer"])
    except SignOnFailed as error:
        raise Unavailable(sentence(error.reason) or error.detail) from error
    state, browser, now = new_token(), new_token(), house.clock.now()
    organisation = provider["organisation_id"]
    async with house.database.transaction(Scope(organisation, (), "system:sign-in")) as tx:
        await oidc_store.begin(
            tx,
            {"organisation": organisation, "provider": provider["id"], "id": uuid7(), "state": token_hash(state),
             "browser": token_hash(browser), "issuer": found.issuer, "session": session, "ties": ties,
             "target": target, "now": now, "expires": now + LASTS},
        )  # fmt: skip
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier_of(browser, state).encode()).digest())
    asked = {
        "response_type": "code",
        "scope": "openid email profile",
        "client_id": provider["oauth_client_id"],
        "redirect_uri": redirect,
        "state": state,
        "nonce": nonce_of(browser, state),
        "code_challenge": challenge.rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if session is not None and not ties:
        asked |= {"prompt": "login", "max_age": "0"}
    return Departure(f"{found.authorization}{'&' if '?' in found.authorization else '?'}{urlencode(asked)}", browser)


def nonce_of(browser: str, state: str) -> str:
    return _made_of(browser, state, "nonce")


def verifier_of(browser: str, state: str) -> str:
    return _made_of(browser, state, "verifier")


def _made_of(browser: str, state: str, what: str) -> str:
    digest = hmac.digest(browser.encode(), f"{what}\0{state}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def enabled_provider(house: House, provider_id: UUID) -> Row:
    """The provider, whosesoever it is; NotFound when there is none or it is switched off."""
    async with house.database.transaction() as tx:
        place = await oidc_store.place_of_provider(tx, provider_id)
    if place is None:
        raise NotFound(_NONE)
    return await provider_at(house, place["organisation_id"], provider_id)


async def provider_at(house: House, organisation: UUID, provider_id: UUID) -> Row:
    """The provider with its organisation; NotFound when it is gone or switched off."""
    async with house.database.transaction(Scope(organisation, (), "system:sign-in")) as tx:
        row = await oidc_store.provider(tx, organisation, provider_id)
    if not row["enabled"]:
        raise NotFound(_NONE)
    return {**row, "organisation_id": organisation}
