"""The home screen: clock and day, pages of apps, a dock, a search field."""

from functools import partial

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.model.apps import app as apps
from greenroom.agent.virtual.model.element import El, Type, box, column, icon, picture, row, scroll, space, stack, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_mark

DOCK = ("com.greenroom.notes", "com.greenroom.gallery", "com.greenroom.shop", "com.greenroom.feed")


class Launcher(apps.App):
    package = "com.greenroom.launcher"
    word = "home"
    mark = "house"
    colours = (0xFF5B6B8C, 0xFF3D4A66)
    hidden = True

    def light(self, scene: Scene) -> bool:
        return True

    def show_home(self, scene: Scene) -> El:
        phone, look = self.phone, scene.look
        shown = [one for one in phone.installed() if not phone.kind(one.name).hidden]
        columns = 6 if scene.wide else 4
        per = columns * (2 if scene.wide else 5)
        docked = [one for one in shown if one.name in DOCK]
        free = [one for one in shown if one.name not in DOCK] if not scene.wide else shown
        pages = [free[start : start + per] for start in range(0, max(1, len(free)), per)]
        sheets = [self._sheet(scene, one, columns, first=place == 0) for place, one in enumerate(pages)]
        pager = scroll(
            row(*sheets, align="stretch"), scene.key("pages"), axis="across", snap=True, role="list", name="workspace"
        )
        dots = row(
            *(
                box(width=6, height=6, radius=3, fill=0xE6FFFFFF if place == 0 else 0x73FFFFFF)
                for place in range(len(pages))
            ),
            spread="centre",
            gap=7,
            height=22,
        )
        foot = None if scene.wide else self._dock(scene, docked)
        inside = column(
            space(scene.top),
            pager,
            dots if len(pages) > 1 else space(22),
            foot,
            space(scene.bottom + (0 if look.iphone else 4)),
        )
        return stack(picture("wallpaper", phone.shape.seed, look.dark), inside)

    def _sheet(self, scene: Scene, packages: list[Package], columns: int, *, first: bool) -> El:
        rows = []
        for start in range(0, len(packages), columns):
            some = packages[start : start + columns]
            rows.append(
                row(
                    *(self._app(scene, one, named=True) for one in some),
                    *(space(grow=1) for _ in range(columns - len(some))),
                    align="start",
                )
            )
        head = None
        if first and not scene.wide:
            head = column(
                text(self.phone.clock(), Type(64, 400, 72, -1.5), 0xFFFFFFFF, name="clock_widget", spread="centre"),
                text(self.phone.today(), scene.look.title, 0xFFFFFFFF, name="date_widget", spread="centre"),
                pad=(0, 40, 0, 36),
            )
        return column(head or space(16), *rows, width=scene.width, pad=(14, 0, 14, 0), gap=18)

    def _app(self, scene: Scene, one: Package, *, named: bool) -> El:
        size = 60 if scene.look.iphone else 56
        label = (
            self.phone.label(one.name)
            if one.system or self.phone.kind(one.name).word == ""
            else scene.say(self.phone.kind(one.name).word)
        )
        words = text(label, scene.look.tiny, 0xFFFFFFFF, lines=1, spread="centre") if named else None
        return column(
            app_mark(scene, self.phone.kind(one.name), size),
            words,
            align="centre",
            gap=6,
            grow=1,
            pad=(0, 4, 0, 4),
            tap=partial(self.phone.launch, one.name),
            role="button",
            name="app_icon",
            say=label,
            text=label,
            radius=18,
        )

    def _dock(self, scene: Scene, docked: list[Package]) -> El:
        if scene.look.iphone:
            bar = row(
                *(self._app(scene, one, named=False) for one in docked),
                pad=(8, 12, 8, 12),
                radius=32,
                fill=0x4DFFFFFF,
                grow=1,
            )
            return row(bar, pad=(12, 0, 12, 0))
        search = row(
            icon("search", scene.look.soft, 20),
            text(scene.say("search"), scene.look.body, scene.look.soft, grow=1),
            icon("mic", scene.look.accent, 20),
            height=52,
            pad=(18, 0, 18, 0),
            gap=14,
            radius=26,
            fill=scene.look.card,
            tap=lambda: self.phone.toast(scene.say("search")),
            role="button",
            name="search_box",
            say=scene.say("search"),
        )
        return column(
            row(*(self._app(scene, one, named=False) for one in docked), pad=(14, 6, 14, 12)),
            row(search, pad=(20, 0, 20, 8), align="stretch"),
        )
