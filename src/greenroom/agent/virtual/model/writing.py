"""Writing: which field has the focus, what keys and pasted text do to it, and the keyboard's own keys."""

import unicodedata
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.element import Act, El, at, box, edges, row, stack, text
from greenroom.agent.virtual.model.keyboard import LANGUAGES
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.state import State
from greenroom.kit.graphemes import clusters

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.app import App

MOST = 5_000  # characters in one field


class Writing(State):
    def focused(self, app: "App", key: str) -> bool:
        return self.focus_on == (app.package, key)

    def focus(self, app: "App", key: str) -> None:
        """Write into this field from here on, after what is there."""
        self.focus_on = (app.package, key)
        self.cursor = len(app.texts.get(key, ""))
        self.selected = False
        self.keyboard.shift = not self.cursor and "email" not in key and "user" not in key
        self.keyboard.signs = False
        self.menu = None
        self.dirty()

    def unfocus(self) -> None:
        if self.focus_on is not None:
            self.focus_on, self.menu = None, None
            self.keyboard.signs = self.keyboard.shift = False
            self.dirty()

    def text(self, text: str) -> None:
        """Written into the focused field, at the cursor; nothing where none is."""
        if not text or self._field() is None:
            return
        text = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
        value = "" if self.selected else self._value()
        place = min(self.cursor, len(value))
        text = text[: max(0, MOST - len(value))]
        self._put(value[:place] + text + value[place:], place + len(text))

    def erase(self, *, forward: bool = False) -> None:
        """One character as a reader sees it, or what is selected."""
        if self._field() is None:
            return
        value = self._value()
        place = min(self.cursor, len(value))
        if self.selected:
            self._put("", 0)
        elif forward and place < len(value):
            gone = len(next(clusters(value[place:])))
            self._put(value[:place] + value[place + gone :], place)
        elif not forward and place:
            gone = len(list(clusters(value[max(0, place - 40) : place]))[-1])
            self._put(value[: place - gone] + value[place:], place - gone)

    def enter(self) -> None:
        found = self._field()
        if found is None:
            return
        app, key = found
        if key.startswith("long_"):
            self.text("\n")
        else:
            self.unfocus()
            app.submitted(key)
        self.dirty()

    def move_cursor(self, by: int) -> None:
        if self._field() is not None:
            self.cursor = max(0, min(self.cursor + by, len(self._value())))
            self.dirty()

    def set_field(self, text: str) -> None:
        """The focused field's whole text at once, as accessibility services do."""
        if self._field() is not None:
            self._put(text[:MOST], len(text[:MOST]))

    # -- the soft keyboard

    def press_key(self, key: str) -> None:
        self.text(self.keyboard.pressed(key))

    def press_special(self, key: str) -> None:
        keyboard = self.keyboard
        if key == "delete":
            self.erase()
        elif key == "enter":
            self.enter()
        elif key == "shift":
            keyboard.shift = not keyboard.shift
        elif key == "signs":
            keyboard.signs = not keyboard.signs
        elif key == "language":
            keyboard.language = LANGUAGES[(LANGUAGES.index(keyboard.language) + 1) % len(LANGUAGES)]
        self.dirty()

    # -- the clipboard

    def offer_paste(self, app: "App", key: str) -> None:
        """The little menu of a field that was held."""
        self.focus(app, key)

        def menu(scene: Scene) -> El:
            look = scene.look

            def act(word: str, does: Act) -> El:
                return row(
                    text(scene.say(word), look.label, look.ink, lines=1),
                    pad=edges((16, 12)),
                    tap=does,
                    role="button",
                    name=word,
                )

            card = row(
                act("paste", self._paste), act("select_all", self._select_all), act("copy", self._copy),
                fill=look.raised, radius=24, shadow=8, clip=True, solid=True,
            )  # fmt: skip
            return stack(
                box(tap=self._close_menu, name="outside", say=scene.say("close")),
                at(card, None, scene.height * 0.3, None, None),
            )

        self.menu = menu
        self.dirty()

    def _paste(self) -> None:
        self.menu = None
        self.text(self.clipboard)

    def _select_all(self) -> None:
        self.menu, self.selected = None, bool(self._value())
        self.dirty()

    def _copy(self) -> None:
        self.menu, self.clipboard = None, self._value()
        self.dirty()

    def _close_menu(self) -> None:
        self.menu = None
        self.dirty()

    def _field(self) -> "tuple[App, str] | None":
        if self.focus_on is None or self.focus_on[0] != self._front:
            return None
        return self.apps[self._front], self.focus_on[1]

    def _value(self) -> str:
        found = self._field()
        return found[0].texts.get(found[1], "") if found else ""

    def _put(self, value: str, cursor: int) -> None:
        found = self._field()
        if found is None:
            return
        app, key = found
        app.texts[key], self.cursor, self.selected = value, cursor, False
        app.typed(key)
        self.dirty()
