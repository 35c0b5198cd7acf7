"""Which windows the screen has now, from the phone's state: app, dialogs, keyboard, bars, shade, lock."""

from typing import TYPE_CHECKING

from greenroom.agent.virtual.model import bars, keyboard, lock, notices, popups, recents
from greenroom.agent.virtual.model.compose import Window, measure_scrolls
from greenroom.agent.virtual.model.element import El, at, edges, row, stack, text
from greenroom.agent.virtual.model.layout import place
from greenroom.agent.virtual.model.scene import Scene

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

SYSTEM = "com.android.systemui"


def windows(phone: "Phone") -> list[Window]:
    """From the lowest to the topmost, laid out."""
    scene = phone.scene()
    app = phone.app
    found: list[Window] = []

    def add(
        name: str, el: El, package: str = SYSTEM, *, modal: bool = False, still: bool = False, secure: bool = False
    ) -> None:
        placed = place(el, scene.width, scene.height, phone.room)
        measure_scrolls(placed, phone.scrolls)
        found.append(Window(name, package, placed, modal, still, secure))

    light = app.light(scene) or app.secure()
    if phone.locked:
        add("keyguard", lock.view(scene), modal=True)
        light = True
    elif phone.in_recents:
        add("recents", recents.view(scene), modal=True)
        light = True
    else:
        add("app", app.view(scene), app.package, secure=app.secure())
        if app.over is not None:
            add("over", app.over(scene), app.package, modal=True, secure=app.secure())
        if phone.keyboard_shown():
            high = phone.keyboard.height(scene.look, wide=scene.wide)
            add(
                "input",
                stack(at(keyboard.view(scene, phone.keyboard, high), 0, None, 0, phone.nav_height())),
                "com.greenroom.keyboard",
            )
        if phone.menu is not None:
            add("menu", phone.menu(scene), app.package, modal=True)
        if phone.toasted is not None:
            add("toast", _toast(scene, *phone.toasted))
    if phone.nav_height():
        bottom = phone.nav_height()
        dark_foot = light or (phone.keyboard_shown() and scene.look.dark)
        fill = (
            (0xFF1A1C21 if scene.look.dark else 0xFFE6E9F1) if phone.keyboard_shown() and not scene.look.iphone else 0
        )
        foot = bars.navigation(
            scene, phone, bottom, light=bool((dark_foot and not fill) or (fill and scene.look.dark)), fill=fill
        )
        add("navigation", stack(at(foot, 0, None, 0, 0)), still=scene.look.iphone)
    add(
        "status",
        stack(at(bars.status_bar(scene, light=scene.look.dark if phone.shade > 0.5 else light), 0, 0, 0, None)),
        still=True,
    )
    if phone.shade > 0:
        add("shade", notices.view(scene), modal=True)
    if phone.popups and not phone.locked:
        add("popup", popups.view(scene, phone.popups[-1]), popups.PACKAGE, modal=True)
    return found


def _toast(scene: Scene, words: str, label: str) -> El:
    """Words that go by themselves; with a button they are a bar at the foot."""
    look = scene.look
    if not label:
        pill = row(
            text(words, look.small, look.on_inverse, lines=2),
            pad=edges((20, 12)),
            radius=22,
            fill=look.inverse,
            most=scene.width - 60,
            name="toast",
            role="toast",
            text=words,
        )
        return stack(at(pill, None, None, None, scene.bottom + 84))
    act = row(
        text(label, look.label, look.accent if look.dark != look.iphone else 0xFF9CC3FF, lines=1),
        pad=edges((12, 12)),
        tap=scene.phone.act_on_toast,
        role="button",
        name="snackbar_action",
    )
    bar = row(
        text(words, look.small, look.on_inverse, lines=2, grow=1, name="snackbar_text"), act,
        pad=(16, 2, 4, 2), radius=10, fill=look.inverse, shadow=6, solid=True, name="snackbar", role="toast",
    )  # fmt: skip
    return stack(at(bar, 12, None, 12, scene.bottom + 76))
