"""Whether a provider can be used, asked of the provider itself: each thing that is wrong, and what to do."""

from collections.abc import Callable, Iterator
from typing import Any

from greenroom.infra.context import House
from greenroom.infra.database import Row
from greenroom.tenancy.oidc_contracts import Finding, ProviderCheck
from greenroom.tenancy.oidc_discovery import ALGORITHMS, Discovered, address_of, discover, document_of, keys, strings
from greenroom.tenancy.oidc_reasons import SignOnFailed

_FITTING = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}


async def check(house: House, provider: Row) -> ProviderCheck:
    """Ask the provider for its document and its keys, now, and look at both. Signs nobody in."""
    findings = [_about_switch(provider)]
    try:
        document = await document_of(house, provider["issuer"])
        findings.append(_fine(f"{address_of(provider['issuer'])} answers."))
        found = await discover(house, provider["issuer"])
        findings.append(_fine("It names the issuer and the endpoints that a sign-in needs."))
        findings += _about_document(document, found, has_secret=provider["secret_id"] is not None)
        findings.append(_about_keys(await keys(house, found, fresh=True)))
    except SignOnFailed as error:
        findings.append(_wrong(f"{_capital(error.detail)}. {_ADVICE[error.reason]}"))
    return ProviderCheck(fine=all(one.fine for one in findings), findings=tuple(findings))


_ADVICE: dict[str, str] = {
    "provider-away": "Check the issuer's address, and that this server reaches it.",
    "provider-answer": "Compare the issuer with the provider's settings, letter by letter; else mend those.",
}


def _about_switch(provider: Row) -> Finding:
    if provider["enabled"]:
        return _fine("It is switched on.")
    return Finding(fine=True, about="It is switched off; nobody is sent there yet.")


def _about_document(document: dict[str, Any], found: Discovered, *, has_secret: bool) -> Iterator[Finding]:
    looks: list[tuple[str, Callable[[tuple[str, ...]], bool], str]] = [
        (
            "response_types_supported",
            lambda listed: "code" in listed,
            "It does not give codes; allow the code flow there.",
        ),
        (
            "code_challenge_methods_supported",
            lambda listed: "S256" in listed,
            "It does not take PKCE with S256; allow it there.",
        ),
        (
            "id_token_signing_alg_values_supported",
            lambda listed: any(one in ALGORITHMS for one in listed),
            f"It signs with none of {', '.join(ALGORITHMS)}; choose one of them there.",
        ),
        ("scopes_supported", lambda listed: "email" in listed, "It does not know the scope email; allow it there."),
    ]
    for name, is_fine, about in looks:
        if name in document and not is_fine(strings(document[name])):
            yield _wrong(about)
    methods = found.auth_methods
    if has_secret and not {"client_secret_basic", "client_secret_post"} & set(methods):
        yield _wrong("It takes no secret from us; it wants another kind of client authentication.")
    if not has_secret and "none" not in methods:
        yield _wrong("It wants a secret; enter the one that it gave you.")


def _about_keys(listed: list[dict[str, Any]]) -> Finding:
    kinds = {key.get("kty") for key in listed if key.get("use", "sig") == "sig"}
    if kinds & set(_FITTING.values()):
        return _fine(f"It has {len(listed)} {'key' if len(listed) == 1 else 'keys'} to sign with.")
    return _wrong("It has no key of a kind that we take; let it sign with RSA, EC or Ed25519 keys.")


def _fine(about: str) -> Finding:
    return Finding(fine=True, about=about)


def _wrong(about: str) -> Finding:
    return Finding(fine=False, about=about)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
