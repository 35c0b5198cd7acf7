"""The nine steps from a cable to a picture, and what to do where one does not pass. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from greenroom.agent.errors import plain


class Step(StrEnum):
    """In the order in which they are taken."""

    FOUND = "found on USB"
    TRUSTED = "trusts this computer"
    DEVELOPER = "developer mode is on"
    TUNNEL = "tunnel is up"
    IMAGE = "developer image is mounted"
    INSTALLED = "WebDriverAgent is installed"
    RUNS = "WebDriverAgent runs"
    ANSWERS = "WebDriverAgent answers"
    PICTURE = "picture comes"


ALL = tuple(Step)
State = Literal["done", "doing", "stuck", "todo"]
PERSON = frozenset({Step.TRUSTED, Step.DEVELOPER, Step.INSTALLED})
"""Steps that a person takes: looked at again and again rather than tried ever more seldom."""


class Stuck(Exception):
    """A step did not pass; `says` is what to do about it."""

    def __init__(self, step: Step, says: str) -> None:
        super().__init__(says)
        self.step, self.says = step, plain(says, 150)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far an iPhone has come. `says` is empty while the step is being taken, and what to do when it is stuck."""

    step: Step = Step.FOUND
    says: str = ""
    ready: bool = False

    @property
    def states(self) -> dict[Step, State]:
        """Each step with its state."""
        at = ALL.index(self.step)
        now: State = "done" if self.ready else "stuck" if self.says else "doing"
        return {step: "done" if n < at else now if n == at else "todo" for n, step in enumerate(ALL)}

    @property
    def sentence(self) -> str:
        """After the phone's name: "is at step 4 of 9, tunnel is up: …"."""
        if self.ready:
            return "is ready"
        return f"is at step {ALL.index(self.step) + 1} of {len(ALL)}, {self.step}: {self.says or 'this takes a moment'}"


def system(info: Mapping[str, Any]) -> tuple[int, int]:
    """Major and minor number of iOS, out of `ios info`; (0, 0) where it does not tell."""
    parts = str(info.get("ProductVersion", "")).split(".")
    return (int(parts[0]) if parts[0].isdigit() else 0, int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0)


def bundle(apps: object) -> str | None:
    """The bundle id of WebDriverAgent among what `ios apps` lists; Xcode and signers add to it and rename it."""
    listed = [one for one in apps if isinstance(one, dict)] if isinstance(apps, list) else []
    for one in listed:
        id = str(one.get("CFBundleIdentifier", ""))
        name = str(one.get("CFBundleExecutable", "") or one.get("CFBundleName", ""))
        if "WebDriverAgentRunner" in f"{id} {name}":
            return id
    return None


def untrusted(trouble: str) -> str:
    """Why the iPhone does not let this computer in (`ios pair`)."""
    low = trouble.lower()
    if "device not found" in low:
        return f"go-ios does not see it; unplug the iPhone and plug it in again{_because(trouble)}"
    if "denied" in low:
        return "somebody tapped Don't Trust; unplug the iPhone, plug it in again and tap Trust"
    if "passwordprotected" in low:
        return "unlock the iPhone with its code, then tap Trust on its screen"
    return "unlock the iPhone and tap Trust on its screen"


def no_tunnel(version: tuple[int, int], trouble: str) -> str:
    if (17, 0) <= version < (17, 4):
        return "iOS 17.0 to 17.3 needs a tunnel that only root can open; update the iPhone to 17.4 or newer"
    return f"unlock the iPhone and look at its cable{_because(trouble)}"


def no_image(trouble: str) -> str:
    low = trouble.lower()
    if "lock" in low and "unlock" not in low:
        return "unlock the iPhone: its developer image can't be mounted while it is locked"
    if any(word in low for word in ("download", "dial tcp", "lookup", "http")):
        return "its developer image is fetched once and signed by Apple; let this computer reach the internet"
    return f"its developer image can't be mounted; restart the iPhone{_because(trouble)}"


def not_running(trouble: str) -> str:
    """Why `ios runwda` ended; the words are go-ios' and iOS' own, as its users report them."""
    low = trouble.lower()
    if "did not find test app" in low:
        return "WebDriverAgent is no longer installed; sign and install it again"
    if "automation mode" in low:
        return "unlock the iPhone and enter its code where it asks to allow UI automation"
    if "locked" in low:
        return "unlock the iPhone, and set Settings > Display & Brightness > Auto-Lock to Never"
    if any(word in low for word in ("get pid", "expired", "invalid code signature", "not trusted", "profile")):
        return "sign WebDriverAgent anew, or trust its developer: Settings > General > VPN & Device Management"
    if "testmanagerd" in low or "tunnel" in low:
        return "the tunnel to the iPhone broke; it is opened again"
    return f"WebDriverAgent ended; it is started again{_because(trouble)}"


def _because(trouble: str) -> str:
    return f" (go-ios: {plain(trouble, 70)})" if trouble else ""
