"""The system's bars: clock and signs above, and below three buttons or the iPhone's line."""

from dataclasses import replace
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.element import Act, El, at, box, edges, icon, row, stack, text
from greenroom.agent.virtual.model.look import faded
from greenroom.agent.virtual.model.scene import Scene

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone


def status_bar(scene: Scene, *, light: bool) -> El:
    """The line above: time, what waits, signal, Wi-Fi, battery."""
    phone, look = scene.phone, scene.look
    ink = 0xFFFFFFFF if light else 0xFF1B1C1F
    clock = text(
        phone.clock(), replace(look.label, size=16.5 if look.iphone else 14.5, line=20), ink, name="clock", role="text"
    )
    waiting = None
    if phone.notices and not look.iphone:
        waiting = row(
            *(icon(one.mark, ink, 15) for one in phone.notices[:3]),
            gap=5,
            say=f"{len(phone.notices)}",
            name="notification_icons",
        )
    level = phone.level()
    battery = icon(
        f"=battery/{level}",
        0xFFD93025 if level <= 15 else ink,
        24 if look.iphone else 21,
        say=f"{scene.say('battery')} {level} %",
        name="battery",
    )
    wifi = icon("=wifi", ink, 18, say="Wi-Fi", name="wifi") if phone.wifi else None
    if phone.airplane:
        wifi = icon("plane", ink, 16, name="airplane")
    signs = row(
        None if phone.airplane else icon("=signal", ink, 17, name="signal"), wifi, battery, gap=5 if look.iphone else 4
    )
    side = 30.0 if look.iphone else 20.0
    if look.iphone and not scene.wide:
        island = box(width=112, height=32, radius=16, fill=0xFF000000)
        return stack(
            at(island, None, 10, None, None),
            at(clock, side + 6, 16, None, None),
            at(signs, None, 14, side - 4, None),
            height=scene.top,
        )
    return row(row(clock, waiting, gap=10), signs, spread="between", pad=edges((side, 0)), height=scene.top)


def navigation(scene: Scene, phone: "Phone", height: float, *, light: bool, fill: int = 0) -> El:
    """The way back, home and to the apps in use."""
    ink = 0xFFFFFFFF if light else 0xFF1B1C1F
    if scene.look.iphone:
        line = box(width=140 if not scene.wide else 210, height=5, radius=2.5, fill=ink)
        return stack(at(line, None, None, None, 8), height=height, name="home_indicator")

    def key(mark: str, name: str, says: str, tap: Act, size: float) -> El:
        return box(
            icon(mark, faded(ink, 0.86), size, plain=True),
            grow=1,
            tap=tap,
            role="button",
            name=name,
            say=says,
            radius=24,
        )

    return row(
        key("chevron-left", "back", scene.say("back"), phone.back, 26),
        key("circle", "home_button", scene.say("home"), phone.home, 19),
        key("square", "recent_apps", scene.say("recents"), phone.recents, 18),
        height=height, align="stretch", pad=edges((scene.width * 0.08, 0)), fill=fill, plain=True,
    )  # fmt: skip
