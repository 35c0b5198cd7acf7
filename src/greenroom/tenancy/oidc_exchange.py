"""A code at the provider's token endpoint for who it is: client authentication, PKCE, ID token, and the e-mail."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from greenroom.infra.context import House
from greenroom.infra.fetch.call import Answer, call
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Unavailable
from greenroom.tenancy.oidc_discovery import LIMIT, WITHIN, Discovered, keys, read_object
from greenroom.tenancy.oidc_reasons import SignOnFailed
from greenroom.tenancy.oidc_token import Claims, Expected, NotTrusted, UnknownKey, verified


@dataclass(frozen=True, slots=True)
class Registered:
    """Who we are at the provider."""

    oauth_client_id: str
    secret: Secret | None
    redirect: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back with the browser, and what only that browser could have kept."""

    code: str
    verifier: str
    nonce: str


async def exchange(house: House, found: Discovered, us: Registered, answered: Answered) -> Claims:
    """Who it is, with the e-mail claims. Raises SignOnFailed when the provider refuses or can't be trusted."""
    tokens = await _tokens(house, found, us, answered)
    token, access = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(token, str) or not isinstance(access, str):
        raise SignOnFailed("provider-answer", "the token endpoint gave no ID token")
    expected = Expected(found.issuer, us.oauth_client_id, answered.nonce, house.clock.now(), access)
    try:
        claims = await _verified(house, found, token, expected)
    except NotTrusted as error:
        raise SignOnFailed("provider-answer", f"the ID token: {error}") from error
    if "email" not in claims.rest and found.userinfo:
        claims.rest.update(await _userinfo(house, found.userinfo, access, claims.subject))
    return claims


async def _verified(house: House, found: Discovered, token: str, expected: Expected) -> Claims:
    try:
        return verified(token, await keys(house, found), expected)
    except UnknownKey:
        return verified(token, await keys(house, found, fresh=True), expected)


async def _tokens(house: House, found: Discovered, us: Registered, answered: Answered) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": answered.code,
        "redirect_uri": us.redirect,
        "code_verifier": answered.verifier,
    }
    headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")]
    if us.secret is None or ("client_secret_post" in found.auth_methods and not _basic(found)):
        form["client_id"] = us.oauth_client_id
        if us.secret is not None:
            form["client_secret"] = us.secret.text()
    else:
        pair = f"{quote(us.oauth_client_id, safe='')}:{quote(us.secret.text(), safe='')}"
        headers.append(("authorization", f"Basic {b64encode(pair.encode()).decode()}"))
    answer = await _ask(house, "POST", found.token, headers, urlencode(form).encode())
    if answer.status != 200:
        raise SignOnFailed("provider-refused", f"the token endpoint answered {answer.status}: {_error(answer)}")
    return read_object(answer.content, "the token endpoint's answer")


async def _userinfo(house: House, address: str, access: str, subject: str) -> dict[str, Any]:
    """Claims that the ID token left out, if they are about the same person (Core 5.3.2)."""
    answer = await _ask(house, "GET", address, [("authorization", f"Bearer {access}"), ("accept", "application/json")])
    if answer.status != 200:
        raise SignOnFailed("provider-refused", f"the userinfo endpoint answered {answer.status}")
    info = read_object(answer.content, "the userinfo endpoint's answer")
    if info.get("sub") != subject:
        raise SignOnFailed("provider-answer", "the userinfo endpoint tells of somebody else (sub)")
    return {name: info[name] for name in ("email", "email_verified", "name") if name in info}


async def _ask(house: House, method: str, address: str, headers: list[tuple[str, str]], content: bytes = b"") -> Answer:
    try:
        return await call(
            house.settings, method, address, headers=headers, content=content, limit_bytes=LIMIT, within=WITHIN
        )
    except Unavailable as error:
        raise SignOnFailed("provider-away", f"{address}: {error.detail}") from error
    except (AddressRefused, AnswerRefused) as error:
        raise SignOnFailed("provider-answer", f"{address}: {error.detail}") from error


def _basic(found: Discovered) -> bool:
    return "client_secret_basic" in found.auth_methods


def _error(answer: Answer) -> str:
    """The error's name only (RFC 6749 5.2): the rest may hold what was sent."""
    try:
        return str(read_object(answer.content, "it").get("error"))[:60]
    except SignOnFailed:
        return "without a word"
