"""The groups of the settings' first page, and what a search looks for in them."""

from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model import words
from greenroom.agent.virtual.model.controls import switch_item
from greenroom.agent.virtual.model.element import El, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import group, item

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.settings import Settings

BLUE, GREEN, AMBER, VIOLET, GREY, TEAL = 0xFF3B7CF0, 0xFF2E9E5B, 0xFFE39A1F, 0xFF7B61D1, 0xFF6F7783, 0xFF1D9AA6


def network(app: "Settings", scene: Scene) -> El:
    """Wi-Fi, airplane mode, Bluetooth."""
    phone, say = app.phone, scene.say
    return group(
        scene,
        switch_item(
            scene,
            say("wifi"),
            phone.wifi,
            phone.flip_wifi,
            under="Backstage 5G" if phone.wifi else say("off"),
            mark=app.tile(scene, "wifi", BLUE),
            name="wifi",
        ),
        switch_item(
            scene,
            say("airplane"),
            phone.airplane,
            phone.flip_airplane,
            mark=app.tile(scene, "plane", AMBER),
            name="airplane",
        ),
        switch_item(
            scene,
            say("bluetooth"),
            phone.bluetooth,
            phone.flip_bluetooth,
            mark=app.tile(scene, "bluetooth", BLUE),
            name="bluetooth",
        ),
        title=say("network"),
    )


def display(app: "Settings", scene: Scene) -> El:
    """How the screen looks and turns."""
    phone, say = app.phone, scene.say
    return group(
        scene,
        switch_item(
            scene, say("dark"), phone.dark, phone.flip_dark, mark=app.tile(scene, "moon", VIOLET), name="dark_theme"
        ),
        switch_item(
            scene,
            say("rotation"),
            phone.auto_rotate,
            phone.flip_rotation,
            mark=app.tile(scene, "rotate-cw", GREEN),
            name="auto_rotate",
        ),
        title=say("display"),
    )


def system(app: "Settings", scene: Scene) -> El:
    """Language, apps, storage, battery, what the phone is."""
    phone, say = app.phone, scene.say
    used = phone.storage.total - phone.storage.free
    return group(
        scene,
        item(
            scene,
            say("language"),
            words.NAMES.get(phone.locale, phone.locale),
            mark=app.tile(scene, "languages", TEAL),
            tap=partial(app.open, "language"),
            name="language",
        ),
        item(
            scene,
            say("apps"),
            f"{len(phone.installed())}",
            mark=app.tile(scene, "grid-2x2", GREEN),
            tap=partial(app.open, "apps"),
            name="apps",
        ),
        item(
            scene,
            say("storage"),
            f"{used / 1e9:.1f} GB {say('used_of')} {phone.storage.total / 1e9:.0f} GB",
            mark=app.tile(scene, "hard-drive", GREY),
            tap=partial(app.open, "storage"),
            name="storage",
        ),
        item(
            scene,
            say("battery"),
            f"{phone.level()} %",
            mark=app.tile(scene, "battery", GREEN),
            name="battery",
            end=text(f"{phone.battery.temperature:.1f} °C", scene.look.small, scene.look.soft, lines=1),
        ),
        item(
            scene,
            say("about"),
            phone.shape.model,
            mark=app.tile(scene, "smartphone", GREY),
            tap=partial(app.open, "about"),
            name="about",
        ),
        title=say("system"),
    )


def rows_of(part: El) -> list[El]:
    found = [part] if part.role in ("row", "switch") else []
    return found + [one for child in part.children for one in rows_of(child)]


def words_of(el: El) -> str:
    return f"{el.text} " + " ".join(words_of(child) for child in el.children)
