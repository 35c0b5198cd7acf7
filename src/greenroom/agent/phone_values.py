"""What a phone is asked for and what it answers, the same for every driver."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Size = tuple[int, int]  # width, height in pixels
Progress = Callable[[int, int], None]  # bytes done, bytes in all


class Ability(StrEnum):
    """An extra that a driver declares; what is not declared answers NotSupported."""

    VIDEO_H264 = "video_h264"
    VIDEO_JPEG = "video_jpeg"
    SWIPE_PATH = "swipe_path"  # else a straight line from the first point to the last
    UNICODE_TEXT = "unicode_text"
    TREE = "tree"
    APPS = "apps"  # lists what is installed
    CLEAR = "clear"
    INSTALL = "install"
    FILES = "files"
    CLIPBOARD_READ = "clipboard_read"
    CLIPBOARD_WRITE = "clipboard_write"
    ROTATE = "rotate"
    REBOOT = "reboot"
    STORAGE = "storage"
    KEY_BACK = "key_back"
    KEY_RECENTS = "key_recents"
    KEY_NOTIFICATIONS = "key_notifications"


class Key(StrEnum):
    """Keys by meaning; a driver knows their codes."""

    HOME = "home"
    BACK = "back"
    RECENTS = "recents"
    POWER = "power"
    VOLUME_UP = "volume_up"
    VOLUME_DOWN = "volume_down"
    ENTER = "enter"
    DELETE = "delete"
    TAB = "tab"
    ESCAPE = "escape"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    WAKE = "wake"
    SLEEP = "sleep"
    MENU = "menu"
    NOTIFICATIONS = "notifications"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the frame that somebody saw; `frame` is that frame's size."""

    x: int
    y: int
    frame: Size


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a finger is at `at` seconds after it went down."""

    x: int
    y: int
    at: float


@dataclass(frozen=True, slots=True)
class Battery:
    """Level in percent, temperature in degrees Celsius."""

    level: int
    charging: bool
    temperature: float | None = None
    health: str = "unknown"


@dataclass(frozen=True, slots=True)
class Storage:
    """In bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Info:
    """`size` in pixels as the phone is held now; `locale` as en-US; `storage` None where the phone does not tell.

    `installed`: the number that its system drew for itself when it was set up; empty where the phone does not tell.
    """

    platform: Literal["android", "ios"]
    model: str
    maker: str
    system: str
    serial: str
    size: Size
    density: int
    locale: str
    battery: Battery | None
    storage: Storage | None
    abis: tuple[str, ...] = ()
    sdk: int = 0
    installed: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot. `rgba`: rows of 4 bytes a pixel without padding; else a PNG or JPEG file."""

    width: int
    height: int
    kind: Literal["rgba", "png", "jpeg"]
    data: bytes | bytearray | memoryview

    def pixels(self) -> "NDArray[np.uint8]":
        """H x W x 4 without a copy; only for `rgba`."""
        import numpy as np  # loaded with the first picture: an agent that starts is there sooner

        if self.kind != "rgba":
            raise ValueError(f"a {self.kind} picture has to be decoded first")
        return np.frombuffer(self.data, np.uint8).reshape(self.height, self.width, 4)

    def black(self) -> bool:
        """Whether nothing at all is lit; only for `rgba`."""
        pixels = self.pixels()
        return not pixels[::37, ::23, :3].any() and not pixels[:, :, :3].any()


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One access unit: H.264 in Annex B, parameter sets in front of key frames; or one JPEG, always key.

    `number` rises by one with each frame of a stream; `moment` is the phone's own clock in microseconds.
    """

    codec: str  # "avc1.42c01e" or "jpeg"
    size: Size
    key: bool
    moment: int
    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Quality:
    """`longest` side in pixels, 0: as the phone is."""

    longest: int = 800
    fps: int = 15
    bit_rate: int = 1_000_000


THUMBNAIL = Quality(480, 8, 500_000)
FOCUS = Quality(1280, 30, 4_000_000)


@dataclass(frozen=True)
class Element:
    """One element of what is shown; `box` is left, top, right, bottom in pixels of the whole screen."""

    kind: str
    id: str = ""
    text: str = ""
    description: str = ""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    package: str = ""
    clickable: bool = False
    editable: bool = False
    focused: bool = False
    checked: bool | None = None
    scrollable: bool = False
    enabled: bool = True
    password: bool = False
    children: tuple["Element", ...] = field(default=(), repr=False)

    @cached_property
    def count(self) -> int:
        """Itself and all below it."""
        return 1 + sum(child.count for child in self.children)


@dataclass(frozen=True, slots=True)
class Front:
    """What is in front; an iPhone has no activities."""

    app: str
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """`app` in front, empty where the phone shows none; `awake` None where it does not tell."""

    app: str = ""
    awake: bool | None = None


@dataclass(frozen=True, slots=True)
class App:
    """`code` is Android's version code, which decides what is newer."""

    id: str
    version: str = ""
    code: int = 0
    system: bool = False
