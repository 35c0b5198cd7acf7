"""What every app is: pages on top of one another, texts being written, perhaps something lying over the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.scene import Scene

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    args: tuple[Any, ...]
    serial: int


class App:
    """One running app. A page `name` is written by its method `show_name`; `over` lies above all pages."""

    package: ClassVar[str]
    word: ClassVar[str]  # its name, a key of words.py
    mark: ClassVar[str]  # its icon's drawing
    colours: ClassVar[tuple[int, int]]
    first: ClassVar[str] = "home"
    ink: ClassVar[int] = 0xFFFFFFFF
    hidden: ClassVar[bool] = False  # not on the home screen

    def __init__(self, phone: "Phone") -> None:
        self.phone = phone
        self.texts: dict[str, str] = {}
        self.token = object()  # this run of it alone: what a kept layout belongs to
        self.over: Callable[[Scene], El] | None = None
        self._serial = 0
        self.pages: list[Page] = [self._page(self.first)]
        self.start()

    def start(self) -> None:
        """State of the app's own; called once."""

    # -- what it shows

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def view(self, scene: Scene) -> El:
        made: El = getattr(self, f"show_{self.page.name}")(scene, *self.page.args)
        return made

    def activity(self) -> str:
        return (
            f".{self.page.name.replace('_', ' ').title().replace(' ', '')}Activity"
            if len(self.pages) > 1
            else ".MainActivity"
        )

    def secure(self) -> bool:
        """Whether what it shows now must not be seen in pictures."""
        return False

    def light(self, scene: Scene) -> bool:
        """Whether the bars' signs are light, for a dark page."""
        return scene.look.dark

    # -- what it does

    def open(self, name: str, *args: Any) -> None:
        """A page on top."""
        self.phone.turn("push")
        self.phone.toasted = None
        self.pages.append(self._page(name, *args))
        self.phone.dirty()

    def replace(self, name: str, *args: Any) -> None:
        """This page instead of the one on top."""
        self.pages[-1] = self._page(name, *args)
        self.phone.unfocus()
        self.phone.dirty()

    def back(self) -> bool:
        """What is on top goes; False where nothing is left to go but the app."""
        if self.over is not None:
            self.close()
            return True
        if len(self.pages) == 1:
            return False
        self.phone.turn("pop")
        gone = self.pages.pop()
        self.left(gone)
        self.phone.dirty()
        return True

    def home(self) -> None:
        """Only the first page."""
        if len(self.pages) > 1:
            self.phone.turn("pop")
            del self.pages[1:]
            self.phone.dirty()

    def left(self, page: Page) -> None:
        """A page was left by going back."""

    def ask(self, over: Callable[[Scene], El]) -> None:
        """Show a dialog or a sheet."""
        self.phone.unfocus()
        self.over = over
        self.phone.dirty()

    def close(self) -> None:
        self.over = None
        self.phone.dirty()

    def shown(self, activity: str | None) -> None:
        """Brought to the front, perhaps with one of its activities asked for."""

    def receive(self, key: tuple[object, ...]) -> None:
        """A picture was shared to this app; one that has no use for it says so."""
        self.phone.toast(self.phone.say("saved"))

    def advance(self, now: float) -> None:
        """Time has passed."""

    def due(self) -> float | None:
        """When the app wants to hear of the time again."""
        return None

    def typed(self, key: str) -> None:
        """The text under `key` has changed."""

    def submitted(self, key: str) -> None:
        """Enter was pressed in the field `key`."""

    def _page(self, name: str, *args: Any) -> Page:
        self._serial += 1
        return Page(name, args, self._serial)
