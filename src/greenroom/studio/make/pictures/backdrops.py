"""What a drawn thing stands on: large calm shapes around the middle of the lower part of a picture."""

import math
from collections.abc import Callable

from greenroom.kit.chance import Chance
from greenroom.studio.make.colour import mix
from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen

Backdrop = Callable[[Pen, Inks, Chance, float, float, float, float], None]


def disc(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """One large disc, a smaller one that touches it, and a ring."""
    pen.disc(x, y, 452, ink.quiet)
    angle = math.radians(chance.real(20, 70) if chance.unit() < 0.5 else chance.real(110, 160))
    pen.disc(x + 470 * math.cos(angle), y + 470 * math.sin(angle), 120, ink.b)
    pen.ring(x - 500 * math.cos(angle), y - 400 * math.sin(angle), 70, 26, ink.a)


def arch(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """A tall arch with two more inside it, standing on the lower edge."""
    for step, colour in enumerate((ink.quiet, mix(ink.ground, ink.b, 0.35), mix(ink.ground, ink.main, 0.05))):
        half = 480 - step * 78
        pen.disc(x, y, half, colour)
        pen.box(x - half, y, 2 * half, height - y, colour)


def rays(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """A sunburst that fades into the ground before the headline begins."""
    count = chance.choice((12, 16, 20))
    for number in range(count):
        start = 360 / count * number + chance.number(0, 3)
        pen.pie(x, y, 560, start, 180 / count, ink.quiet)
    pen.disc(x, y, 330, mix(ink.ground, ink.b, 0.28))


def rings(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    for number, radius in enumerate((540, 460, 380, 300)):
        pen.ring(x, y, radius, 30, ink.quiet if number % 2 else mix(ink.ground, ink.a, 0.22))


def tiles(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """A band of quarter circles below the thing."""
    size = width / 6
    top = y + 250
    row = 0
    while top + row * size < height:
        for column in range(6):
            if row == 0 and chance.unit() < 0.25:
                continue
            _tile(pen, ink, chance, column * size, top + row * size, size)
        row += 1
    pen.disc(x, y, 400, mix(ink.ground, ink.main, 0.06))


def dots(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """A half-tone: dots that grow towards the bottom."""
    step = 72
    for row in range(int((height - y + 420) / step)):
        for column in range(int(width / step) + 1):
            part = row * step / (height - y + 420)
            shift = step / 2 if row % 2 else 0
            pen.disc(column * step + shift, y - 420 + row * step, 3 + 26 * part**1.3, ink.quiet)
    pen.disc(x, y, 380, mix(ink.ground, ink.b, 0.30))


def table(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    """A floor with a round shadow and one slanted wall of light."""
    pen.poly([(width * 0.12, y + 330), (width * 0.42, y - 470), (width, y - 470), (width, y + 330)], ink.quiet)
    pen.box(0, y + 330, width, height, mix(ink.ground, ink.b, 0.55))
    pen.oval(x, y + 350, 380, 46, ink.dark, opacity=0.16)


def waves(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, width: float, height: float) -> None:
    pen.disc(x, y, 410, ink.quiet)
    phase = chance.real(0, 6)
    for number, part in enumerate((0.25, 0.5, 0.75)):
        base = y + 300 + number * 150
        points = [(at, base + 46 * math.sin(at / 190 + phase + number * 1.3)) for at in range(-20, int(width) + 40, 12)]
        pen.poly([*points, (width + 40, height + 10), (-20, height + 10)], mix(ink.ground, ink.b, part))


BACKDROPS: tuple[Backdrop, ...] = (disc, arch, rays, rings, tiles, dots, table, waves)


def _tile(pen: Pen, ink: Inks, chance: Chance, x: float, y: float, size: float) -> None:
    back, front = chance.choice(
        (
            (ink.b, ink.a),
            (ink.quiet, ink.b),
            (mix(ink.ground, ink.a, 0.3), ink.main),
            (ink.quiet, ink.a),
            (ink.a, ink.light),
        )
    )
    pen.box(x, y, size + 1, size + 1, back)
    kind = chance.number(0, 4)
    if kind == 0:
        corner = chance.number(0, 3)
        pen.pie(x + (corner % 2) * size, y + (corner // 2) * size, size, (0, 90, 270, 180)[corner], 90, front)
    elif kind == 1:
        pen.disc(x + size / 2, y + size / 2, size * 0.32, front)
    elif kind == 2:
        pen.pie(x + size / 2, y + size, size / 2, 180, 180, front)
        pen.pie(x + size / 2, y + size / 2, size / 2, 180, 180, front)
    elif kind == 3:
        pen.poly([(x, y + size), (x + size, y), (x + size, y + size)], front)
