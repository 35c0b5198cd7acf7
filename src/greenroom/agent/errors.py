"""What can go wrong with a phone, one class a kind; each sentence names the phone and says what to do.

PhoneError
├── Offline          503  it is not there: unplugged, switched off, or its connection broke
├── Unauthorised     409  it has not accepted this computer
├── Busy             409  something else has what this needs: another test tool, an animation without end
├── NotSupported     422  this phone, or this way to it, cannot do that
├── ProtectedScreen  409  it shows a window that may not be photographed
├── TimedOut         504  it did not do it in time
├── Refused          422  it answered no; its own words are in the sentence
└── Lost             409  the screen turned or changed size under the finger: the touch was not made, or broken off
HostBroken           503  what the phones hang on is broken: adb on this computer
"""

import unicodedata
from typing import ClassVar

from greenroom.kit.errors import Conflict, Invalid, Problem, Unavailable

LONGEST = 300  # characters of a phone's own words in a sentence


class PhoneError(Problem):
    """`PhoneError("phone2", "is on fire: call somebody")`; `kind` is stable, for programs."""

    kind: ClassVar[str] = "failed"
    slug = "phone-failed"
    title = "Something went wrong with the phone"

    def __init__(self, phone: str, says: str) -> None:
        self.phone = plain(phone, 80)
        super().__init__(f"{self.phone} {plain(says)}")


class Offline(PhoneError, Unavailable):
    kind = "offline"
    slug = "phone-offline"
    title = "The phone is not there"


class Unauthorised(PhoneError, Conflict):
    kind = "unauthorised"
    slug = "phone-unauthorised"
    title = "The phone has not accepted this computer"

    def __init__(self, phone: str) -> None:
        super().__init__(phone, "is unauthorised: accept the prompt on its screen")


class Busy(PhoneError, Conflict):
    kind = "busy"
    slug = "phone-busy"
    title = "The phone is busy"


class NotSupported(PhoneError, Invalid):
    kind = "not_supported"
    slug = "phone-cannot"
    title = "This phone can't do that"


class ProtectedScreen(PhoneError, Conflict):
    kind = "protected_screen"
    slug = "phone-protected"
    title = "The screen is protected"

    def __init__(self, phone: str, window: str = "") -> None:
        where = f" ({window})" if window else ""
        super().__init__(phone, f"shows a protected screen{where}, which the phone lets nobody see: act on it by hand")


class TimedOut(PhoneError):
    kind = "timed_out"
    status = 504
    slug = "phone-timed-out"
    title = "The phone took too long"

    def __init__(self, phone: str, doing: str, seconds: float) -> None:
        super().__init__(phone, f"did not {doing} within {seconds:g} s: look at its screen, then try again")


class Refused(PhoneError, Invalid):
    kind = "refused"
    slug = "phone-refused"
    title = "The phone refused"


class Lost(PhoneError, Conflict):
    kind = "lost"
    slug = "phone-touch-lost"
    title = "The touch was lost"

    def __init__(
        self,
        phone: str,
        says: str = "turned or changed its size under the finger, so nothing was pressed: look, and press again",
    ) -> None:
        super().__init__(phone, says)


class HostBroken(Unavailable):
    slug = "phone-host"
    title = "The computer beside the phones has a fault"


def plain(text: str, longest: int = LONGEST) -> str:
    """A phone's words as one line without control or direction characters, cut where they go on for too long."""
    if len(text) <= longest and text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(" " if c.isspace() else c for c in text[: longest * 4] if c.isspace() or _shown(c))
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _shown(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
