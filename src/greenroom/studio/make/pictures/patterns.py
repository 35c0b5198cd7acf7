"""Generative grounds without a thing in them: tiles, flowing lines, arcs, discs. Calm above, full below."""

import math
from collections.abc import Callable

from greenroom.kit.chance import Chance
from greenroom.studio.make.colour import mix
from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen

Pattern = Callable[[Pen, Inks, Chance, float, float], None]


def flow(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    """Lines that run side by side and bend together."""
    first, second = chance.real(0, 6.3), chance.real(0, 6.3)
    colours = (ink.a, ink.b, ink.main, ink.quiet, mix(ink.ground, ink.b, 0.5), mix(ink.ground, ink.a, 0.5))
    for number in range(24):
        base = height * 0.45 + number * 56
        points = [
            (
                x,
                base
                + 110 * math.sin(x / 330 + first + number * 0.05)
                + 60 * math.sin(x / 150 + second + number * 0.11),
            )
            for x in range(-40, int(width) + 60, 16)
        ]
        pen.line(points, 26, colours[chance.number(0, 5)] if number > 2 else ink.quiet)


def arcs(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    """Rainbows of different sizes, stacked like scales."""
    radius = width / 4
    for row in range(9):
        y = height * 0.52 + row * radius * 0.62
        shift = radius if row % 2 else 0
        for column in range(-1, 4):
            x = column * 2 * radius + shift
            if row == 0 and chance.unit() < 0.45:
                continue
            colours = chance.shuffled((ink.a, ink.b, ink.main, ink.light, mix(ink.a, ink.b, 0.5)))
            pen.disc(x, y, radius, ink.ground)
            for step, colour in enumerate(colours[:4]):
                pen.disc(x, y, radius * (0.94 - 0.22 * step), colour)


def orbit(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    """A large body, its rings, and small bodies on them."""
    x, y = width * chance.real(0.42, 0.58), height * 0.57
    for number, radius in enumerate((290, 370, 450, 530)):
        pen.ring(x, y, radius, 6, mix(ink.ground, ink.main, 0.3))
        angle = chance.real(0.25, 2.9) if radius > 400 else chance.real(0, 6.28)
        size = chance.real(26, 62)
        pen.disc(
            x + radius * math.cos(angle), y + radius * math.sin(angle), size, (ink.b, ink.a, ink.main, ink.b)[number]
        )
    pen.disc(x, y, 210, ink.a)
    with pen.within_disc(x, y, 210):
        for row in range(6):
            pen.box(x - 260, y - 190 + row * 78, 520, 30, ink.half(ink.a), 15)


def blocks(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    """Overlapping sheets of paper, cut round."""
    colours = chance.shuffled((ink.a, ink.b, mix(ink.ground, ink.b, 0.4), mix(ink.ground, ink.a, 0.4), ink.main))
    for number, colour in enumerate(colours):
        y = height * (0.50 + 0.10 * number)
        turn = chance.real(-14, 14)
        with pen.at(width * chance.real(0.2, 0.8), y + 500, turn=turn):
            pen.box(-900, -480, 1800, 1400, colour, 120)


def calm(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    """For the end card: rings so quiet that text can stand on them anywhere."""
    x, y = width * chance.real(0.2, 0.8), height * chance.real(0.75, 0.95)
    for number in range(9, 0, -1):
        pen.disc(x, y, number * 190, mix(ink.ground, ink.main, 0.018 * (10 - number)))


PATTERNS: tuple[Pattern, ...] = (flow, arcs, orbit, blocks)
