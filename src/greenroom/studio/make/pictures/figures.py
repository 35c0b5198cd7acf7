"""Pictures of numbers: a share as a ring or a field of dots, two amounts as bars, one amount or count as large type."""

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Shot
from greenroom.studio.make import type as letters
from greenroom.studio.make.colour import argb, mix, on
from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen
from greenroom.studio.make.type import Face


def share(pen: Pen, ink: Inks, chance: Chance, shot: Shot, x: float, y: float) -> None:
    """One figure of a hundred: a ring, or a hundred dots of which so many are lit."""
    value = shot.figures[0][1]
    if chance.unit() < 0.5:
        pen.ring(x, y, 340, 118, ink.quiet)
        pen.arc(x, y, 340, -90, 3.6 * min(99.9, value), 118, ink.a)
        _type(pen, f"{value:g}%", x, y, 250, ink.main, 500)
        return
    step, size = 84, 33
    left, top = x - 4.5 * step, y - 4.5 * step
    for number in range(100):
        lit = number < round(value)
        pen.disc(left + number % 10 * step, top + (9 - number // 10) * step, size, ink.a if lit else ink.quiet)


def bars(pen: Pen, ink: Inks, chance: Chance, shot: Shot, x: float, y: float) -> None:
    """Two amounts on one scale that begins at nothing, with their labels and values."""
    (first, before), (second, after) = shot.figures[:2]
    highest, tall, wide = max(before, after) or 1.0, 620.0, 240.0
    floor = y + 300
    for label, value, at, colour in ((first, before, x - 190, ink.b), (second, after, x + 190, ink.a)):
        height = max(14.0, tall * value / highest)
        pen.box(at - wide / 2, floor - height, wide, height, colour, 26)
        pen.box(at - wide / 2, floor - min(height, 30), wide, min(height, 30), colour)
        _type(pen, _amount(value, shot.unit), at, floor - height - 66, 84, ink.main, 370)
        _type(pen, label, at, floor + 74, 62, mix(ink.main, ink.ground, 0.15), 370)
    pen.box(x - 400, floor, 800, 12, ink.main, 6)


def number(pen: Pen, ink: Inks, chance: Chance, shot: Shot, x: float, y: float) -> None:
    """One amount, very large, on a plate of colour."""
    amount, _, unit = shot.words.partition(" ")
    colour = chance.choice((ink.a, ink.b))
    turn = chance.choice((-5, -3, 3, 5))
    with pen.at(x, y, turn=turn):
        pen.box(-560, -300, 1120, 600, mix(colour, ink.dark, 0.18), 60)
    pen.box(x - 550, y - 310, 1100, 600, colour, 60)
    text = on(colour, ink.dark, ink.light)
    _type(pen, amount, x, y - (50 if unit else 0), 400, text, 980)
    if unit:
        _type(pen, unit, x, y + 176, 116, text, 940)


def count(pen: Pen, ink: Inks, chance: Chance, shot: Shot, x: float, y: float) -> None:
    """The number of a point on a list, in a shape of its own."""
    kind = chance.number(0, 3)
    colour = (ink.a, ink.b)[chance.number(0, 1)]
    if kind == 0:
        pen.disc(x + 60, y + 60, 440, ink.quiet)
        pen.disc(x, y, 410, colour)
    elif kind == 1:
        pen.box(x - 350, y - 350, 800, 800, ink.quiet, 90)
        pen.box(x - 400, y - 400, 800, 800, colour, 90)
    elif kind == 2:
        for turn in (0, 22.5, 45, 67.5):
            with pen.at(x, y, turn=turn):
                pen.box(-330, -330, 660, 660, colour, 70)
    else:
        pen.pie(x, y + 300, 480, 180, 180, ink.quiet)
        pen.box(x - 400, y - 330, 800, 700, colour, 380)
    _type(pen, shot.words, x, y, 640, on(colour, ink.dark, ink.light), 640)


def quote(pen: Pen, ink: Inks, chance: Chance, shot: Shot, x: float, y: float) -> None:
    """Quotation marks as large shapes, and a few ruled lines that fade."""
    base = y + 60
    for side, colour in ((-1, ink.a), (1, ink.b)):
        at = x + side * 190
        pen.disc(at, base, 150, colour)
        pen.path(
            f"M {at - 150} {base} C {at - 150} {base - 230} {at - 40} {base - 360} {at + 90} {base - 400} "
            f"L {at + 120} {base - 320} C {at + 40} {base - 280} {at - 10} {base - 220} {at - 10} {base - 120} Z",
            colour,
        )
    for row in range(5):
        pen.box(x - 470, base + 260 + row * 110, 940 - row * 150, 26, mix(ink.quiet, ink.ground, row / 6), 13)


def _amount(value: float, unit: str) -> str:
    sign, word = (unit[:1], unit[1:]) if unit[:1] in "$€£" and unit else ("", unit)
    return f"{sign}{value:,g}{word}"


def _type(pen: Pen, text: str, x: float, y: float, size: float, colour: str, width: float) -> None:
    """One line centred on a point, made smaller until it fits."""
    face = Face("display", size, -0.02 * size)
    wide = letters.measure(text, face)
    if wide > width:
        face = Face("display", size * width / wide, -0.02 * size * width / wide)
        wide = letters.measure(text, face)
    letters.draw(pen.canvas, text, x - wide / 2, y + face.ascent / 2, face, argb(colour))
