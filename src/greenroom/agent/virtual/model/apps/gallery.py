"""Gallery: sample photographs and the pictures in the phone's folders; one can be looked at, shared and deleted."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from greenroom.agent.virtual.draw import pictures
from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.apps.share import share_sheet
from greenroom.agent.virtual.model.element import El, box, column, edges, icon, picture, row, text
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, bottom_bar, button, empty, listing, page, tool

FOLDERS = ("/sdcard/DCIM/", "/sdcard/Pictures/", "/sdcard/Download/")
_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
SAMPLES = 14


@dataclass(frozen=True, slots=True)
class Photo:
    """`key` is what draws it; `path` empty for a sample."""

    key: tuple[object, ...]
    album: str
    name: str
    path: str = ""


@dataclass(slots=True)
class Kept:
    gone: set[str] = field(default_factory=set)
    liked: set[str] = field(default_factory=set)
    digests: dict[str, tuple[int, str]] = field(
        default_factory=dict
    )  # of a path: of which write, and "" for no picture


class Gallery(App):
    package = "com.greenroom.gallery"
    word = "gallery"
    mark = "image"
    colours = (0xFF4DB6F0, 0xFF2A7BD6)

    def start(self) -> None:
        self.kept: Kept = self.phone.kept.setdefault(self.package, Kept())
        self.tab = "photos"

    def photos(self) -> list[Photo]:
        """The newest first: what was pushed, then the samples."""
        found = []
        for path in reversed(list(self.phone.files)):
            if path.startswith(FOLDERS) and path.lower().endswith(_ENDINGS):
                digest = self._digest(path)
                if digest and pictures.learn(digest, self.phone.files[path]):
                    album = PurePosixPath(path).parent.name
                    found.append(Photo(("file", digest), album, PurePosixPath(path).name, path))
        for number in range(SAMPLES):
            name = f"IMG_{2041 - number}.jpg"
            if name not in self.kept.gone:
                found.append(Photo(("photo", f"{self.phone.shape.seed}/{number}"), "Samples", name))
        return found

    def _digest(self, path: str) -> str:
        stamp = self.phone.files.stamps[path]
        known = self.kept.digests.get(path)
        if known is None or known[0] != stamp:
            content = self.phone.files[path]
            digest = hashlib.sha256(content).hexdigest()
            known = self.kept.digests[path] = (stamp, digest if pictures.learn(digest, content) else "")
        return known[1]

    def light(self, scene: Scene) -> bool:
        return scene.look.dark or self.page.name == "photo"

    def show_home(self, scene: Scene) -> El:
        say = scene.say
        tabs = (("photos", "image", say("photos")), ("albums", "images", say("albums")))
        foot = bottom_bar(scene, tabs, self.tab, self._choose)
        found = self.photos()
        if not found:
            body = empty(scene, "image", say("no_photos"))
        elif self.tab == "photos":
            body = listing(scene, "photos", *self._grid(scene, found), pad=(0, 0, 0, 16))
        else:
            body = listing(scene, "albums", *self._albums(scene, found), pad=(scene.side, 8, scene.side, 16), gap=16)
        return page(scene, app_bar(scene, say(self.tab), large=True), body, foot=foot)

    def show_album(self, scene: Scene, name: str) -> El:
        found = [one for one in self.photos() if one.album == name]
        body = (
            listing(scene, "album", *self._grid(scene, found))
            if found
            else empty(scene, "image", scene.say("no_photos"))
        )
        return page(scene, app_bar(scene, name, back=self._back), body)

    def _grid(self, scene: Scene, found: list[Photo]) -> list[El]:
        columns = 6 if scene.wide else 3
        gap = 2.0
        size = (scene.width - gap * (columns - 1)) / columns
        rows: list[El] = []
        groups = (
            ((scene.say("today"), found[:5]), (scene.say("yesterday"), found[5:]))
            if self.page.name == "home"
            else (("", found),)
        )
        for title, photos in groups:
            if title and photos:
                rows.append(text(title, scene.look.label, scene.look.ink, pad=edges((scene.side, 12))))
            for start in range(0, len(photos), columns):
                cells = (
                    picture(
                        *one.key,
                        width=size,
                        height=size,
                        tap=partial(self.open, "photo", one.name, one.album),
                        say=one.name,
                        name="photo",
                    )
                    for one in photos[start : start + columns]
                )
                rows.append(row(*cells, gap=gap, pad=(0, 0, 0, gap)))
        return rows

    def _albums(self, scene: Scene, found: list[Photo]) -> list[El]:
        look = scene.look
        names = list(dict.fromkeys(one.album for one in found))
        columns = 4 if scene.wide else 2
        size = (scene.width - 2 * scene.side - 14 * (columns - 1)) / columns
        cards = []
        for name in names:
            mine = [one for one in found if one.album == name]
            cards.append(
                column(
                    picture(*mine[0].key, height=size, radius=look.radius + 4),
                    text(name, look.label, look.ink, lines=1),
                    text(str(len(mine)), look.small, look.soft),
                    gap=4,
                    width=size,
                    tap=partial(self.open, "album", name),
                    name="album",
                    role="button",
                    say=name,
                )
            )
        return [row(*cards[start : start + columns], gap=14, align="start") for start in range(0, len(cards), columns)]

    def show_photo(self, scene: Scene, name: str, album: str) -> El:
        say = scene.say
        one = next((photo for photo in self.photos() if (photo.name, photo.album) == (name, album)), None)
        if one is None:
            return page(scene, app_bar(scene, name, back=self._back), empty(scene, "image", say("no_photos")))
        white = 0xFFFFFFFF
        liked = one.name in self.kept.liked
        acts = (
            ("share-2", "share", partial(self._share, one)),
            ("!heart" if liked else "heart", "favourite", partial(self._like, one)),
            ("info", "info", partial(self.phone.toast, f"{one.album} · {one.name}")),
            ("trash-2", "delete", partial(self._ask_delete, one)),
        )
        tools = row(
            *(
                box(icon(mark, white, 24), grow=1, height=56, tap=does, role="button", name=key, say=key)
                for mark, key, does in acts
            )
        )
        arrow = tool(scene, "arrow-left", say("back"), self._back, name="navigate_up", colour=white)
        tall = min(scene.height - scene.top - scene.bottom - 150, scene.width * 1.2)
        shown = column(
            picture(*one.key, height=tall, name="picture", say=one.name, role="image"), spread="centre", grow=1
        )
        head = row(
            arrow,
            text(one.name, scene.look.label, white, lines=1, grow=1, name="toolbar_title"),
            height=56,
            pad=edges((4, 0)),
        )
        return column(box(height=scene.top), head, shown, tools, box(height=scene.bottom), fill=0xFF000000, solid=True)

    def _share(self, one: Photo) -> None:
        self.ask(lambda scene: share_sheet(scene, one.key, one.name))

    def _like(self, one: Photo) -> None:
        self.kept.liked ^= {one.name}

    def _ask_delete(self, one: Photo) -> None:
        def delete() -> None:
            self.close()
            self.back()
            if one.path:
                self.phone.files.pop(one.path, None)
            else:
                self.kept.gone.add(one.name)

        def ask(scene: Scene) -> El:
            cancel = button(scene, scene.say("cancel"), self.close, kind="text", name="cancel")
            return dialog(
                scene,
                f"{scene.say('delete')}?",
                one.name,
                cancel,
                button(scene, scene.say("delete"), delete, kind="text", name="confirm", bad=True),
            )

        self.ask(ask)

    def _choose(self, tab: str) -> None:
        self.tab = tab

    def _back(self) -> None:
        self.back()
