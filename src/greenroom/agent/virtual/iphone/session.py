"""WebDriverAgent's state: its one session, the elements it has handed out, its settings."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.iphone.elements import Element, elements

SETTINGS: dict[str, Any] = {
    "mjpegServerFramerate": 10, "mjpegScalingFactor": 100, "mjpegServerScreenshotQuality": 25, "snapshotMaxDepth": 50,
    "waitForIdleTimeout": 10, "animationCoolOffTimeout": 2, "defaultAlertAction": "", "autoClickAlertSelector": "",
    "respectSystemAlerts": False, "shouldUseCompactResponses": True, "elementResponseAttributes": "type,label",
    "screenshotQuality": 3, "useFirstMatch": False, "boundElementsByIndex": False, "reduceMotion": False,
}  # fmt: skip
Body = dict[str, Any]
KEPT = 2048  # elements that are remembered


class WdaError(Exception):
    """An error as W3C WebDriver names it; `status` is the HTTP status with its reason."""

    def __init__(self, name: str, message: str, status: str) -> None:
        super().__init__(message)
        self.name, self.message, self.status = name, message, status


def no_element(message: str) -> WdaError:
    return WdaError("no such element", message, "404 Not Found")


def stale(message: str) -> WdaError:
    return WdaError("stale element reference", message, "404 Not Found")


def bad_argument(message: str) -> WdaError:
    return WdaError("invalid argument", message, "400 Bad Request")


def no_alert() -> WdaError:
    return WdaError(
        "no such alert", "An attempt was made to operate on a modal dialog when one was not open", "404 Not Found"
    )


@dataclass(slots=True)
class Session:
    """What is kept between requests; `number` is empty while no session is open."""

    handset: Handset
    number: str = ""
    bundle: str = ""
    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    _known: dict[str, Element] = field(default_factory=dict)

    def open(self, bundle: str) -> str:
        """A new session; the one before is gone."""
        self.number, self.bundle = secrets.token_hex(16).upper(), bundle
        self._known.clear()
        return self.number

    def close(self) -> None:
        self.number = ""

    @property
    def scale(self) -> float:
        """Pixels of a point."""
        return self.handset.phone.scale

    def root(self) -> Element:
        phone = self.handset.phone
        return elements(phone.tree(), self.scale, phone.label(phone.front()[0]))

    def remember(self, element: Element) -> str:
        """The id under which a client asks for it later."""
        if len(self._known) >= KEPT:
            del self._known[next(iter(self._known))]
        number = secrets.token_hex(16).upper()
        self._known[number] = element
        return number

    def again(self, number: str) -> Element:
        """The element as it is now; stale once the screen no longer has it."""
        before = self._known.get(number)
        if before is None:
            raise stale(f"The element {number} is not known here")
        found = [one for one in self.root().walk() if one.same(before)]
        if not found:
            raise stale(f"The previously found element {before.label!r} is not present in the current view anymore")
        return min(found, key=lambda one: abs(one.rect[0] - before.rect[0]) + abs(one.rect[1] - before.rect[1]))

    def focused(self) -> Element | None:
        return next((one for one in self.root().walk() if one.node.focused), None)

    def alert(self) -> Element | None:
        return next((one for one in self.root().walk() if one.node.kind == "dialog"), None)
