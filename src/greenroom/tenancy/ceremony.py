"""The two ceremonies of passkeys (WebAuthn 3, 7.1 and 7.2): what is asked, and whether the answer holds. Pure."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from greenroom.tenancy.relying_party import NAME, RelyingParty

_TRANSPORTS = {"ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"}
_WAIT = 5 * 60 * 1000


class NotVerified(Exception):
    """The answer is malformed, or does not hold."""


@dataclass(frozen=True, slots=True)
class NewKey:
    credential_id: bytes
    public_key: bytes
    sign_count: int
    synced: bool
    transports: list[str]


@dataclass(frozen=True, slots=True)
class Used:
    sign_count: int
    synced: bool


def creation_options(
    party: RelyingParty, organisation: UUID, user: UUID, *, email: str, name: str, present: Sequence[bytes]
) -> tuple[bytes, dict[str, Any]]:
    """The challenge, and what to call navigator.credentials.create with; `present` are the keys that exist already."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=NAME,
        user_id=organisation.bytes + user.bytes,
        user_name=email,
        user_display_name=name,
        timeout=_WAIT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in present],
    )
    return options.challenge, json.loads(webauthn.options_to_json(options))


def request_options(party: RelyingParty) -> tuple[bytes, dict[str, Any]]:
    """The challenge, and what to call navigator.credentials.get with: any passkey that the person chooses."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id, timeout=_WAIT, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options.challenge, json.loads(webauthn.options_to_json(options))


def challenge_of(credential: dict[str, Any]) -> bytes:
    """The challenge that this answers, as it says itself; the signature is checked against it later."""
    with _checked():
        return parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"])).challenge


def person_of(credential: dict[str, Any]) -> tuple[UUID, UUID, bytes]:
    """Whose passkey answers, as it says itself: organisation, user and credential."""
    with _checked():
        handle = base64url_to_bytes(credential["response"]["userHandle"])
        return UUID(bytes=handle[:16]), UUID(bytes=handle[16:]), base64url_to_bytes(credential["rawId"])


def verified_key(party: RelyingParty, credential: dict[str, Any], challenge: bytes) -> NewKey:
    """The key that was made. Raises NotVerified; the person must have been verified, not only present."""
    with _checked():
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        transports = [one for one in credential["response"].get("transports") or () if one in _TRANSPORTS]
    return NewKey(
        made.credential_id, made.credential_public_key, made.sign_count, made.credential_backed_up, transports
    )


def verified_use(
    party: RelyingParty, credential: dict[str, Any], challenge: bytes, *, public_key: bytes, sign_count: int
) -> Used:
    """That the key's holder answered. Raises NotVerified, also when the counter did not go on: a copy may be about."""
    with _checked():
        used = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    return Used(used.new_sign_count, used.credential_backed_up)


@contextmanager
def _checked() -> Iterator[None]:
    """What comes from a browser may be anything; whatever cannot be read does not hold."""
    try:
        yield
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise NotVerified(str(error)) from error
