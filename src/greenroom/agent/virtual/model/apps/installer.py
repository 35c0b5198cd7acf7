"""Installer: packages on offer, what a check says of them, what they ask for, and installing."""

from dataclasses import dataclass
from functools import partial

from greenroom.agent.virtual.contracts import Package, Refused
from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.element import El, box, column, edges, icon, row, text
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, app_mark, button, group, item, listing, page, tile

OFFERED = (
    Package("org.sample.lantern", "Lantern", "1.2", 12, size=3_800_000, permissions=("camera",)),
    Package("org.sample.tides", "Tide Tables", "4.0.1", 401, size=9_100_000),
    Package("com.greenroom.notes", "Notes", "3.3.0", 330, size=6_600_000),
    Package("org.sample.arcade", "Arcade (x86)", "2.0", 20, size=61_000_000, abis=("x86",)),
    Package("com.greenroom.shop", "Market Lane", "2.0.0", 200, size=21_000_000),
)


@dataclass(frozen=True, slots=True)
class Check:
    """A package under examination, until a moment."""

    package: Package
    until: float


class Installer(App):
    package = "com.greenroom.installer"
    word = "installer"
    mark = "download"
    colours = (0xFF5BC8A8, 0xFF2A8F86)

    def start(self) -> None:
        self.check: Check | None = None

    def show_home(self, scene: Scene) -> El:
        phone, say = self.phone, scene.say
        rows = []
        for one in OFFERED:
            old = phone.packages.get(one.name)
            state = f"{one.version} · {one.size / 1e6:.1f} MB"
            current = old is not None and old.code == one.code
            word = say("installed") if current else say("update") if old is not None else say("install")
            does = partial(phone.launch, one.name) if current else partial(self._begin, one)
            end = button(
                scene,
                word if not current else say("open"),
                does,
                kind="tonal",
                small=True,
                name="install" if not current else "open",
            )
            rows.append(
                item(scene, one.label, state, mark=app_mark(scene, phone.kind(one.name), 42), end=end, name="package")
            )
        shield = row(
            icon("shield-check", scene.look.good, 22),
            text(say("available"), scene.look.small, scene.look.soft, grow=1),
            gap=12,
            pad=edges((scene.side + 4, 8)),
        )
        return page(
            scene, app_bar(scene, say("installer"), large=True), listing(scene, "list", shield, group(scene, *rows))
        )

    def show_checking(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        check = self.check
        words = check.package.label if check is not None else ""
        middle = column(
            box(icon("shield", look.on_tint, 44), width=96, height=96, radius=48, fill=look.tint),
            text(f"{say('checking')}…", look.title, look.ink, name="checking"),
            text(words, look.body, look.soft),
            align="centre",
            spread="centre",
            gap=14,
            grow=1,
        )
        return page(scene, app_bar(scene, say("installer"), back=self._back), middle)

    def advance(self, now: float) -> None:
        if self.check is not None and now >= self.check.until:
            done, self.check = self.check.package, None
            self._judge(done)
            self.phone.dirty()

    def due(self) -> float | None:
        return self.check.until if self.check is not None else None

    def _begin(self, one: Package) -> None:
        self.check = Check(one, self.phone.now + 0.9)
        self.open("checking")

    def _judge(self, one: Package) -> None:
        """What stands against it, or what it wants to be allowed."""
        if self.page.name == "checking":
            self.back()
        free = 0 if self.phone.faults.full_storage else self.phone.storage.free
        try:
            self.phone.packages.check(one, free=free)
        except Refused as refused:
            problem = str(refused)
            self.ask(
                lambda scene: _answer(
                    scene,
                    one,
                    "not_installed",
                    problem,
                    button(scene, scene.say("ok"), self.close, kind="text", name="ok"),
                )
            )
            return
        self.ask(partial(self._permissions, one))

    def _permissions(self, one: Package, scene: Scene) -> El:
        say, look = scene.say, scene.look
        marks = {"camera": "camera", "photos": "image", "notifications": "bell"}
        asked = [
            row(
                tile(marks.get(each, "shield"), look.tint, 34, look.on_tint),
                text(say(each), look.body, look.ink, grow=1),
                gap=12,
                pad=edges((0, 4)),
            )
            for each in one.permissions
        ]
        title = f"{say('install')} {one.label}?"
        return dialog(
            scene,
            title,
            f"{one.version} · {one.size / 1e6:.1f} MB",
            button(scene, say("cancel"), self.close, kind="text", name="cancel"),
            button(scene, say("install"), partial(self._install, one), kind="text", name="confirm_install"),
            mark="package",
            inside=column(*asked, pad=(0, 10, 0, 0)) if asked else None,
            name="install_dialog",
        )

    def _install(self, one: Package) -> None:
        self.close()
        try:
            self.phone.install(one)
        except Refused as refused:
            self.phone.toast(str(refused))
            return
        self.phone.toast(self.phone.say("installed_ok"), self.phone.say("open"), partial(self.phone.launch, one.name))

    def _back(self) -> None:
        self.check = None
        self.back()


def _answer(scene: Scene, one: Package, word: str, problem: str, *buttons: El) -> El:
    return dialog(
        scene, scene.say(word), f"{one.label}: {problem}", *buttons, mark="triangle-alert", name="install_failed"
    )
