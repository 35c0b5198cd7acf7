"""Intents: what the words of `am` say, which app answers, and what is shared with it."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from greenroom.agent.virtual.keycodes import HOME
from greenroom.agent.virtual.model.apps.gallery import Gallery, Photo
from greenroom.agent.virtual.model.apps.share import share_sheet
from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.scene import Scene

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

MAIN, SEND = "android.intent.action.MAIN", "android.intent.action.SEND"
STREAM = "android.intent.extra.STREAM"
MEDIA = "/external/images/media/"  # in the media store's addresses, before a number
SETTINGS = "com.greenroom.settings"
BARE = frozenset({"-W", "-S", "-D", "-N", "--activity-clear-top", "--activity-single-top", "--activity-new-task"})
GRANTS = "--grant-"
EXTRAS = frozenset({"-e", "--es", "--ez", "--ei", "--el", "--ef", "--eu", "--esn"})


@dataclass(slots=True)
class Intent:
    """What the words of `am start` and `am broadcast` say."""

    action: str = ""
    data: str = ""
    type: str = ""
    component: str = ""
    package: str = ""
    flags: set[str] = field(default_factory=set)
    extras: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [
            f"act={self.action}" if self.action else "",
            f"cat=[{','.join(self.categories)}]" if self.categories else "",
        ]
        parts += [f"dat={self.data}" if self.data else "", f"cmp={self.component}" if self.component else ""]
        return f"Intent {{ {' '.join(part for part in parts if part)} }}"


def intent_of(words: list[str]) -> Intent:
    """The intent in a command's words."""
    intent, left = Intent(), list(words)
    while left:
        word = left.pop(0)
        if word in BARE or word.startswith(GRANTS):
            intent.flags.add(word)
        elif word in EXTRAS:
            key = left.pop(0)
            intent.extras[key] = left.pop(0) if word != "--esn" else ""
        elif word in ("-a", "-d", "-t", "-n", "-p", "-c", "-f", "--user", "--display", "--windowingMode"):
            value = left.pop(0)
            match word:
                case "-a":
                    intent.action = value
                case "-d":
                    intent.data = value
                case "-t":
                    intent.type = value
                case "-n":
                    intent.component = value
                case "-p":
                    intent.package = value
                case "-c":
                    intent.categories.append(value)
        elif "/" in word and ":" not in word:
            intent.component = word
        elif ":" in word:
            intent.data = word
        else:
            intent.package = word
    return intent


def receiver_of(device: "Android", intent: Intent) -> str:
    """The package that answers an intent without a name; nothing where none does."""
    if intent.action.startswith("android.settings."):
        return SETTINGS
    if intent.action == SEND and shared(device, intent):
        return Gallery.package  # whose share sheet asks where to
    if intent.action == MAIN:
        device.handset.key(HOME)
        return device.handset.phone.front()[0]
    return ""


def start(device: "Android", intent: Intent, package: str, activity: str) -> None:
    """Bring an app to the front, with a picture where one is shared."""
    phone = device.handset.phone
    photo = shared(device, intent) if intent.action == SEND else None
    phone.launch(package, activity.removeprefix(package) or None)
    if photo and package == Gallery.package:
        phone.app.ask(partial(_sheet, photo))
    elif photo:
        phone.app.receive(photo.key)
    device.handset.stirred()


def shared(device: "Android", intent: Intent) -> Photo | None:
    """The picture that an intent brings: a file, or a number of the media store as `content query` lists them."""
    target = urlsplit(intent.extras.get(STREAM) or intent.data)
    path = device.disk.resolve(unquote(target.path))
    if MEDIA in target.path:
        number = target.path.rpartition("/")[2]
        known = media(device)
        path = known[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(known) else ""
    gallery = device.handset.phone.running(Gallery.package)
    photos = gallery.photos() if isinstance(gallery, Gallery) else []
    return next((one for one in photos if one.path == path), None) if path else None


def media(device: "Android") -> list[str]:
    """The files of the shared storage, in the order of their numbers."""
    return [name for name in sorted(device.disk.files) if name.startswith("/sdcard/")]


def _sheet(photo: Photo, scene: Scene) -> El:
    return share_sheet(scene, photo.key, photo.name)
