"""Calculator: four operations, in the order in which they are keyed."""

from decimal import Decimal, DecimalException
from functools import partial

from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.element import El, Type, box, column, row, space, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import page

KEYS = ("C±%÷", "789×", "456−", "123+", "0.⌫=")
_NAMES = {
    "÷": "divide",
    "×": "multiply",
    "−": "minus",
    "+": "plus",
    "=": "equals",
    "⌫": "delete",
    "±": "sign",
    "%": "percent",
    ".": "point",
    "C": "clear",
}
_MOST = 12


class Calculator(App):
    package = "com.greenroom.calculator"
    word = "calculator"
    mark = "calculator"
    colours = (0xFFF08A4B, 0xFFC9541F)

    def start(self) -> None:
        self.figure, self.before, self.sign, self.fresh = "0", Decimal(0), "", True

    def show_home(self, scene: Scene) -> El:
        look = scene.look
        size = 40 if scene.wide else 64 if len(self.figure) < 9 else 44
        shown = text(self.figure, Type(size, 400, size * 1.2, -1), look.ink, lines=1, spread="end", name="display")
        rows = [row(*(self._key(scene, key) for key in keys), gap=10, grow=1, align="stretch") for keys in KEYS]
        head = column(space(grow=1), shown, pad=(22, 8, 22, 8), grow=0.5 if scene.wide else 0.55, align="end")
        return page(scene, None, head, column(*rows, gap=10, pad=(14, 4, 14, 14), grow=1))

    def _key(self, scene: Scene, key: str) -> El:
        look = scene.look
        ink, fill = look.ink, look.card
        if key in "÷×−+=":
            ink, fill = (look.on_accent, look.accent) if key == "=" or self.sign == key else (look.on_tint, look.tint)
        elif key in "C±%⌫":
            fill = look.raised
        label = text("DEL" if key == "⌫" else key, Type(17 if key == "⌫" else 26, 500, 34), ink, spread="centre")
        name = f"key_{_NAMES.get(key, key)}"
        return box(
            label, grow=1, radius=26, fill=fill, tap=partial(self._press, key), role="button", name=name, say=key
        )

    def _press(self, key: str) -> None:
        if key.isdigit():
            if self.fresh:
                self.figure, self.fresh = "0", False
            if len(self.figure) < _MOST:
                self.figure = key if self.figure == "0" else self.figure + key
        elif key == ".":
            if self.fresh:
                self.figure, self.fresh = "0", False
            self.figure += "" if "." in self.figure else "."
        elif key == "⌫":
            self.figure = self.figure[:-1] if len(self.figure.lstrip("-")) > 1 and not self.fresh else "0"
        elif key == "C":
            self.start()
        elif key in "±%":
            self.figure = _plain(-self._value() if key == "±" else self._value() / 100)
        else:
            self._reckon(key)

    def _reckon(self, key: str) -> None:
        if self.sign and not self.fresh:
            try:
                self.figure = _plain(_OPERATIONS[self.sign](self.before, self._value()))
            except DecimalException:
                self.start()
                self.figure = "–"
                return
        self.before, self.sign, self.fresh = self._value(), "" if key == "=" else key, True

    def _value(self) -> Decimal:
        return Decimal(self.figure) if self.figure != "–" else Decimal(0)


_OPERATIONS = {"÷": Decimal.__truediv__, "×": Decimal.__mul__, "−": Decimal.__sub__, "+": Decimal.__add__}


def _plain(value: Decimal) -> str:
    shown = f"{value.normalize():f}" if abs(value.adjusted()) < _MOST else f"{value:.4E}"
    return shown if len(shown) <= _MOST else f"{value:.6G}"
