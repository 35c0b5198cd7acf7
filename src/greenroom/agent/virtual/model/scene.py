"""What a screen is written with: the look, the words, the room there is, and the phone that it acts upon."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.look import Look

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.app import App
    from greenroom.agent.virtual.model.phone import Phone


@dataclass(frozen=True, slots=True)
class Scene:
    """`width` and `height` are the whole screen's in dp; `top` and `bottom` what bars and keyboard take of it."""

    look: Look
    say: Callable[[str], str]
    width: float
    height: float
    top: float
    bottom: float
    phone: "Phone"
    app: "App"
    page: str  # of this page alone, so that two pages' lists do not scroll together

    @property
    def wide(self) -> bool:
        return self.width > self.height

    @property
    def side(self) -> float:
        """The margin at both sides of a page."""
        return 20 if self.look.iphone else 16

    def key(self, name: str) -> str:
        return f"{self.page}/{name}"
