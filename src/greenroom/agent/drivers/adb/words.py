"""adb's own words for trouble, as errors of the phone."""

from greenroom.agent.errors import Busy, Offline, PhoneError, Refused, Unauthorised, plain

CABLE = "is not connected: check its cable, or its network, and that it is switched on"
RULES = "may not be opened by this user: add the udev rules for Android phones, then plug it in again"
STARTING = "is still connecting: wait a moment, or unlock it and plug it in again"
SAYINGS: tuple[tuple[str, type[PhoneError], str], ...] = (
    ("not found", Offline, CABLE),
    ("no device with transport id", Offline, CABLE),
    ("no devices", Offline, CABLE),
    ("device offline", Offline, "is offline: unplug it and plug it in again, or switch USB debugging off and on"),
    ("device detached", Offline, CABLE),
    ("still connecting", Busy, STARTING),
    ("no permissions", Refused, RULES),
    ("insufficient permissions", Refused, RULES),
    ("more than one", Refused, "has the serial number of another phone: tell them apart by USB port"),
)


def trouble(phone: str, words: str) -> PhoneError:
    """The error for what adb said when asked for this phone."""
    low = words.lower()
    if "unauthorized" in low or "authorizing" in low:
        return Unauthorised(phone)
    for part, kind, says in SAYINGS:
        if part in low:
            return kind(phone, says)
    if low.strip() in ("closed", ""):
        return Refused(phone, "does not offer what was asked for: its adb is too old, or it is restricted")
    return Refused(phone, f"refused: {plain(words)}")
