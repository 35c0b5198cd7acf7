"""Clock: the time here and in other places, and a stopwatch."""

from datetime import timedelta

from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.element import El, Type, column, edges, row, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, bottom_bar, button, group, item, listing, page

PLACES = (("Lisbon", -1), ("Alexandria", 2), ("Kyoto", 8), ("Oaxaca", -7), ("Tromsø", 1))


class Clock(App):
    package = "com.greenroom.clock"
    word = "clock"
    mark = "clock"
    colours = (0xFF5E7BE8, 0xFF3149A8)

    def start(self) -> None:
        self.tab = "clock"
        self.began: float | None = None
        self.passed = 0.0

    def show_home(self, scene: Scene) -> El:
        look, say, phone = scene.look, scene.say, self.phone
        foot = bottom_bar(
            scene, (("clock", "clock", say("clock")), ("stopwatch", "zap", say("stopwatch"))), self.tab, self._choose
        )
        bar = app_bar(scene, say(self.tab), large=True)
        if self.tab == "stopwatch":
            return page(scene, bar, self._stopwatch(scene), foot=foot)
        places = []
        for name, hours in PLACES:
            there = phone.time() + timedelta(hours=hours)
            shown = text(f"{there.hour:02}:{there.minute:02}", look.title, look.ink)
            places.append(item(scene, name, f"{hours:+d} h", end=shown))
        now = column(
            text(phone.clock(), Type(68, 400, 80, -2), look.ink, spread="centre", name="time"),
            text(phone.today(), look.body, look.soft, spread="centre"),
            pad=edges((0, 26)),
        )
        return page(scene, bar, listing(scene, "places", now, group(scene, *places)), foot=foot)

    def _stopwatch(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        tenths = int(self._elapsed() * 10)
        shown = f"{tenths // 600:02}:{tenths // 10 % 60:02}.{tenths % 10}"
        first = button(scene, say("stop") if self.began is not None else say("start"), self._toggle, name="toggle")
        acts = row(first, button(scene, say("clear"), self._clear, kind="tonal", name="reset"), gap=14, spread="centre")
        count = text(shown, Type(60, 400, 70, -1), look.ink, spread="centre", name="elapsed")
        return column(count, acts, spread="centre", gap=36, grow=1)

    def due(self) -> float | None:
        """Ten times a second while it runs and is looked at."""
        running = self.began is not None and self.tab == "stopwatch"
        return self.phone.now + 0.1 if running else None

    def advance(self, now: float) -> None:
        if self.due() is not None:
            self.phone.dirty()

    def _elapsed(self) -> float:
        return self.passed + (self.phone.now - self.began if self.began is not None else 0.0)

    def _toggle(self) -> None:
        if self.began is None:
            self.began = self.phone.now
        else:
            self.passed, self.began = self._elapsed(), None

    def _clear(self) -> None:
        self.began, self.passed = None, 0.0

    def _choose(self, tab: str) -> None:
        self.tab = tab
