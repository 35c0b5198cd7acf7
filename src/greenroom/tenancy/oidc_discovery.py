"""What a provider says of itself: its discovery document and its keys (OpenID Connect Discovery 1.0), kept briefly."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from greenroom.infra.context import House
from greenroom.infra.fetch.address import read
from greenroom.infra.fetch.call import call
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.kit.errors import Unavailable
from greenroom.tenancy.oidc_reasons import SignOnFailed

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
"""What may sign an ID token; none of them works with a secret that we share."""
LIMIT, WITHIN = 256_000, timedelta(seconds=10)
_KEPT = timedelta(minutes=5)
# By address. Only addresses of providers that were set up come here, so it stays small.
_documents: dict[str, tuple[datetime, dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Discovered:
    """The part of the document that a sign-in uses. `auth_methods` are those of the token endpoint."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str | None
    auth_methods: tuple[str, ...]
    names_issuer: bool


async def discover(house: House, issuer: str, *, fresh: bool = False) -> Discovered:
    """The provider's endpoints. Raises SignOnFailed when it is away or is not the issuer that was set up."""
    document = await _get(house, address_of(issuer), fresh=fresh)
    if document.get("issuer") != issuer:
        raise _answer(f"the document of {issuer} names the issuer {str(document.get('issuer'))[:200]!r}")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Discovered(
        issuer,
        _endpoint(document, "authorization_endpoint"),
        _endpoint(document, "token_endpoint"),
        _endpoint(document, "jwks_uri"),
        _endpoint(document, "userinfo_endpoint") if document.get("userinfo_endpoint") else None,
        strings(methods),
        document.get("authorization_response_iss_parameter_supported") is True,
    )


async def keys(house: House, found: Discovered, *, fresh: bool = False) -> list[dict[str, Any]]:
    """The provider's public keys (RFC 7517); `fresh` asks again for a key that is not among those kept."""
    listed = (await _get(house, found.keys, fresh=fresh)).get("keys")
    if not isinstance(listed, list):
        raise _answer("the list of keys is none")
    return [key for key in listed if isinstance(key, dict)]


async def document_of(house: House, issuer: str) -> dict[str, Any]:
    """The whole discovery document as it is now."""
    return await _get(house, address_of(issuer), fresh=True)


def address_of(issuer: str) -> str:
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def read_object(content: bytes, what: str) -> dict[str, Any]:
    """A JSON object from the provider. Raises SignOnFailed when it is none."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise _answer(f"{what} is no JSON") from None
    if not isinstance(value, dict):
        raise _answer(f"{what} is no JSON object")
    return value


def strings(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


async def _get(house: House, address: str, *, fresh: bool) -> dict[str, Any]:
    now = house.clock.now()
    kept = _documents.get(address)
    if kept is not None and not fresh and timedelta(0) <= now - kept[0] < _KEPT:
        return kept[1]
    try:
        answer = await call(
            house.settings, "GET", address, headers=[("accept", "application/json")], limit_bytes=LIMIT, within=WITHIN
        )
    except Unavailable as error:
        raise SignOnFailed("provider-away", f"{address}: {error.detail}") from error
    except (AddressRefused, AnswerRefused) as error:
        raise _answer(f"{address}: {error.detail}") from error
    if answer.status != 200:
        raise SignOnFailed("provider-away", f"{address} answered {answer.status}")
    document = read_object(answer.content, address)
    _documents[address] = (now, document)
    return document


def _endpoint(document: dict[str, Any], name: str) -> str:
    """An address that a browser or we may be sent to: https, or this machine itself."""
    address = document.get(name)
    if not isinstance(address, str):
        raise _answer(f"its document has no {name}")
    try:
        target = read(address)
    except AddressRefused as error:
        raise _answer(f"its {name} is refused: {error.detail}") from error
    if target.scheme != "https" and not target.loopback:
        raise _answer(f"its {name} is not https")
    return address


def _answer(why: str) -> SignOnFailed:
    return SignOnFailed("provider-answer", why)
