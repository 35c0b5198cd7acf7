"""The seam between the model of a phone and the servers in front of it: what they may ask and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
Action = Literal["down", "move", "up"]
Skin = Literal["android", "iphone"]


class Refused(Exception):
    """The phone will not do that; the text is what a phone's own tool would say."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element of what is shown; `box` is left, top, right, bottom in pixels of the phone's own screen.

    `id` is "package:id/name", or "" where it has no name. `kind`: screen, window, text, image, button, tab, key, field,
    switch, row, list, dialog, toast, keyboard, group. A protected window's nodes are `secure`.
    """

    id: str
    kind: str
    text: str
    description: str
    box: tuple[int, int, int, int]
    clickable: bool = False
    editable: bool = False
    focused: bool = False
    checked: bool | None = None
    scrollable: bool = False
    enabled: bool = True
    password: bool = False
    secure: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """An installed app. `abis` empty: runs anywhere; `permissions` are asked for at its first start."""

    name: str
    label: str
    version: str = "1.0"
    code: int = 1
    activity: str = ".MainActivity"
    system: bool = False
    size: int = 4_000_000
    signer: str = "sample"
    abis: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    minimum_sdk: int = 24


@dataclass(slots=True)
class Battery:
    level: int = 87
    charging: bool = True
    temperature: float = 27.4


@dataclass(slots=True)
class Storage:
    """In bytes."""

    free: int = 78_400_000_000
    total: int = 128_000_000_000


@dataclass(slots=True)
class Faults:
    """Switches. The model itself acts on `black`, `crash`, `low_battery` and `full_storage`; servers on the others."""

    hang: bool = False
    slow_s: float = 0.0
    black: bool = False
    crash: str = ""
    low_battery: bool = False
    full_storage: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How the phone is made. `density` in dots per 160 dp; an iPhone of scale 3 has 480."""

    skin: Skin = "android"
    width: int = 1080
    height: int = 2400
    density: int = 420
    seed: int | str = 1
    locale: str = "en-US"
    dark: bool = False
    account: str = "mira"
    serial: str = "emulator-5554"
    model: str = "Greenroom One"
    started: int = 1_780_300_800  # the phone's wall clock at its time 0, in seconds since 1970, local time
    properties: dict[str, str] = field(default_factory=dict)


ANDROID = Shape()
ANDROID_SMALL = Shape(width=720, height=1600, density=280)
IPHONE = Shape(skin="iphone", width=1170, height=2532, density=480, model="iPhone 14")


class Screen(Protocol):
    """What a server may ask of one phone."""

    changed: Callable[[], None] | None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels now, after rotation."""

    def version(self) -> int:
        """Rises with every visible change."""

    def moving(self) -> bool:
        """Whether an animation is under way; a phone that waits for idle waits until this is False."""

    def tree(self) -> Node: ...

    def frame(self, *, width: int | None = None) -> Frame:
        """H x W x 4 RGBA, read-only, kept per version; black where the shown window is secure."""

    def front(self) -> tuple[str, str]:
        """Package and activity in front."""


class Hands(Protocol):
    """What a server may do to it; times in seconds of the phone's own monotonic clock, which starts at 0."""

    def touch(self, action: Action, x: int, y: int, t: float, pointer: int = 0) -> None: ...

    def scroll(self, x: int, y: int, dx: float, dy: float) -> None:
        """A wheel: positive `dy` moves towards the start of a list; one unit is 64 dp."""

    def key(self, code: int, *, long: bool = False) -> None:
        """An Android key code; unknown ones do nothing."""

    def text(self, text: str) -> None:
        """Type into the focused field; nothing where none is."""

    def advance(self, t: float) -> float | None:
        """Let time pass up to `t`; answers when it wants to be called next (animation, toast, the minute), or None."""
