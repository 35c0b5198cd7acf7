"""The soft keyboard: its layouts, how it looks, and what its keys do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from greenroom.agent.virtual.model.element import El, box, column, edges, icon, row, space, text
from greenroom.agent.virtual.model.look import Look, faded
from greenroom.agent.virtual.model.scene import Scene

LETTERS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnmß"),
    "ar": ("ضصثقفغعهخحج", "شسيبلاتنمكط", "ذئءؤرىةوزظد"),
    "ja": (
        "わらやまはなたさかあ",
        "をりーみひにちしきい",
        "んるゆむふぬつすくう",
        "、れ。めへねてせけえ",
        "ーろよもほのとそこお",
    ),
}
DIGITS = ("1234567890", "@#€_&-+()/", "*\"':;!?%")
LANGUAGES = ("en", "de", "ar", "ja")


@dataclass(slots=True)
class Keyboard:
    """Which layer shows: letters of a language, or digits and signs; whether the next letter is a capital."""

    language: str = "en"
    signs: bool = False
    shift: bool = False

    def height(self, look: Look, *, wide: bool) -> float:
        if self.kana():
            rows, each = 6, 31 if wide else 45
        else:
            rows, each = 4, 38 if wide else 52 if look.iphone else 50
        return rows * each + 14 + (28 if look.iphone and not wide else 0)

    def kana(self) -> bool:
        return self.language == "ja" and not self.signs

    def pressed(self, key: str) -> str:
        """What a letter's key writes; a capital only once."""
        written = key.upper() if self.shift and key.upper() != key and len(key.upper()) == 1 else key
        self.shift = False
        return written


def view(scene: Scene, keyboard: Keyboard, height: float) -> El:
    """The keyboard over the whole width, at the foot of the screen."""
    look = scene.look
    rows = DIGITS if keyboard.signs else LETTERS[keyboard.language]
    last = len(rows) - 1
    made = [
        _row(scene, keyboard, letters, last=place == last, indented=place == 1 and len(letters) < len(rows[0]))
        for place, letters in enumerate(rows)
    ]
    made.append(_foot(scene, keyboard))
    under = 28 if look.iphone and not scene.wide else 0
    back = (0xFF1B1B1D if look.dark else 0xFFD3D5DB) if look.iphone else (0xFF1A1C21 if look.dark else 0xFFE6E9F1)
    return column(
        *made,
        fill=back,
        pad=(4, 7, 4, 7 + under),
        gap=9 if look.iphone else 7,
        height=height,
        plain=True,
        solid=True,
        role="keyboard",
        name="keyboard",
    )


def _row(scene: Scene, keyboard: Keyboard, letters: str, *, last: bool, indented: bool) -> El:
    cap, phone = _cap(scene), scene.phone
    keys = [
        cap(_shown(keyboard, letter), partial(phone.press_key, letter), name=f"key_{_NAMES.get(letter, letter)}")
        for letter in letters
    ]
    if last and not keyboard.kana():
        if not keyboard.signs and keyboard.language != "ar":
            mark = "!arrow-big-up" if keyboard.shift else "arrow-big-up"
            keys.insert(
                0, cap("", partial(phone.press_special, "shift"), mark=mark, name="key_shift", grow=1.45, dimmed=True)
            )
        keys.append(_delete(scene))
    elif indented:
        keys = [space(grow=0.5), *keys, space(grow=0.5)]
    return row(*keys, gap=_GAP, align="stretch", grow=1)


_GAP = 5.0
_NAMES = {"/": "slash"}  # what an id cannot hold


def _shown(keyboard: Keyboard, letter: str) -> str:
    return letter.upper() if keyboard.shift and len(letter.upper()) == 1 else letter


def _cap(scene: Scene) -> Callable[..., El]:
    look = scene.look
    light = (0xFF4A4A4E if look.dark else 0xFFFFFFFF) if look.iphone else (0xFF33363D if look.dark else 0xFFFFFFFF)
    dim = (0xFF333336 if look.dark else 0xFFADB2BC) if look.iphone else (0xFF262930 if look.dark else 0xFFCFD4E0)

    def cap(
        letter: str,
        tap: Callable[[], None],
        *,
        name: str,
        mark: str = "",
        grow: float = 1,
        dimmed: bool = False,
    ) -> El:
        style = replace(look.body, size=21 if len(letter) == 1 else 14, line=26)
        inside = icon(mark, look.ink, 22) if mark else text(letter, style, look.ink, lines=1)
        return box(
            inside,
            grow=grow,
            fill=dim if dimmed else light,
            radius=6 if look.iphone else 9,
            tap=tap,
            role="key",
            name=name,
            shadow=1 if look.iphone else 0,
            say=name.removeprefix("key_"),
        )

    return cap


def _delete(scene: Scene) -> El:
    return _cap(scene)(
        "", partial(scene.phone.press_special, "delete"), mark="delete", name="key_delete", grow=1.45, dimmed=True
    )


def _enter(scene: Scene) -> El:
    made = _cap(scene)(
        "",
        partial(scene.phone.press_special, "enter"),
        mark="corner-down-left",
        name="key_enter",
        grow=1.7,
        dimmed=True,
    )
    if scene.look.iphone:
        return made
    mark = icon("corner-down-left", scene.look.on_accent, 21)
    return replace(made, fill=scene.look.accent, radius=22, children=(mark,))


def _space(scene: Scene) -> El:
    made = _cap(scene)(scene.say("space_key"), partial(scene.phone.press_key, " "), name="key_space", grow=4.4)
    quiet = replace(made.children[0], colour=scene.look.ink if scene.look.iphone else faded(scene.look.ink, 0.55))
    return replace(made, children=(quiet,))


def _switch(scene: Scene, keyboard: Keyboard) -> El:
    label = "abc" if keyboard.signs else "?123" if not scene.look.iphone else "123"
    return _cap(scene)(label, partial(scene.phone.press_special, "signs"), name="key_signs", grow=1.45, dimmed=True)


def _foot(scene: Scene, keyboard: Keyboard) -> El:
    cap, press = _cap(scene), scene.phone.press_special
    return row(
        _switch(scene, keyboard),
        cap("", partial(press, "language"), mark="globe", name="key_language", dimmed=True),
        cap(",", partial(scene.phone.press_key, ","), name="key_,") if not scene.look.iphone else None,
        _space(scene),
        _delete(scene) if keyboard.kana() else cap(".", partial(scene.phone.press_key, "."), name="key_."),
        _enter(scene),
        gap=_GAP,
        align="stretch",
        grow=1,
        pad=edges((0, 0)),
    )
