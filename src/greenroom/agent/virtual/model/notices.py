"""What waits for the person: notifications, and the shade in which they hang with the quick switches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from greenroom.agent.virtual.model.element import Act, El, box, column, edges, icon, row, scroll, space, stack, text
from greenroom.agent.virtual.model.look import faded
from greenroom.agent.virtual.model.scene import Scene


@dataclass(frozen=True, slots=True)
class Notice:
    """`package` is opened by a tap; empty: nothing is."""

    title: str
    text: str
    package: str = ""
    mark: str = "bell"
    at: str = ""


def view(scene: Scene) -> El:
    """The shade, pulled down from above."""
    look, phone = scene.look, scene.phone
    wide = min(scene.width, 480.0)
    back = 0xFA15171C if look.dark else 0xFAE9ECF3
    day = text(phone.today(), look.label, look.ink, grow=1, lines=1, name="date")
    switches: list[tuple[str, str, bool, Act]] = [
        ("wifi", "wifi", phone.wifi, phone.flip_wifi),
        ("bluetooth", "bluetooth", phone.bluetooth, phone.flip_bluetooth),
        ("dark", "moon", phone.dark, phone.flip_dark),
        ("rotation", "rotate-cw", phone.auto_rotate, phone.flip_rotation),
        ("airplane", "plane", phone.airplane, phone.flip_airplane),
        ("settings", "settings", False, partial(phone.launch, "com.greenroom.settings")),
    ]
    tiles = [_tile(scene, *one) for one in switches]
    rows = [row(*tiles[place : place + 2], gap=10) for place in range(0, len(tiles), 2)]
    waiting = [_card(scene, one) for one in phone.notices]
    foot = row(
        text(scene.say("clear_all"), look.label, look.accent),
        spread="centre",
        pad=edges((0, 14)),
        tap=phone.clear_notices,
        role="button",
        name="clear_all",
    )
    none = text(
        scene.say("no_notifications"),
        look.small,
        look.soft,
        spread="centre",
        pad=(0, 28, 0, 20),
        name="no_notifications",
    )
    inside = column(
        space(scene.top + 6),
        row(day, pad=edges((8, 6))),
        *rows,
        space(4),
        scroll(column(*waiting, gap=8) if waiting else none, scene.key("shade"), role="list"),
        foot if waiting else None,
        space(scene.bottom),
        width=wide,
        pad=edges((14, 0)),
        gap=10,
    )
    close = partial(phone.open_shade, False)
    return stack(
        box(fill=back, tap=close, name="scrim", say=scene.say("close")),
        column(replace(inside, grow=1), align="centre"),
        solid=True,
        name="notification_shade",
    )


def _tile(scene: Scene, word: str, mark: str, on: bool, flip: Callable[[], None]) -> El:
    look = scene.look
    ink = look.on_accent if on else look.ink
    return row(
        icon(mark, ink, 21),
        text(scene.say(word), look.label, ink, lines=1, grow=1),
        grow=1,
        height=60,
        pad=edges((16, 0)),
        gap=12,
        radius=20 if look.iphone else 28,
        fill=look.accent if on else faded(look.ink, 0.09),
        tap=flip,
        role="switch",
        checked=on,
        name=f"tile_{word}",
    )


def _card(scene: Scene, one: Notice) -> El:
    look, phone = scene.look, scene.phone
    return row(
        box(icon(one.mark, look.on_tint, 18), width=36, height=36, radius=18, fill=look.tint),
        column(
            row(text(one.title, look.label, look.ink, lines=1, grow=1), text(one.at, look.tiny, look.soft), gap=8),
            text(one.text, look.small, look.soft, lines=2),
            grow=1,
            gap=1,
        ),
        pad=(14, 12, 14, 12),
        gap=12,
        radius=22,
        fill=0xFFFFFFFF if not look.dark else look.raised,
        align="start",
        tap=partial(phone.open_notice, one),
        role="row",
        name="notification",
    )
