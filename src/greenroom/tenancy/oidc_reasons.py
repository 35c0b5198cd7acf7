"""Why a sign-in with a provider did not work: a name for the address of the sign-in page, a sentence for the person.

The sentence is looked up by its name, so that no link can put words of its own on our sign-in page.
"""

from typing import Literal

from greenroom.kit.errors import SignedOut

Reason = Literal[
    "cancelled",
    "elsewhere",
    "address-unverified",
    "unknown-person",
    "other-person",
    "not-yours",
    "tie-first",
    "disabled-person",
    "provider-refused",
    "provider-answer",
    "provider-away",
    "not-again",
    "too-many",
]
_SENTENCES: dict[str, str] = {
    "cancelled": "The provider let nobody in. Try again, or sign in another way.",
    "elsewhere": "This sign-in began in another window or more than ten minutes ago. Begin it again here.",
    "address-unverified": (
        "The provider did not confirm your e-mail address. Confirm it there, or ask its administrator to; then "
        "try again."
    ),
    "unknown-person": "Nobody here has the e-mail address that the provider gave. Ask an administrator to invite you.",
    "other-person": (
        "Your address here is tied to another account at the provider. Use that account, or ask an administrator to "
        "untie it."
    ),
    "not-yours": (
        "This account at the provider is tied to somebody else here, or you are tied to another one there. Use your "
        "own, or ask a super user to untie it."
    ),
    "tie-first": (
        "Your account here isn't tied to this provider yet. Sign in with your password or a passkey, then tie it "
        "under Settings, Sign-in."
    ),
    "disabled-person": "You are no longer let in here. Ask an administrator if that is a mistake.",
    "provider-refused": (
        "The provider did not accept this sign-in. Try again; if it stays, an administrator checks the provider under "
        "Settings, Single sign-on."
    ),
    "provider-answer": (
        "What the provider sent could not be trusted. Try again; if it stays, an administrator checks the provider "
        "under Settings, Single sign-on."
    ),
    "provider-away": "The provider does not answer. Try again in a while, or sign in another way.",
    "too-many": "Too many tries from here. Wait a minute, then begin again.",
    "not-again": "The provider did not ask who you are again, or somebody else answered. Sign in anew.",
}


class SignOnFailed(SignedOut):
    """`detail` is for the log; the person reads the sentence of `reason`."""

    slug = "sign-on-failed"
    title = "This sign-in did not work"

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def sentence(reason: str | None) -> str | None:
    """What to tell the person; None for what is no reason of ours."""
    return _SENTENCES.get(reason or "")
