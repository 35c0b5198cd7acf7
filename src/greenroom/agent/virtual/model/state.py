"""All that a phone knows of itself, its time and its drawing; what it does with that lies in classes upon it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from greenroom.agent.virtual.contracts import Battery, Faults, Shape, Storage
from greenroom.agent.virtual.model import words
from greenroom.agent.virtual.model.animate import Transition, Turn, rises
from greenroom.agent.virtual.model.compose import Window
from greenroom.agent.virtual.model.display import Wave
from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.files import Files
from greenroom.agent.virtual.model.keyboard import Keyboard
from greenroom.agent.virtual.model.layout import Room
from greenroom.agent.virtual.model.look import faded, look
from greenroom.agent.virtual.model.motion import Move, Scroll, ticked
from greenroom.agent.virtual.model.notices import Notice
from greenroom.agent.virtual.model.packages import SAMPLES, Packages
from greenroom.agent.virtual.model.popups import Popup
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.windows import windows

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.app import App
    from greenroom.agent.virtual.model.phone import Phone

LAUNCHER = "com.greenroom.launcher"


class State:
    """Nothing here acts. `dirty` says that elements have changed, `moved` that only their places or colours have."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.now = 0.0
        self.changed: Callable[[], None] | None = None
        self.clipboard = ""
        self.kept: dict[str, Any] = {}  # what apps keep when they are stopped, by package; gone when one is cleared
        self.battery = Battery()
        self.storage = Storage()
        self.faults = Faults()
        self.properties: dict[str, str] = {}
        self.packages = Packages()
        self.files = Files(self._file_changed, lambda: self.faults.full_storage)
        self.granted = {(one.name, permission) for one in SAMPLES for permission in one.permissions}
        self.granted.discard(("com.greenroom.camera", "camera"))
        self.asked: set[str] = set()  # packages that have asked for what they want to be allowed
        self.wifi, self.bluetooth, self.airplane, self.auto_rotate = True, True, False, True
        self.volume = 8
        self.apps: dict[str, App] = {}
        self.order: list[str] = []  # the apps in use, the newest first
        self.in_recents = False
        self.notices: list[Notice] = []
        self.popups: list[Popup] = []
        self.keyboard = Keyboard(
            shape.locale[:2] if shape.locale[:2] in words.NAMES or shape.locale[:2] in ("de", "ar", "ja") else "en"
        )
        self.focus_on: tuple[str, str] | None = None
        self.cursor = 0
        self.selected = False
        self.menu: Callable[[Scene], El] | None = None
        self.toasted: tuple[str, str] | None = None
        self.toast_until = 0.0
        self.toast_act: Callable[[], None] | None = None
        self.lifted = 0.0
        self.lift_move: Move | None = None
        self.shade = 0.0
        self.shade_move: Move | None = None
        self.scrolls: dict[str, Scroll] = {}
        self.transition: Transition | None = None
        self._front = LAUNCHER
        self._locale, self._dark, self._rotation, self._locked, self._on = shape.locale, shape.dark, 0, False, True
        self._version = 1
        self._windows: list[Window] | None = None
        self._came: dict[str, float] = {}
        self._wave: tuple[El, float, float, float, float | None] | None = None
        self._minute = 0
        self._noticed = (replace(self.battery), replace(self.storage), replace(self.faults))
        self.room = Room(look(shape.skin, shape.dark).face, words.right_to_left(shape.locale))

    # -- size and time

    @property
    def scale(self) -> float:
        return self.shape.density / 160

    @property
    def size(self) -> tuple[int, int]:
        """In pixels, as it is held now."""
        w, h = self.shape.width, self.shape.height
        return (h, w) if self._rotation % 2 else (w, h)

    @property
    def wide(self) -> float:
        return self.size[0] / self.scale

    @property
    def high(self) -> float:
        return self.size[1] / self.scale

    def time(self) -> datetime:
        """The phone's wall clock; it has no zone but its own."""
        return datetime.fromtimestamp(self.shape.started, UTC) + timedelta(seconds=self.now)

    def clock(self) -> str:
        at = self.time()
        if self._locale.startswith("en-US"):
            return f"{at.hour % 12 or 12}:{at.minute:02}"
        return f"{at.hour:02}:{at.minute:02}"

    def today(self) -> str:
        at = self.time()
        return words.date(self._locale, at.weekday(), at.day, at.month)

    # -- change

    def dirty(self) -> None:
        self._windows = None
        self.moved()

    def moved(self) -> None:
        self._version += 1
        if self.changed is not None:
            self.changed()

    def version(self) -> int:
        return self._version

    # -- what is shown

    @property
    def app(self) -> "App":
        return self.apps[self._front]

    def phone(self) -> "Phone":
        return self  # type: ignore[return-value] # State is only ever the base of a Phone

    def say(self, word: str) -> str:
        return words.speaker(self._locale)(word)

    def nav_height(self) -> float:
        """The three buttons, or the iPhone's line, at the foot; nothing on a locked Android."""
        seen = look(self.shape.skin, self._dark)
        if self._locked and not seen.iphone:
            return 0.0
        return 24.0 if seen.iphone and self._rotation % 2 else seen.nav

    def keyboard_shown(self) -> bool:
        return self.focus_on is not None and self.focus_on[0] == self._front

    def scene(self, app: "App | None" = None) -> Scene:
        """What the app in front, or another, writes its page with."""
        seen = look(self.shape.skin, self._dark)
        turned = self._rotation % 2 == 1
        bottom = self.nav_height()
        if self.keyboard_shown():
            bottom += self.keyboard.height(seen, wide=turned)
        app = app or self.app
        return Scene(
            seen,
            words.speaker(self._locale),
            self.wide,
            self.high,
            28.0 if turned else seen.status,
            bottom,
            self.phone(),
            app,
            f"{app.package}/{app.page.serial}/{app.page.name}",
        )

    def windows(self) -> list[Window]:
        if self._windows is None:
            self._windows = windows(self.phone())
            names = {window.name for window in self._windows}
            self._came = {name: at for name, at in self._came.items() if name in names}
            for name in names:
                self._came.setdefault(name, self.now)
            self._forget_scrolls()
        return self._windows

    def _forget_scrolls(self) -> None:
        """Of pages that are no longer open, once there are many."""
        if len(self.scrolls) > 150:
            alive = {f"{app.package}/{page.serial}" for app in self.apps.values() for page in app.pages}
            self.scrolls = {key: one for key, one in self.scrolls.items() if "/".join(key.split("/")[:2]) in alive}

    def scroll_of(self, key: str) -> Scroll:
        return self.scrolls[key]

    def risen(self, name: str) -> float:
        """How far a window has come since it was opened."""
        lasts = rises(name)
        left = max(0.0, 1 - ticked(self.now - self._came.get(name, self.now)) / lasts) if lasts else 0.0
        return 1 - left**3

    def turn(self, kind: Turn) -> None:
        """Remember what is shown, to go over from it to what will be."""
        window = next((one for one in self.windows() if one.name == "app"), None)
        if window is not None:
            self.transition = Transition(kind, window.placed, self.now, window.secure)

    # -- ripple

    def ripple(self, on: El | None, x: float, y: float) -> None:
        if on is None and self._wave is None:
            return
        self._wave = None if on is None else (on, x, y, self.now, None)
        self.moved()

    def release_ripple(self) -> None:
        if self._wave is not None:
            self._wave = (*self._wave[:4], self.now)

    def wave(self) -> Wave | None:
        if self._wave is None:
            return None
        on, x, y, start, left = self._wave
        share = min(1.0, ticked(self.now - start) / 0.25)
        strength = 1.0 if left is None else max(0.0, 1 - ticked(self.now - left) / 0.2)
        ink = look(self.shape.skin, self._dark).ink
        spread = self.wide * 2 if self.shape.skin == "iphone" else 12 + 190 * share
        return Wave(on, x, y, spread, strength, faded(ink, 0.12 * strength))

    # -- what a phone reads of itself

    def level(self) -> int:
        return min(self.battery.level, 4) if self.faults.low_battery else self.battery.level

    def label(self, package: str) -> str:
        """An app's name in the phone's language, or its own."""
        word = self.phone().kind(package).word
        if word:
            return self.say(word)
        found = self.packages.get(package)
        return found.label if found is not None else package

    def _file_changed(self, path: str) -> None:
        if self.apps:
            self.dirty()
