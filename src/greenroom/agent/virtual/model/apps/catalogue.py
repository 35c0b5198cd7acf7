"""Which app stands behind a package's name; a package that came from outside shows a plain sample."""

from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.apps.calculator import Calculator
from greenroom.agent.virtual.model.apps.camera import Camera
from greenroom.agent.virtual.model.apps.clock import Clock
from greenroom.agent.virtual.model.apps.feed import Feed
from greenroom.agent.virtual.model.apps.gallery import Gallery
from greenroom.agent.virtual.model.apps.installer import Installer
from greenroom.agent.virtual.model.apps.launcher import Launcher
from greenroom.agent.virtual.model.apps.notes import Notes
from greenroom.agent.virtual.model.apps.sample import Sample
from greenroom.agent.virtual.model.apps.settings import Settings
from greenroom.agent.virtual.model.apps.shop import Shop

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

_ALL: tuple[type[App], ...] = (Launcher, Settings, Notes, Gallery, Shop, Feed, Installer, Camera, Clock, Calculator)
KINDS = {one.package: one for one in _ALL}


def kind(package: str) -> type[App]:
    return KINDS.get(package, Sample)


def start(phone: "Phone", package: str) -> App:
    known = KINDS.get(package)
    return known(phone) if known is not None else Sample(phone, package)


def forget(phone: "Phone", package: str) -> None:
    """What the app keeps on the phone beside its own state."""
    phone.kept.pop(package, None)
