"""An app that was installed from outside: it shows its name and version, and nothing else."""

from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.app import App
from greenroom.agent.virtual.model.element import El, column, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, app_mark, page

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone


class Sample(App):
    word = ""
    mark = "package"
    colours = (0xFF7C8AA5, 0xFF55617A)

    def __init__(self, phone: "Phone", package: str) -> None:
        self.package = package  # type: ignore[misc] # one class stands for every package from outside
        super().__init__(phone)

    def show_home(self, scene: Scene) -> El:
        look = scene.look
        found = self.phone.packages.get(self.package)
        version = f"{scene.say('version')} {found.version}" if found else ""
        middle = column(
            app_mark(scene, self, 88),
            text(self.phone.label(self.package), look.headline, look.ink, spread="centre", lines=3, name="app_name"),
            text(version, look.small, look.soft, name="app_version"),
            align="centre", spread="centre", gap=14, grow=1, pad=(32, 0, 32, 0),
        )  # fmt: skip
        return page(scene, app_bar(scene, self.phone.label(self.package)), middle)
