"""Settings: switches that act on the phone at once, the language, storage, what the phone is, its apps."""

from functools import partial

from greenroom.agent.virtual.contracts import Refused
from greenroom.agent.virtual.model import words
from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.apps.settings_parts import (
    BLUE,
    GREEN,
    GREY,
    display,
    network,
    rows_of,
    system,
    words_of,
)
from greenroom.agent.virtual.model.controls import field
from greenroom.agent.virtual.model.element import El, box, column, edges, icon, row, stack, text
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, app_mark, button, group, item, listing, page, portrait, tile


class Settings(App):
    package = "com.greenroom.settings"
    word = "settings"
    mark = "settings"
    colours = (0xFF8A93A3, 0xFF565F70)

    def tile(self, scene: Scene, drawing: str, colour: int) -> El:
        """What a row begins with."""
        if scene.look.iphone:
            return tile(drawing, colour, 30, radius=7)
        return tile(drawing, colour, 40)

    def show_home(self, scene: Scene) -> El:
        person = item(scene, "Mira Sand", "mira@greenroom.example", mark=portrait("mira", 52), name="account")
        parts = [one(self, scene) for one in (network, display, system)]
        bar = app_bar(scene, scene.say("settings"), large=True)
        find = row(field(scene, "search", scene.say("search"), mark="search", grow=1), pad=edges((scene.side, 4)))
        wanted = self.texts.get("search", "").strip().casefold()
        if wanted:
            hits = [one for part in parts for one in rows_of(part) if wanted in words_of(one).casefold()]
            return page(scene, bar, find, listing(scene, "found", *hits))
        return page(scene, bar, find, listing(scene, "list", group(scene, person), *parts, pad=(0, 0, 0, 24)))

    def show_language(self, scene: Scene) -> El:
        say, chosen = scene.say, self.phone.locale
        tick = icon("check", scene.look.accent, 22)
        rows = [
            item(
                scene,
                words.NAMES[one],
                one,
                end=tick if one == chosen else box(width=22),
                tap=partial(self._speak, one),
                name=f"language_{one[:2]}",
            )
            for one in words.LOCALES
        ]
        return page(
            scene, app_bar(scene, say("language"), back=self._back), listing(scene, "list", group(scene, *rows))
        )

    def show_apps(self, scene: Scene) -> El:
        phone = self.phone
        rows = [
            item(
                scene,
                phone.label(one.name),
                f"{one.version} · {one.size / 1e6:.1f} MB",
                mark=app_mark(scene, phone.kind(one.name), 38),
                tap=partial(self.open, "app", one.name),
                name="app",
            )
            for one in phone.installed()
        ]
        return page(
            scene, app_bar(scene, scene.say("apps"), back=self._back), listing(scene, "list", group(scene, *rows))
        )

    def show_app(self, scene: Scene, package: str) -> El:
        phone, look, say = self.phone, scene.look, scene.say
        found = phone.packages.get(package)
        bar = app_bar(scene, say("app_info"), back=self._back)
        if found is None:
            return page(scene, bar, text(say("not_installed"), look.body, look.soft, pad=edges(24)))
        head = column(
            app_mark(scene, phone.kind(package), 72),
            text(phone.label(package), look.title, look.ink, lines=2, spread="centre"),
            text(package, look.small, look.soft, lines=1),
            align="centre",
            gap=8,
            pad=edges((24, 16)),
        )
        acts = row(
            button(
                scene,
                say("open"),
                partial(phone.launch, package),
                kind="tonal",
                name="open",
                mark="external-link",
                grow=1,
            ),
            button(
                scene,
                say("uninstall"),
                partial(self._ask_uninstall, package),
                kind="outlined",
                name="uninstall",
                mark="trash-2",
                enabled=not found.system,
                grow=1,
            ),
            gap=10,
            pad=edges((scene.side, 6)),
        )
        facts = group(
            scene,
            item(scene, say("version"), f"{found.version} ({found.code})"),
            item(scene, say("storage"), f"{found.size / 1e6:.1f} MB"),
            item(scene, say("permissions"), ", ".join(say(one) for one in found.permissions) or "–", under_lines=2),
        )
        return page(scene, bar, listing(scene, "list", head, acts, facts))

    def show_storage(self, scene: Scene) -> El:
        phone, look, say = self.phone, scene.look, scene.say
        total = phone.storage.total
        media = phone.files.used + 11_300_000_000
        apps = sum(one.size for one in phone.installed()) + 6_200_000_000
        system = max(0, total - phone.storage.free - media - apps)
        parts = (
            (say("photos"), media, BLUE, "image"),
            (say("apps"), apps, GREEN, "grid-2x2"),
            (say("system"), system, GREY, "settings"),
        )
        bars = row(
            *(box(height=14, fill=colour, grow=max(size / total, 0.002)) for _, size, colour, _ in parts),
            box(height=14, fill=look.raised, grow=max(0.002, phone.storage.free / total)),
            gap=2,
        )
        head = column(
            text(f"{(total - phone.storage.free) / 1e9:.1f} GB", look.headline, look.ink, name="used"),
            text(f"{say('used_of')} {total / 1e9:.0f} GB", look.small, look.soft),
            stack(bars, radius=7, clip=True, height=14),
            gap=6,
            pad=edges((scene.side + 6, 14)),
        )
        rows = [
            item(scene, name, f"{size / 1e9:.1f} GB", mark=self.tile(scene, drawing, colour))
            for name, size, colour, drawing in parts
        ]
        return page(
            scene, app_bar(scene, say("storage"), back=self._back), listing(scene, "list", head, group(scene, *rows))
        )

    def show_about(self, scene: Scene) -> El:
        phone, say = self.phone, scene.say
        of = phone.properties
        rows = [
            item(scene, say("model"), of["ro.product.model"], name="model"),
            item(scene, say("version"), of["ro.build.version.release"], name="version"),
            item(scene, say("serial"), of["ro.serialno"], name="serial"),
            item(scene, say("build"), of["ro.build.id"], name="build", tap=self._tap_build),
        ]
        mark = column(
            box(icon("smartphone", scene.look.on_tint, 44), width=96, height=96, radius=48, fill=scene.look.tint),
            align="centre",
            pad=edges((0, 24)),
        )
        return page(
            scene, app_bar(scene, say("about"), back=self._back), listing(scene, "list", mark, group(scene, *rows))
        )

    def shown(self, activity: str | None) -> None:
        wanted = (activity or "").rsplit(".", 1)[-1].removesuffix("Activity").lower()
        if wanted in ("language", "apps", "storage", "about") and self.page.name != wanted:
            self.open(wanted)

    def _speak(self, locale: str) -> None:
        self.phone.locale = locale

    def _tap_build(self) -> None:
        self.phone.toast(self.phone.properties["ro.build.id"])

    def _ask_uninstall(self, package: str) -> None:
        def ask(scene: Scene) -> El:
            title = f"{scene.say('uninstall')} {self.phone.label(package)}?"
            return dialog(
                scene,
                title,
                "",
                button(scene, scene.say("cancel"), self.close, kind="text", name="cancel"),
                button(
                    scene,
                    scene.say("uninstall"),
                    partial(self._uninstall, package),
                    kind="text",
                    name="confirm",
                    bad=True,
                ),
            )

        self.ask(ask)

    def _uninstall(self, package: str) -> None:
        self.close()
        try:
            self.phone.uninstall(package)
        except Refused as refused:
            self.phone.toast(str(refused))
            return
        self.back()

    def _back(self) -> None:
        self.back()
