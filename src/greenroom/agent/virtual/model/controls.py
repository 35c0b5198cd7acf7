"""What is set and written in: switches, fields, chips; the skin decides their shape."""

from dataclasses import replace
from typing import Any

from greenroom.agent.virtual.model.element import Act, El, at, box, column, edges, icon, row, stack, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import item


def switch(scene: Scene, on: bool, *, enabled: bool = True) -> El:
    """How a switch looks; the row around it is what is tapped."""
    look = scene.look
    if look.iphone:
        knob = box(fill=0xFFFFFFFF, radius=13.5, width=27, height=27, shadow=2)
        side = at(knob, None, 2, 2, None) if on else at(knob, 2, 2, None, None)
        return stack(
            side, width=51, height=31, radius=15.5, fill=look.good if on else look.raised, opacity=1 if enabled else 0.5
        )
    size = 24 if on else 16
    knob = box(fill=look.on_accent if on else look.faint, radius=size / 2, width=size, height=size)
    edge = 4.0 if on else 8.0
    side = at(knob, None, edge, edge, None) if on else at(knob, edge, edge, None, None)
    return stack(
        side,
        width=52,
        height=32,
        radius=16,
        fill=look.accent if on else look.raised,
        line=0 if on else look.faint,
        opacity=1 if enabled else 0.5,
    )


def switch_item(
    scene: Scene, title: str, on: bool, flip: Act, *, under: str = "", mark: El | None = None, name: str = ""
) -> El:
    """A row with a switch; tapping anywhere on it flips it."""
    made = item(scene, title, under, mark=mark, end=switch(scene, on), tap=flip, name=name, under_lines=2)
    return replace(made, role="switch", checked=on)


def field(
    scene: Scene,
    key: str,
    label: str,
    *,
    mark: str = "",
    password: bool = False,
    problem: str = "",
    lines: int = 1,
    plain: bool = False,
    shape: float | None = None,
    grow: float = 0,
) -> El:
    """A field to write into; its text is the app's under `key`. `plain`: without a frame, as an editor has it."""
    look = scene.look
    value, focused = scene.app.texts.get(key, ""), scene.phone.focused(scene.app, key)
    shown = "•" * len(value) if password else value
    cursor = scene.phone.cursor if focused else 0
    if focused:
        shown = f"{shown[:cursor]}\u2009|\u2009{shown[cursor:]}" if cursor < len(shown) else f"{shown}|"
    quiet = not value and not focused
    words = text(
        label if quiet else shown,
        look.body,
        look.faint if quiet else look.ink,
        lines=lines if lines != 1 else 1,
        pad=edges((0, 0 if lines == 1 else 6)),
    )
    tap, hold = (lambda: scene.phone.focus(scene.app, key)), (lambda: scene.phone.offer_paste(scene.app, key))
    common: dict[str, Any] = {
        "tap": tap,
        "hold": hold,
        "name": key,
        "role": "field",
        "say": label,
        "text": value,
        "password": password,
    }
    if plain:
        return column(words, focused=focused, grow=grow, **common)
    head = text(label, look.tiny, look.bad if problem else look.accent if focused else look.soft, lines=1)
    many = lines != 1
    inside = row(
        icon(mark, look.soft, 20) if mark else None,
        column(
            head if (value or focused) and not mark else None,
            words,
            grow=1,
            spread="centre",
        ),
        tool_clear(scene, key) if mark and value else None,
        height=None if many else (46 if mark else 56),
        pad=edges((14, 8 if many else 0)),
        gap=10,
        fill=look.card if not look.iphone or not mark else look.raised,
        line=look.bad if problem else look.accent if focused and not mark else 0 if mark or look.iphone else look.line,
        radius=shape if shape is not None else (10 if look.iphone else 28 if mark else 10),
        focused=focused,
        **common,
    )
    under = text(problem, look.small, look.bad, pad=(14, 4, 14, 0)) if problem else None
    return column(inside, under, grow=grow)


def tool_clear(scene: Scene, key: str) -> El:
    def clear() -> None:
        scene.app.texts[key] = ""
        scene.app.typed(key)
        scene.phone.dirty()

    return box(
        icon("x", scene.look.soft, 18),
        width=32,
        height=32,
        tap=clear,
        say=scene.say("clear"),
        role="button",
        name=f"{key}_clear",
    )


def chip(scene: Scene, label: str, chosen: bool, tap: Act, *, mark: str = "", name: str = "") -> El:
    look = scene.look
    ink = look.on_tint if chosen else look.soft
    return row(
        icon(mark, ink, 16) if mark else None,
        text(label, look.label, ink, lines=1),
        height=34,
        pad=edges((14, 0)),
        gap=6,
        radius=17 if look.iphone else 9,
        fill=look.tint if chosen else look.card if look.iphone else 0,
        line=0 if chosen or look.iphone else look.line,
        tap=tap,
        role="button",
        checked=chosen,
        name=name,
    )
