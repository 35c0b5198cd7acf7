"""Hardware keys by their Android codes: what each does to the phone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

HOME, BACK, VOLUME_UP, VOLUME_DOWN, POWER = 3, 4, 24, 25, 26
ENTER, DELETE, RECENTS, SLEEP, WAKE, PASTE, NOTICES = 66, 67, 187, 223, 224, 279, 83
_SIGNS = {
    55: ",",
    56: ".",
    61: "\t",
    62: " ",
    68: "`",
    69: "-",
    70: "=",
    71: "[",
    72: "]",
    73: "\\",
    74: ";",
    75: "'",
    76: "/",
    77: "@",
    81: "+",
}
_WHERE_OFF = frozenset((POWER, WAKE))


def press(phone: "Phone", code: int, *, long: bool) -> None:
    """One press of a key; where the screen is off only those that wake it do anything."""
    if not phone.screen_on and code not in _WHERE_OFF:
        return
    if code == HOME:
        phone.recents() if long else phone.home()
    elif code in (BACK, 111):
        phone.back()
    elif code == RECENTS:
        phone.recents()
    elif code == POWER:
        phone.power(not phone.screen_on)
    elif code in (SLEEP, WAKE):
        phone.power(code == WAKE)
    elif code in (VOLUME_UP, VOLUME_DOWN, 164):
        phone.turn_volume({VOLUME_UP: 1, VOLUME_DOWN: -1}.get(code, -15))
    elif code == NOTICES:
        phone.open_shade(not phone.shade_open())
    elif code in (DELETE, 112):
        phone.erase(forward=code == 112)
    elif code in (ENTER, 160, 23):
        phone.enter()
    elif code == PASTE:
        phone.text(phone.clipboard)
    elif code in (21, 22, 122, 123):
        phone.move_cursor({21: -1, 22: 1, 122: -1_000_000, 123: 1_000_000}[code])
    elif code == 84:
        phone.toast(phone.say("search"))
    else:
        phone.text(_letter(code))


def _letter(code: int) -> str:
    if 29 <= code <= 54:
        return chr(ord("a") + code - 29)
    if 7 <= code <= 16:
        return chr(ord("0") + code - 7)
    return _SIGNS.get(code, "")
