"""An ID token: whether it was signed by the provider, for us, for this sign-in (OpenID Connect Core 3.1.3.7). Pure."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from greenroom.tenancy.oidc_discovery import ALGORITHMS

LEEWAY = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
LARGEST = 64_000
"""Characters of a token."""
_KINDS: dict[str, tuple[type[RSAKey | ECKey | OKPKey], str]] = {
    "RS256": (RSAKey, "RSA"), "PS256": (RSAKey, "RSA"), "ES256": (ECKey, "EC"), "EdDSA": (OKPKey, "OKP"),
}  # fmt: skip


class NotTrusted(Exception):
    """The token is malformed, or does not hold."""


class UnknownKey(NotTrusted):
    """None of the keys signed it; the provider may have new ones."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token has to be about."""

    issuer: str
    audience: str
    nonce: str
    now: datetime
    access_token: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Who signed in there. `auth_time` is when they last showed who they are, if it is said."""

    subject: str
    auth_time: datetime | None
    rest: dict[str, Any]


def verified(token: str, keys: Sequence[dict[str, Any]], expected: Expected) -> Claims:
    """What the token says. Raises NotTrusted; UnknownKey when no key of the list fits it."""
    header = _header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise NotTrusted(f"signed with {str(algorithm)[:20]!r}")
    key = _key(header, algorithm, keys)
    try:
        claims = dict(jwt.decode(token, key, algorithms=[algorithm]).claims)
    except (JoseError, ValueError, TypeError) as error:
        raise NotTrusted(f"the signature does not hold: {error}") from error
    _check_for_us(claims, expected)
    _check_times(claims, expected.now)
    if not _same(claims.get("nonce"), expected.nonce):
        raise NotTrusted("it answers another sign-in (nonce)")
    if "at_hash" in claims and not _same(claims["at_hash"], _at_hash(algorithm, expected.access_token)):
        raise NotTrusted("it came with another access token (at_hash)")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255 or not subject.isprintable():
        raise NotTrusted("it names nobody (sub)")
    return Claims(subject, _moment(claims["auth_time"]) if "auth_time" in claims else None, claims)


def _header(token: str) -> dict[str, Any]:
    if len(token) > LARGEST or token.count(".") != 2:
        raise NotTrusted("it is no signed token")
    part = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise NotTrusted("its header cannot be read") from None
    if not isinstance(header, dict):
        raise NotTrusted("its header is no object")
    return header


def _key(header: dict[str, Any], algorithm: str, keys: Sequence[dict[str, Any]]) -> RSAKey | ECKey | OKPKey:
    """The one key that the header names. Without a name there must be one only that could be meant."""
    make, kind = _KINDS[algorithm]
    fitting = [
        key for key in keys
        if key.get("kty") == kind and key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm
        and header.get("kid") in (None, key.get("kid"))
    ]  # fmt: skip
    if len(fitting) != 1:
        raise UnknownKey(f"{len(fitting)} keys fit it")
    try:
        key = make.import_key(fitting[0])
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotTrusted(f"the provider's key cannot be read: {error}") from error
    if isinstance(key, RSAKey) and key.public_key.key_size < 2048:
        raise NotTrusted("the provider's key is shorter than 2048 bits")
    return key


def _check_for_us(claims: dict[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise NotTrusted("another issuer made it (iss)")
    audience = claims.get("aud")
    listed = [audience] if isinstance(audience, str) else audience
    if not isinstance(listed, list) or expected.audience not in listed:
        raise NotTrusted("it is for somebody else (aud)")
    party = claims.get("azp", expected.audience if len(listed) == 1 else None)
    if party != expected.audience:
        raise NotTrusted("it was asked for by somebody else (azp)")


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    if _moment(claims.get("exp")) + LEEWAY <= now:
        raise NotTrusted("it is over (exp)")
    if _moment(claims.get("iat")) - LEEWAY > now:
        raise NotTrusted("it is of the future (iat)")
    if "nbf" in claims and _moment(claims["nbf"]) - LEEWAY > now:
        raise NotTrusted("it is of the future (nbf)")


def _moment(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**40:
        raise NotTrusted("one of its times is none")
    return datetime.fromtimestamp(value, UTC)


def _at_hash(algorithm: str, access_token: str) -> str:
    digest = (hashlib.sha512 if algorithm == "EdDSA" else hashlib.sha256)(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())
