"""What goes wrong in tenancy.

SignedOut   WrongPassword, SecondFactor, WrongCode, PasskeyRefused
Forbidden   ConfirmFirst
Gone        LinkOver, ChallengeOver
"""

from greenroom.kit.errors import Forbidden, Gone, SignedOut


class WrongPassword(SignedOut):
    """Says the same whether the address or the password is wrong."""

    slug = "wrong-password"
    title = "That did not match"


class SecondFactor(SignedOut):
    """The password was right; `challenge` goes back with a code."""

    slug = "second-factor"
    title = "One more step"


class WrongCode(SignedOut):
    slug = "wrong-code"
    title = "That code did not match"


class PasskeyRefused(SignedOut):
    """Says the same whether the passkey is unknown, its answer wrong or its person gone."""

    slug = "passkey-refused"
    title = "That passkey did not open the door"


class ConfirmFirst(Forbidden):
    slug = "confirm-first"
    title = "Show again that it is you"


class LinkOver(Gone):
    slug = "link-over"
    title = "This link is over"


class ChallengeOver(Gone):
    slug = "challenge-over"
    title = "This took too long"
