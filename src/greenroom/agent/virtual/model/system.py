"""What the system does by itself or on a swipe: home, recents, the shade, the lock, pop-ups, toasts, switches."""

from collections.abc import Callable

from greenroom.agent.virtual.model import popups
from greenroom.agent.virtual.model.motion import Move
from greenroom.agent.virtual.model.notices import Notice
from greenroom.agent.virtual.model.popups import Popup
from greenroom.agent.virtual.model.state import LAUNCHER
from greenroom.agent.virtual.model.touch import Edge
from greenroom.agent.virtual.model.writing import Writing


class System(Writing):
    # -- ways

    def home(self) -> None:
        self.shade, self.shade_move, self.popups = 0.0, None, []
        if self._locked:
            self.dirty()
            return
        self.show(LAUNCHER)
        self.app.home()

    def back(self) -> None:
        """One step back, whatever lies on top."""
        if self._locked:
            return
        if self.popups:
            self.close_popup(self.popups[-1])
        elif self.shade > 0:
            self.open_shade(False)
        elif self.menu is not None:
            self.menu = None
            self.dirty()
        elif self.in_recents:
            self.in_recents = False
            self.dirty()
        elif self.keyboard_shown():
            self.unfocus()
        elif not self.app.back() and self._front != LAUNCHER:
            self.show(LAUNCHER)

    def recents(self) -> None:
        if not self._locked:
            self.unfocus()
            self.shade, self.shade_move = 0.0, None
            self.in_recents = not self.in_recents
            self.scrolls.pop(self.scene().key("recents"), None)
            self.dirty()

    def show(self, package: str) -> None:
        """Bring an app that runs to the front."""
        self.unfocus()
        if self.in_recents:
            self.in_recents = False
        elif package != self._front:
            self.turn("shut" if package == LAUNCHER else "open")
        self.menu, self.shade, self.shade_move = None, 0.0, None
        self._front = package
        if package != LAUNCHER:
            self.order = [package, *(one for one in self.order if one != package)]
        self.dirty()

    def clear_recents(self) -> None:
        for package in self.order:
            self.apps.pop(package, None)
        self.order = []
        self._front, self.in_recents = LAUNCHER, False
        self.dirty()

    # -- the shade

    def shade_open(self) -> bool:
        return self.shade > 0

    def open_shade(self, wanted: bool) -> None:
        self.shade_move = Move(self.now, self.shade, 1.0 if wanted else 0.0, 0.24)
        if wanted:
            self.unfocus()
            self.shade = max(self.shade, 0.01)
        self.dirty()

    def pull_shade(self, y: float, edge: Edge) -> None:
        self.shade_move = None
        before = self.shade
        self.shade = (
            max(0.02, min(1.0, y / (self.high * 0.6))) if edge == "shade" else max(0.0, min(1.0, y / self.high + 0.15))
        )
        if (before > 0) != (self.shade > 0):
            self.dirty()
        self.moved()

    def pull_lock(self, by: float) -> None:
        self.lifted, self.lift_move = by, None
        self.moved()

    def edge_at(self, x: float, y: float) -> Edge:
        """What a swipe that begins here may do beside scrolling."""
        if self._locked:
            return "unlock"
        if self.shade > 0:
            return "shade_up" if y > self.high * 0.75 else ""
        if y < 30:
            return "shade"
        if self.shape.skin == "iphone":
            if y > self.high - 26:
                return "home"
            if x < 22:
                return "back"
        return ""

    def let_edge(self, edge: Edge, dx: float, dy: float, vx: float, vy: float) -> None:
        """A swipe from an edge has ended: how far it went, how fast it left."""
        if edge in ("shade", "shade_up"):
            self.open_shade(vy > 100 or (vy > -100 and self.shade > 0.35))
        elif edge == "unlock":
            if -dy > self.high * 0.16 or vy < -500:
                self.locked = False
            self.lift_move = Move(self.now, self.lifted, 0.0, 0.2)
        elif edge == "home" and -dy > 40:
            self.recents() if abs(vy) < 120 and -dy > self.high * 0.25 else self.home()
        elif edge == "back" and dx > 60:
            self.back()
        self.moved()

    # -- lock and power

    @property
    def locked(self) -> bool:
        return self._locked

    @locked.setter
    def locked(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked, self.lifted, self.lift_move = locked, 0.0, None
            self.in_recents, self.shade, self.shade_move = False, 0.0, None
            self.unfocus()
            self.dirty()

    @property
    def screen_on(self) -> bool:
        return self._on

    @screen_on.setter
    def screen_on(self, on: bool) -> None:
        self.power(on)

    def power(self, on: bool) -> None:
        """Screen on or off; it locks itself when it goes off."""
        if on != self._on:
            self._on = on
            if not on:
                self.locked = True
            self.dirty()

    # -- words that come and go

    def toast(self, words: str, label: str = "", act: Callable[[], None] | None = None) -> None:
        """Words for a moment; with a label they have a button, and stay longer."""
        self.toasted, self.toast_act = (words, label), act
        self.toast_until = self.now + (4.0 if label else 2.4)
        self.dirty()

    def act_on_toast(self) -> None:
        act, self.toasted, self.toast_act = self.toast_act, None, None
        if act is not None:
            act()
        self.dirty()

    def notify(self, title: str, text: str, package: str = "", mark: str = "bell") -> None:
        """A notification, the newest on top."""
        self.notices = [Notice(title, text, package, mark, self.clock()), *self.notices][:30]
        self.dirty()

    def open_notice(self, one: Notice) -> None:
        self.notices = [other for other in self.notices if other is not one]
        self.open_shade(False)
        if one.package and self.packages.get(one.package) is not None:
            self.phone().launch(one.package)

    def clear_notices(self) -> None:
        self.notices = []
        self.open_shade(False)

    def popup(self, name: str) -> None:
        """Put one in the way: permission, update, rate, low_battery, storage_full, crash, unknown, or any words."""
        self.unfocus()
        self.popups.append(popups.named(self.phone(), name))
        self.dirty()

    def close_popup(self, one: Popup) -> None:
        self.popups = [other for other in self.popups if other is not one]
        self.dirty()

    def allow(self, package: str, permission: str) -> None:
        self.granted.add((package, permission))
        self.dirty()

    # -- switches

    def flip_wifi(self) -> None:
        self.wifi = not self.wifi
        self.dirty()

    def flip_bluetooth(self) -> None:
        self.bluetooth = not self.bluetooth
        self.dirty()

    def flip_airplane(self) -> None:
        self.airplane = not self.airplane
        self.dirty()

    def flip_rotation(self) -> None:
        self.auto_rotate = not self.auto_rotate
        self.dirty()

    def turn_volume(self, by: int) -> None:
        self.volume = max(0, min(15, self.volume + by))
        self.toast(f"{'▮' * self.volume}{'▯' * (15 - self.volume)}")
