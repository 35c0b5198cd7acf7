"""What lies over a page: questions in its middle, sheets from its foot."""

from collections.abc import Sequence
from dataclasses import replace

from greenroom.agent.virtual.model.element import Act, El, at, box, column, edges, icon, row, space, stack, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import rule


def dialog(
    scene: Scene, title: str, body: str, *buttons: El, mark: str = "", inside: El | None = None, name: str = "dialog"
) -> El:
    """A question in the middle of the screen; what lies behind is darkened and waits."""
    look = scene.look
    wide = min(scene.width - 56, 300 if look.iphone else 330)
    if look.iphone:
        card = column(
            column(
                text(title, look.title, look.ink, spread="centre", lines=3, name="alert_title"),
                text(body, look.small, look.ink, spread="centre", lines=10, name="alert_message") if body else None,
                inside,
                pad=edges((18, 18)),
                gap=6,
            ),
            box(height=0.7, fill=look.line),
            _answers(scene, buttons),
            fill=look.card if not look.dark else look.raised,
            radius=16,
            clip=True,
            width=wide,
            role="dialog",
            name=name,
            solid=True,
        )
    else:
        card = column(
            row(icon(mark, look.accent, 26), spread="centre", pad=(0, 0, 0, 10)) if mark else None,
            text(
                title,
                replace(look.title, size=22, line=29),
                look.ink,
                lines=3,
                spread="centre" if mark else "start",
                name="alert_title",
            ),
            text(
                body,
                look.small,
                look.soft,
                lines=12,
                name="alert_message",
                pad=(0, 8, 0, 0),
                spread="centre" if mark else "start",
            )
            if body
            else None,
            inside,
            _answers(scene, buttons),
            pad=(24, 24, 16, 16),
            fill=look.card if not look.dark else look.raised,
            radius=26,
            width=wide,
            shadow=12,
            role="dialog",
            name=name,
            solid=True,
        )
    return stack(at(card), fill=0x7A000000, solid=True)


def sheet(scene: Scene, *rows: El | None, title: str = "", close: Act, name: str = "sheet") -> El:
    """What comes up from the foot; a tap beside it closes it."""
    look = scene.look
    handle = row(box(width=34, height=4.5, radius=2.5, fill=look.faint), spread="centre", pad=(0, 10, 0, 8))
    card = column(
        handle,
        text(title, look.title, look.ink, lines=1, pad=(20, 2, 20, 10)) if title else None,
        *rows,
        space(scene.bottom + 8),
        fill=look.card if not look.dark else look.raised,
        radius=24,
        role="dialog",
        name=name,
        solid=True,
        most=560,
    )
    behind = box(fill=0x66000000, tap=close, say=scene.say("close"), name="outside", role="button")
    side = max(0.0, (scene.width - 560) / 2)
    return stack(behind, at(card, side, None, side, -16))


def _answers(scene: Scene, buttons: Sequence[El]) -> El:
    """A dialog's buttons: two side by side, more of them under one another."""
    look = scene.look
    if look.iphone and len(buttons) < 3:
        return row(*(replace(one, grow=1, radius=0, height=46, pad=edges((4, 0))) for one in buttons))
    if look.iphone:
        each = [replace(one, radius=0, height=46) for one in buttons]
        return column(*[part for one in each for part in (rule(scene), one)][1:])
    if len(buttons) < 3:
        return row(*buttons, spread="end", gap=4, pad=(0, 16, 0, 0))
    full = [replace(one, fill=look.tint, radius=12 if place else 16, height=48) for place, one in enumerate(buttons)]
    return column(*full, gap=5, pad=(0, 20, 8, 4))
