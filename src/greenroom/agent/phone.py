"""One phone, whatever is behind it. Every call has a deadline and fails with an error of agent/errors.py."""

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Protocol

from greenroom.agent.drivers.channel import Channels
from greenroom.agent.phone_values import (
    Ability,
    App,
    Element,
    Front,
    Glance,
    Info,
    Key,
    Picture,
    Point,
    Progress,
    Quality,
    Size,
    Stop,
    VideoFrame,
)


class Phone(Protocol):
    @property
    def name(self) -> str:
        """What people call it; sentences of errors begin with it."""

    @property
    def abilities(self) -> frozenset[Ability]: ...

    @property
    def channels(self) -> Channels:
        """Video, input and tree, each with its own health."""

    async def ready(self, *, within: float = 120.0) -> None:
        """Return once it has started and takes orders."""

    async def alive(self) -> float:
        """Seconds that a trivial answer took."""

    async def glance(self) -> Glance:
        """What is in front and whether its screen is on, in one cheap question."""

    async def info(self) -> Info: ...

    # -- seeing ---------------------------------------------------------------------------------------------------

    async def screenshot(self) -> Picture:
        """In the phone's own pixels; ProtectedScreen instead of a black picture."""

    def live(self, quality: Quality) -> AsyncGenerator[VideoFrame, None]:
        """Frames from a key frame on, until it is closed; a slow reader loses frames up to a newer key frame.

        Those who look in the same size see the same picture.
        """

    def want_key(self, quality: Quality) -> None:
        """The live picture of this size is to show a key frame soon, moved or not; nothing where there is none."""

    def retune(self, quality: Quality) -> None:
        """The live picture of this size is to come at this rate from now on; those who look at it stay."""

    async def tree(self) -> Element: ...

    async def front(self) -> Front: ...

    # -- touching -------------------------------------------------------------------------------------------------

    async def tap(self, at: Point) -> None: ...

    async def long_tap(self, at: Point, *, held: float = 0.8) -> None: ...

    async def swipe(self, path: Sequence[Stop], frame: Size) -> None:
        """Along the path in its own time; Lost, with the finger lifted, when the screen turns meanwhile."""

    async def key(self, key: Key, *, long: bool = False) -> None: ...

    async def text(self, text: str) -> None:
        """Type into the field that has the cursor."""

    # -- apps -----------------------------------------------------------------------------------------------------

    async def launch(self, app: str, activity: str = "") -> None: ...

    async def stop(self, app: str) -> None: ...

    async def clear(self, app: str) -> None:
        """Forget all that the app has stored."""

    async def install(self, files: Sequence[Path], *, progress: Progress | None = None) -> None:
        """One package file, the files of one split package, or one archive that holds them."""

    async def uninstall(self, app: str) -> None: ...

    async def apps(self) -> tuple[App, ...]: ...

    # -- the rest -------------------------------------------------------------------------------------------------

    async def push(self, source: Path | bytes, target: str, *, progress: Progress | None = None) -> None: ...

    async def give(self, source: Path, name: str, *, progress: Progress | None = None) -> str:
        """Put it where people look: what can be seen into the gallery, else among the downloads; gives the place."""

    async def pull(self, source: str, target: Path, *, progress: Progress | None = None) -> None:
        """The file is there whole or not at all."""

    async def clipboard(self) -> str: ...

    async def set_clipboard(self, text: str) -> None: ...

    async def rotate(self, quarter: int) -> None:
        """0 upright, 1 to 3 quarter turns counter-clockwise."""

    async def reboot(self) -> None:
        """Returns as soon as it goes down; `ready` says when it is back."""

    async def close(self) -> None:
        """Let go of it; nothing on the phone stays running."""
