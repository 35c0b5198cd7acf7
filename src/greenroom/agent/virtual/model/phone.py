"""A virtual phone: what servers may ask of it and do to it (`Screen` and `Hands` of contracts.py), and its settings."""

from dataclasses import replace

from greenroom.agent.virtual.contracts import ANDROID, Action, Frame, Node, Package, Refused, Shape
from greenroom.agent.virtual.draw.frames import frame
from greenroom.agent.virtual.model import keys, words
from greenroom.agent.virtual.model.animate import LASTS, display, rises
from greenroom.agent.virtual.model.apps import catalogue
from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.compose import Spot, path_at
from greenroom.agent.virtual.model.display import Op
from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.layout import Room
from greenroom.agent.virtual.model.look import look
from greenroom.agent.virtual.model.motion import TICK, Scroll
from greenroom.agent.virtual.model.state import LAUNCHER
from greenroom.agent.virtual.model.system import System
from greenroom.agent.virtual.model.touch import Fingers
from greenroom.agent.virtual.model.tree import tree


class Phone(System):
    """One phone. The same shape and the same acts give the same frames, byte for byte."""

    def __init__(self, shape: Shape = ANDROID) -> None:
        super().__init__(shape)
        self._fingers = Fingers(self)
        self.properties = _properties(shape) | shape.properties
        self._drawn: tuple[int, tuple[Op, ...]] | None = None
        self.apps[LAUNCHER] = catalogue.start(self, LAUNCHER)

    # -- Screen

    def tree(self) -> Node:
        if not self._on:
            return Node("", "screen", "", "", (0, 0, *self.size))
        return tree(self.windows(), self.size, self.scale, self.scrolls, self.room)

    def frame(self, *, width: int | None = None) -> Frame:
        w, h = self.size
        size = (w, h) if width is None else (max(1, width), max(1, round(h * width / w)))
        return frame(display(self), self.wide, size)

    def ops(self) -> tuple[Op, ...]:
        """What is drawn, in order: equal ones are equal pictures."""
        if self._drawn is None or self._drawn[0] != self._version:
            self._drawn = self._version, tuple(display(self))
        return self._drawn[1]

    def front(self) -> tuple[str, str]:
        return self._front, self.app.activity()

    def moving(self) -> bool:
        rising = any(self.now < at + rises(name) for name, at in self._came.items())
        flung = any(scroll.move is not None for scroll in self.scrolls.values())
        return bool(self.transition or self.shade_move or self.lift_move or self._wave or rising or flung)

    # -- Hands

    def touch(self, action: Action, x: int, y: int, t: float, pointer: int = 0) -> None:
        self.advance(t)
        if self._on:
            self._fingers.touch(action, x / self.scale, y / self.scale, self.now, pointer)

    def scroll(self, x: int, y: int, dx: float, dy: float) -> None:
        for spot in reversed(self.path_at(x / self.scale, y / self.scale)):
            el = spot.placed.el
            if el.kind == "scroll" and (dx if el.axis == "across" else dy):
                found = self.scrolls[el.key]
                if found.drag(-64 * (dx if el.axis == "across" else dy)):
                    if found.snap:
                        found.glide(0, self.now)
                    self.reached(found, el)
                    self.moved()
                return

    def key(self, code: int, *, long: bool = False) -> None:
        keys.press(self, code, long=long)

    def advance(self, t: float) -> float | None:
        self.now = max(self.now, t)
        self._fingers.advance(self.now)
        moving = self.moving()
        for scroll in self.scrolls.values():
            if scroll.advance(self.now) and scroll.end is not None and scroll.offset > scroll.limit - scroll.viewport:
                scroll.end()
        self._settle()
        self._notice()
        if int(self.time().timestamp() // 60) != self._minute:
            self._minute = int(self.time().timestamp() // 60)
            self.dirty()
        if self.toasted is not None and self.now >= self.toast_until:
            self.toasted = None
            self.dirty()
        self.app.advance(self.now)
        if moving:
            self.moved()
        return self._next()

    def _notice(self) -> None:
        """Battery, storage and faults are set from outside; what a phone says of them it says here."""
        noticed = (self.battery, self.storage, self.faults)
        if noticed == self._noticed:
            return
        before, self._noticed = self._noticed[2], (replace(self.battery), replace(self.storage), replace(self.faults))
        if self.faults.low_battery and not before.low_battery:
            self.popup("low_battery")
        if self.faults.full_storage and not before.full_storage:
            self.popup("storage_full")
        if self.faults.crash and self.faults.crash == self._front != LAUNCHER:
            self.crash()
        self.dirty()

    def _settle(self) -> None:
        """Movements that are over leave what they led to."""
        if self.transition is not None and self.now >= self.transition.start + LASTS[self.transition.turn]:
            self.transition = None
        if self.shade_move is not None:
            before, self.shade = self.shade, self.shade_move.at(self.now)
            if (before > 0) != (self.shade > 0):
                self.dirty()
            if self.shade_move.over(self.now):
                self.shade_move = None
        if self.lift_move is not None:
            self.lifted = self.lift_move.at(self.now)
            if self.lift_move.over(self.now):
                self.lift_move = None
        if self._wave is not None and self._wave[4] is not None and self.now >= self._wave[4] + 0.2:
            self._wave = None

    def _next(self) -> float | None:
        self.windows()
        if self.moving():
            return self.now + TICK
        minute = self.now + 60 - (self.shape.started + self.now) % 60
        times = [minute, self._fingers.due(), self.toast_until if self.toasted else None, self.app.due()]
        return min(time for time in times if time is not None)

    # -- apps

    def launch(self, package: str, activity: str | None = None) -> None:
        """Bring an app to the front, started anew where it does not run."""
        if self.packages.get(package) is None:
            raise Refused(f"{package} is not installed")
        self._on = True
        if self.faults.crash == package:
            self.stop(package)
            self.popup(f"crash:{package}")
            return
        self.running(package)
        self.show(package)
        self.app.shown(activity)
        self._ask_permissions(package)

    def _ask_permissions(self, package: str) -> None:
        """At an app's first start, one question after the other."""
        found = self.packages.get(package)
        wanted = [one for one in found.permissions if (package, one) not in self.granted] if found else []
        if wanted and package not in self.asked:
            self.asked.add(package)
            for one in reversed(wanted):
                self.popup(f"permission:{one}")

    def running(self, package: str) -> App:
        """The app, started where it does not run; not brought to the front."""
        if package not in self.apps:
            self.apps[package] = catalogue.start(self, package)
        return self.apps[package]

    def kind(self, package: str) -> type[App]:
        return catalogue.kind(package)

    def stop(self, package: str) -> None:
        if package == LAUNCHER:
            return
        if self.apps.pop(package, None) is not None:
            self.order = [one for one in self.order if one != package]
            if self._front == package:
                self._front, self.focus_on, self.menu = LAUNCHER, None, None
            self.dirty()

    def crash(self, package: str | None = None) -> None:
        """The app ends, and the phone says so."""
        package = package or self._front
        self.stop(package)
        self.popup(f"crash:{package}")

    def reboot(self) -> None:
        """Everything that ran is gone; the phone stands locked at its home screen."""
        for package in list(self.apps):
            self.stop(package)
        self.popups, self.notices, self.toasted = [], [], None
        self._on = True
        self.locked = True
        self.dirty()

    def clear(self, package: str) -> None:
        """Stopped, and all that it kept is gone."""
        self.stop(package)
        self.granted = {one for one in self.granted if one[0] != package}
        self.asked.discard(package)
        catalogue.forget(self, package)

    def installed(self) -> tuple[Package, ...]:
        return self.packages.all()

    def install(self, package: Package, *, downgrade: bool = False) -> None:
        """Refused, in the installer's words, where the package does not fit."""
        free = 0 if self.faults.full_storage else self.storage.free
        self.packages.check(package, free=free, downgrade=downgrade)
        self.stop(package.name)
        self.packages.install(package)
        self.storage.free -= package.size
        self.dirty()

    def uninstall(self, name: str) -> None:
        gone = self.packages.uninstall(name)
        self.clear(name)
        self.storage.free += gone.size
        self.dirty()

    # -- settings

    @property
    def locale(self) -> str:
        return self._locale

    @locale.setter
    def locale(self, locale: str) -> None:
        self._locale = locale
        self.properties["persist.sys.locale"] = locale
        self.keyboard.language = locale[:2] if locale[:2] in ("de", "ar", "ja") else "en"
        self._relaid()

    @property
    def dark(self) -> bool:
        return self._dark

    @dark.setter
    def dark(self, dark: bool) -> None:
        self._dark = dark
        self._relaid()

    def flip_dark(self) -> None:
        self.dark = not self._dark

    @property
    def rotation(self) -> int:
        return self._rotation

    @rotation.setter
    def rotation(self, rotation: int) -> None:
        if rotation % 4 != self._rotation:
            self._rotation = rotation % 4
            self._fingers.forget()
            self._relaid()

    def _relaid(self) -> None:
        self.room = Room(look(self.shape.skin, self._dark).face, words.right_to_left(self._locale))
        self.transition = None
        self._wave = None
        self.dirty()

    # -- for its parts

    def path_at(self, x: float, y: float) -> list[Spot]:
        return path_at(self.windows(), x, y, self.scrolls, self.room)

    def reached(self, scroll: Scroll, el: El) -> None:
        """A list near its end asks for more."""
        if el.end is not None and scroll.offset > scroll.limit - scroll.viewport:
            el.end()


def _properties(shape: Shape) -> dict[str, str]:
    return {
        "ro.product.model": shape.model,
        "ro.product.brand": "greenroom",
        "ro.product.manufacturer": "Greenroom",
        "ro.product.name": "greenroom_one",
        "ro.product.device": "greenroom",
        "ro.product.cpu.abi": "arm64-v8a",
        "ro.product.cpu.abilist": "arm64-v8a,armeabi-v7a,x86_64",
        "ro.build.version.release": "14",
        "ro.build.version.sdk": "34",
        "ro.build.id": "GR1A.260601.001",
        "ro.serialno": shape.serial,
        "ro.sf.lcd_density": str(shape.density),
        "persist.sys.locale": shape.locale,
        "sys.boot_completed": "1",
    }
