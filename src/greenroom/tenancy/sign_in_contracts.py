"""What signing in takes and gives beyond a password: sessions, codes, passkeys. Frozen; times are aware."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from greenroom.tenancy.contracts import Frozen, Name

Password = Annotated[str, Field(max_length=1000)]
Code = Annotated[str, Field(min_length=6, max_length=60)]
Method = Literal["password", "passkey", "link", "single_sign_on"]
"""How a session began."""
Credential = Annotated[dict[str, Any], Field(description="What navigator.credentials gave, as JSON")]


class OpenSession(Frozen):
    """One place where a person is signed in. `used` is right to a minute."""

    id: UUID
    created: datetime
    used: datetime
    agent: str
    address: str
    method: Method
    current: bool


class SecondStep(Frozen):
    """The answer to a sign-in that asked for a second factor: a six-digit code, or a recovery code."""

    challenge: Annotated[str, Field(max_length=200)]
    code: Code


class Confirmation(Frozen):
    """Shows again who sits here; the code is needed when an authenticator app is set."""

    password: Password
    code: Code | None = None


class PasswordChange(Frozen):
    present: Password
    password: Password


class NewAuthenticator(Frozen):
    """The secret of an app that is being added, shown once; `address` is the same for a QR code (otpauth)."""

    secret: str
    address: str


class AuthenticatorCode(Frozen):
    code: Code


class RecoveryCodes(Frozen):
    """Ten codes, shown once; each stands in for the app once."""

    codes: tuple[str, ...]


class Passkey(Frozen):
    id: UUID
    name: str
    synced: bool
    created: datetime
    used: datetime | None
    version: int


class NewPasskey(Frozen):
    name: Name = "Passkey"
    credential: Credential


class PasskeyChange(Frozen):
    name: Name


class PasskeySignIn(Frozen):
    credential: Credential


class CeremonyOptions(Frozen):
    """What the browser is to be asked with, as PublicKeyCredential options JSON (WebAuthn 3, 5.1.8 and 5.1.9)."""

    options: dict[str, Any]


class KnownAt(Frozen):
    """An identity provider that knows this person, or could."""

    id: UUID
    name: str


class SignInWays(Frozen):
    """How a person signs in, with or beyond a password."""

    has_password: bool
    providers: tuple[KnownAt, ...]
    providers_to_tie: tuple[KnownAt, ...]
    authenticator_since: datetime | None
    recovery_codes_left: int
    passkeys: tuple[Passkey, ...]
