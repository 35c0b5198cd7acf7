"""Abstract places: layers of hills, a sea, dunes, a skyline, under a sun or a moon."""

import math
from collections.abc import Callable

from greenroom.kit.chance import Chance
from greenroom.studio.make.colour import luminance, mix
from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen

Scene = Callable[[Pen, Inks, Chance, float, float], None]


def hills(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    _sky(pen, ink, chance, width, 0.50 * height)
    for number in range(5):
        base = height * (0.56 + 0.095 * number)
        swell = chance.real(60, 130) * (1 - 0.08 * number)
        colour = mix(mix(ink.ground, ink.b, 0.35 + 0.16 * number), ink.dark, 0.04 + 0.13 * number)
        _ridge(pen, chance, width, height, base, swell, chance.real(260, 420), colour)


def dunes(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    _sky(pen, ink, chance, width, 0.49 * height)
    for number in range(4):
        base = height * (0.58 + 0.115 * number)
        peak = width * chance.real(0.15, 0.85)
        lit = mix(mix(ink.ground, ink.a, 0.45 + 0.15 * number), ink.dark, 0.03 * number)
        pen.path(
            f"M -20 {base + 130} C {peak * 0.4} {base + 120} {peak * 0.8} {base - 60} {peak} {base - 90} "
            f"C {peak + 200} {base - 40} {width * 0.9} {base + 100} {width + 20} {base + 60} "
            f"L {width + 20} {height} L -20 {height} Z",
            lit,
        )
        pen.path(
            f"M {peak} {base - 90} C {peak + 40} {base + 40} {peak - 120} {base + 160} {peak - 60} {height} "
            f"L {width + 20} {height} L {width + 20} {base + 60} C {width * 0.9} {base + 100} {peak + 200} "
            f"{base - 40} {peak} {base - 90} Z",
            mix(lit, ink.dark, 0.12),
        )


def sea(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    horizon = 0.62 * height
    x = _sky(pen, ink, chance, width, horizon - 40)
    water = mix(ink.ground, ink.b, 0.8)
    pen.box(0, horizon, width, height - horizon, water)
    for row in range(26):
        y = horizon + 16 + row * 30 + row * row * 0.5
        spread = 60 + row * 20
        length = chance.real(60, 190)
        at = x + chance.real(-spread, spread) - length / 2
        pen.box(at, y, length, 9 + row * 0.3, mix(water, ink.a, max(0.12, 0.9 - row * 0.03)), 6)
    for _ in range(14):
        at, y = chance.real(0, width), horizon + 30 + chance.real(0, height - horizon)
        pen.box(at, y, chance.real(50, 160), 8, mix(water, ink.main, 0.16), 4)
    boat = width * chance.real(0.2, 0.8)
    pen.poly([(boat, horizon - 96), (boat, horizon - 6), (boat + 58, horizon - 6)], ink.light)
    pen.poly([(boat - 8, horizon - 74), (boat - 8, horizon - 6), (boat - 40, horizon - 6)], mix(ink.light, ink.a, 0.3))
    pen.path(
        f"M {boat - 62} {horizon} L {boat + 74} {horizon} L {boat + 46} {horizon + 26} L {boat - 40} {horizon + 26} Z",
        ink.dark,
    )


def skyline(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    _sky(pen, ink, chance, width, 0.52 * height)
    for layer, part in enumerate((0.22, 0.45, 0.8)):
        x = -chance.real(0, 60)
        colour = mix(ink.ground, ink.dark if luminance(ink.ground) > 0.2 else ink.b, part)
        while x < width:
            wide = chance.number(90, 190)
            top = height * (0.60 + 0.09 * layer) - chance.real(0, 250)
            _house(pen, ink, chance, x, top, wide, height, colour, lit=layer == 2)
            x += wide + chance.number(0, 26)


def peaks(pen: Pen, ink: Inks, chance: Chance, width: float, height: float) -> None:
    _sky(pen, ink, chance, width, 0.48 * height)
    for layer in range(3):
        colour = mix(mix(ink.ground, ink.b, 0.4 + 0.25 * layer), ink.dark, 0.08 + 0.16 * layer)
        x = -chance.real(100, 300)
        while x < width + 100:
            half, tall = chance.real(240, 380), chance.real(330, 520) - layer * 70
            base, top = height, height * (0.62 + 0.11 * layer) - tall / 2
            middle = x + half
            pen.poly([(x - 60, base), (middle, top), (x + 2 * half + 60, base)], colour)
            pen.poly([(middle, top), (x + 2 * half + 60, base), (middle + 30, base)], mix(colour, ink.dark, 0.14))
            if layer == 0:
                cap = tall * 0.17
                slope = (half + 60) / (base - top)
                pen.poly(
                    [
                        (middle, top),
                        (middle + cap * slope, top + cap),
                        (middle + 12, top + cap * 0.72),
                        (middle - 18, top + cap * 1.05),
                        (middle - cap * slope, top + cap),
                    ],
                    ink.light,
                )
            x += half * chance.real(1.1, 1.5)


SCENES: tuple[Scene, ...] = (hills, dunes, sea, skyline, peaks)


def _sky(pen: Pen, ink: Inks, chance: Chance, width: float, low: float) -> float:
    """A sun or a moon a little above `low`, with a halo; stars on dark grounds. Returns its place across."""
    x = width * chance.real(0.3, 0.7)
    radius = chance.real(150, 210)
    y = low + chance.real(-30, 60)
    dark = luminance(ink.ground) < 0.12
    for grow, part in ((1.75, 0.10), (1.38, 0.22)):
        pen.disc(x, y, radius * grow, mix(ink.ground, ink.a, part))
    pen.disc(x, y, radius, ink.a if not dark else mix(ink.light, ink.a, 0.15))
    if dark:
        for _ in range(46):
            pen.disc(
                chance.real(0, width), chance.real(0, low + 100), chance.choice((2.5, 3.5, 5)), ink.light, opacity=0.8
            )
    else:
        for _ in range(2):
            cx, cy = width * chance.real(0, 1), low + chance.real(-200, 40)
            for dx, r in ((-70, 34), (0, 52), (74, 38)):
                pen.disc(cx + dx, cy, r, mix(ink.ground, ink.light, 0.6))
            pen.box(cx - 104, cy, 216, 38, mix(ink.ground, ink.light, 0.6), 19)
    return x


def _ridge(
    pen: Pen, chance: Chance, width: float, height: float, base: float, swell: float, length: float, colour: str
) -> None:
    first, second = chance.real(0, 6.3), chance.real(0, 6.3)
    points = [
        (x, base + swell * (0.7 * math.sin(x / length + first) + 0.3 * math.sin(x / length * 2.3 + second)))
        for x in range(-20, int(width) + 40, 12)
    ]
    pen.poly([*points, (width + 40, height + 10), (-20, height + 10)], colour)


def _house(
    pen: Pen, ink: Inks, chance: Chance, x: float, top: float, wide: float, height: float, colour: str, *, lit: bool
) -> None:
    pen.box(x, top, wide, height - top, colour)
    roof = chance.number(0, 3)
    if roof == 0:
        pen.poly([(x, top), (x + wide / 2, top - wide * 0.4), (x + wide, top)], colour)
    elif roof == 1:
        pen.box(x + wide * 0.3, top - 34, wide * 0.4, 40, colour)
    elif roof == 2:
        pen.line([(x + wide / 2, top), (x + wide / 2, top - 70)], 7, colour)
    if lit:
        for row in range(9):
            for column in range(int(wide // 44)):
                if chance.unit() < 0.42:
                    pen.box(x + 16 + column * 44, top + 26 + row * 56, 22, 28, ink.a, 3)
