"""Time-based codes (RFC 6238: SHA-1, six digits, 30 s, as every app reads them) and recovery codes. Pure."""

import hmac
import re
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp

RECOVERY_CODES = 10
_ISSUER = "Greenroom"


def new_secret() -> str:
    """160 bits, as RFC 4226 recommends, in base 32."""
    return pyotp.random_base32(32)


def address(secret: str, *, email: str) -> str:
    """What the QR code holds (otpauth)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, at most one away from the present; None when it is none of them."""
    totp = pyotp.TOTP(secret)
    present = totp.timecode(now)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode("utf-8", "surrogatepass")):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 120 bits: enough that a plain hash keeps them (OWASP ASVS 5, 6.5.2)."""
    return tuple("-".join(re.findall("....", _base32(15))) for _ in range(RECOVERY_CODES))


def plain_code(code: str) -> str:
    """The code without what people put between its parts."""
    return re.sub(r"[\s-]", "", code).lower()


def is_from_app(code: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", code) is not None


def _base32(size: int) -> str:
    return b32encode(secrets.token_bytes(size)).decode().lower()
