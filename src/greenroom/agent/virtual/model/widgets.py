"""The ready-made parts of screens: bars, rows, buttons, fields, cards, dialogs; the skin decides their shape."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.element import (
    Act,
    El,
    Pad,
    at,
    box,
    column,
    edges,
    icon,
    picture,
    row,
    scroll,
    space,
    stack,
    text,
)
from greenroom.agent.virtual.model.look import faded
from greenroom.agent.virtual.model.scene import Scene

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.app import App


def page(scene: Scene, bar: El | None, *body: El | None, foot: El | None = None, float_: El | None = None) -> El:
    """A whole page: bar, a body that takes the room, what stands at the foot, a button that floats."""
    under = box(height=scene.bottom, fill=foot.fill if foot is not None else 0)
    inside = column(space(scene.top), bar, *body, foot, under, fill=scene.look.back, solid=True)
    if float_ is None:
        return inside
    return stack(inside, at(float_, right=16, bottom=scene.bottom + 16 + (56 if foot is not None else 0)))


def app_bar(scene: Scene, title: str, *actions: El, back: Act | None = None, large: bool = False, fill: int = 0) -> El:
    look = scene.look
    arrow = None
    if back is not None:
        name = "chevron-left" if look.iphone else "arrow-left"
        colour = look.accent if look.iphone else look.ink
        arrow = tool(scene, name, scene.say("back"), back, name="navigate_up", colour=colour)
    if look.iphone and not large:
        middle = text(title, look.title, look.ink, lines=1, spread="centre", name="toolbar_title")
        tools = row(*actions, gap=0)
        return stack(
            at(middle, 56 + 30 * max(0, len(actions) - 1), None, 56 + 30 * max(0, len(actions) - 1), None),
            at(row(arrow), 2, None, None, None) if arrow else None,
            at(tools, None, None, 4, None),
            height=look.bar,
            fill=fill,
        )
    style = look.headline if large else look.title
    if scene.wide and large:
        style = look.title
    return row(
        arrow,
        text(
            title,
            style,
            look.ink,
            lines=1,
            grow=1,
            pad=edges((0 if arrow else scene.side - 4, 0)),
            name="toolbar_title",
        ),
        *actions,
        height=(look.bar if scene.wide else look.bar + 14) if large else look.bar,
        pad=edges((4, 0)),
        fill=fill,
    )


def tool(
    scene: Scene,
    picture_name: str,
    says: str,
    tap: Act,
    *,
    name: str = "",
    colour: int = 0,
    size: float = 24,
    badge: int = 0,
) -> El:
    """A button that is an icon; `badge` counts what waits there."""
    look = scene.look
    mark = icon(picture_name, colour or (look.accent if look.iphone else look.soft), size)
    inside = box(mark, width=48, height=44 if look.iphone else 48)
    if not badge:
        return replace(inside, tap=tap, say=says, role="button", name=name, radius=24)
    dot = box(
        text(str(badge), replace(look.tiny, size=10, line=14), 0xFFFFFFFF),
        fill=0xFFD93025,
        radius=8,
        width=16,
        height=16,
    )
    return stack(
        inside, at(dot, None, 5, 4, None), width=48, height=48, tap=tap, say=says, role="button", name=name, radius=24
    )


def button(
    scene: Scene,
    label: str,
    tap: Act,
    *,
    kind: str = "filled",
    name: str = "",
    mark: str = "",
    enabled: bool = True,
    grow: float = 0,
    bad: bool = False,
    small: bool = False,
) -> El:
    """A button with words; kind filled, tonal, outlined or text."""
    look = scene.look
    accent = look.bad if bad else look.accent
    fill, ink, line = {
        "filled": (accent, look.on_accent, 0),
        "tonal": (look.tint, look.on_tint, 0),
        "outlined": (0, accent, look.line if not look.iphone else accent),
        "text": (0, accent, 0),
    }[kind]
    if not enabled:
        fill, ink = (faded(look.ink, 0.1) if fill else 0), faded(look.ink, 0.38)
    high = 34 if small else 50 if look.iphone and kind in ("filled", "tonal") else 42
    return row(
        icon(mark, ink, 18) if mark else None,
        text(label, look.label, ink, lines=1, spread="centre"),
        height=high,
        pad=edges((14 if small or kind == "text" else 22, 0)),
        gap=8,
        spread="centre",
        fill=fill,
        line=line,
        radius=min(12, high / 2) if look.iphone and not small else high / 2,
        tap=tap,
        role="button",
        name=name,
        enabled=enabled,
        grow=grow,
    )


def item(
    scene: Scene,
    title: str,
    under: str = "",
    *,
    mark: El | None = None,
    end: El | None = None,
    tap: Act | None = None,
    hold: Act | None = None,
    name: str = "",
    lines: int = 1,
    pad: Pad | None = None,
    under_lines: int = 1,
) -> El:
    """A row of a list: something before, a title and a line under it, something at its end."""
    look = scene.look
    words = column(
        text(title, look.body, look.ink, lines=lines),
        text(under, look.small, look.soft, lines=under_lines) if under else None,
        grow=1,
        pad=edges((0, 9 if under else 12.5 if look.iphone else 19)),
    )
    if end is None and look.iphone and tap is not None:
        end = icon("chevron-right", look.line, 18)
    around = edges(pad) if pad is not None else edges((scene.side, 0))
    return row(
        mark, words, end, pad=around, gap=16 if mark else 12, tap=tap, hold=hold, name=name, role="row" if tap else ""
    )


def group(scene: Scene, *rows: El | None, title: str = "") -> El:
    """Rows that belong together: a card with hairlines on the iPhone, plain under a heading on Android."""
    look = scene.look
    kept = [one for one in rows if one is not None]
    heading = None
    if title:
        style = look.small if look.iphone else look.label
        words = title.upper() if look.iphone else title
        heading = text(
            words,
            style,
            look.soft if look.iphone else look.accent,
            pad=edges((scene.side + (12 if look.iphone else 0), 10)),
        )
    if not look.iphone:
        return column(heading, *kept, pad=(0, 4, 0, 8))
    lined: list[El] = []
    for place, one in enumerate(kept):
        if place:
            lined.append(
                row(box(height=0.7, fill=look.line, grow=1), pad=(56 if len(one.children) > 2 else 16, 0, 0, 0))
            )
        lined.append(replace(one, pad=(16, 0, 14, 0)))
    card = column(*lined, fill=look.card, radius=look.radius, clip=True)
    return column(heading, row(replace(card, grow=1), pad=edges((scene.side, 0))), pad=(0, 6, 0, 12))


def bottom_bar(scene: Scene, tabs: Sequence[tuple[str, str, str]], chosen: str, choose: Callable[[str], None]) -> El:
    """Tabs at the foot: (name, icon, label) each."""
    look = scene.look

    def tab(name: str, mark: str, label: str) -> El:
        on = name == chosen
        if look.iphone:
            ink = look.accent if on else look.faint
            inside = column(
                icon(mark, ink, 24), text(label, look.tiny, ink, lines=1), align="centre", gap=3, pad=(0, 7, 0, 2)
            )
        else:
            ink = look.on_tint if on else look.soft
            pill = box(icon(mark, ink, 22), width=60, height=30, radius=15, fill=look.tint if on else 0)
            style = replace(look.tiny, weight=700 if on else 500)
            inside = column(
                pill,
                text(label, style, look.ink if on else look.soft, lines=1),
                align="centre",
                gap=3,
                pad=(0, 9, 0, 6),
            )
        return replace(inside, grow=1, tap=lambda: choose(name), role="tab", checked=on, name=f"tab_{name}", say=label)

    bar = row(
        *(tab(*one) for one in tabs), align="start", fill=look.card if not look.iphone or not look.dark else 0xFF121214
    )
    return column(box(height=0.7, fill=look.line) if look.iphone else None, bar, fill=bar.fill)


def empty(scene: Scene, mark: str, words: str, *more: El) -> El:
    """A page's middle while there is nothing: a picture and a sentence."""
    look = scene.look
    return column(
        box(icon(mark, look.on_tint, 40), width=88, height=88, radius=44, fill=look.tint),
        text(words, look.body, look.soft, spread="centre", lines=3),
        *more,
        align="centre",
        spread="centre",
        gap=16,
        grow=1,
        pad=edges((40, 0)),
    )


def portrait(name: str, size: float) -> El:
    return picture("portrait", name, width=size, height=size, radius=size / 2)


def tile(mark: str, fill: int, size: float = 40, ink: int = 0xFFFFFFFF, radius: float | None = None) -> El:
    """A small coloured square or disc with an icon, as rows begin with."""
    return box(
        icon(mark, ink, size * 0.55), width=size, height=size, radius=size / 2 if radius is None else radius, fill=fill
    )


def rule(scene: Scene) -> El:
    return box(height=0.7, fill=scene.look.line)


def listing(
    scene: Scene, key: str, *rows: El | None, pad: Pad = 0, gap: float = 0, end: Act | None = None, name: str = "list"
) -> El:
    """A list that scrolls."""
    return scroll(column(*rows, pad=pad, gap=gap), scene.key(key), role="list", name=name, end=end)


def app_mark(scene: Scene, app: "type[App] | App", size: float) -> El:
    """An app's icon: a rounded square on the iPhone, a disc on Android."""
    radius = size * 0.23 if scene.look.iphone else size / 2
    return stack(
        picture("fade", *app.colours, radius=radius),
        box(icon(app.mark, app.ink, size * 0.54)),
        width=size,
        height=size,
        radius=radius,
    )
