"""Small drawings of things, flat and geometric, each in a box of 200 by 200 around (0, 0)."""

from collections.abc import Callable

from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen

Drawing = Callable[[Pen, Inks], None]


def bubble(pen: Pen, ink: Inks) -> None:
    pen.box(-92, -84, 150, 108, ink.b, 34)
    pen.poly([(-60, 10), (-66, 56), (-18, 18)], ink.b)
    pen.box(-30, -34, 124, 92, ink.main, 30)
    pen.poly([(48, 48), (74, 88), (80, 40)], ink.main)
    for x in (4, 32, 60):
        pen.disc(x, 12, 9, ink.a)


def pencil(pen: Pen, ink: Inks) -> None:
    pen.box(-84, 66, 168, 12, ink.b, 6)
    with pen.at(0, -6, turn=-42):
        pen.box(-74, -20, 116, 20, ink.a)
        pen.box(-74, 0, 116, 20, ink.half(ink.a))
        pen.box(-98, -20, 26, 40, ink.b, 8)
        pen.box(-80, -20, 10, 40, ink.light)
        pen.poly([(42, -20), (42, 20), (94, 0)], ink.light)
        pen.poly([(76, -7), (76, 7), (94, 0)], ink.dark)


def gauge(pen: Pen, ink: Inks) -> None:
    pen.arc(0, 34, 78, 180, 62, 26, ink.b)
    pen.arc(0, 34, 78, 252, 36, 26, ink.main)
    pen.arc(0, 34, 78, 300, 60, 26, ink.a)
    pen.line([(0, 34), (44, -12)], 14, ink.main)
    pen.disc(0, 34, 18, ink.main)
    pen.disc(0, 34, 7, ink.a)


def bulb(pen: Pen, ink: Inks) -> None:
    for angle in range(-150, -29, 30):
        with pen.at(0, -16, turn=angle):
            pen.line([(80, 0), (98, 0)], 9, ink.b)
    pen.disc(0, -16, 62, ink.a)
    pen.path("M 0 -78 C 34 -78 62 -50 62 -16 C 62 10 48 24 36 40 L 0 40 Z", ink.half(ink.a))
    pen.path("M -62 -16 C -62 10 -48 24 -36 40 L 36 40 C 48 24 62 10 62 -16 L 0 -30 Z", ink.a)
    pen.path("M 0 -30 L 62 -16 C 62 10 48 24 36 40 L 0 40 Z", ink.half(ink.a))
    pen.line([(-18, -8), (-6, 12), (6, -8), (18, 12)], 7, ink.light)
    pen.box(-32, 46, 64, 15, ink.main, 7)
    pen.box(-26, 65, 52, 15, ink.main, 7)
    pen.box(-14, 84, 28, 10, ink.b, 5)


def lens(pen: Pen, ink: Inks) -> None:
    pen.line([(36, 36), (82, 82)], 30, ink.main)
    pen.line([(58, 58), (82, 82)], 30, ink.a)
    pen.disc(-16, -16, 68, ink.main)
    pen.disc(-16, -16, 50, ink.b)
    with pen.within_disc(-16, -16, 50):
        pen.poly([(-66, 34), (34, -66), (60, -40), (-40, 60)], ink.light, 0.28)
    pen.arc(-16, -16, 34, 190, 70, 9, ink.light)


def key(pen: Pen, ink: Inks) -> None:
    with pen.at(0, 0, turn=-38):
        pen.box(-20, -11, 112, 22, ink.a)
        pen.box(56, 8, 16, 30, ink.a, 3)
        pen.box(78, 8, 16, 24, ink.a, 3)
        pen.disc(-48, 0, 48, ink.a)
        pen.pie(-48, 0, 48, 0, 180, ink.half(ink.a))
        pen.disc(-52, 0, 20, ink.ground)


def target(pen: Pen, ink: Inks) -> None:
    for radius, colour in ((92, ink.main), (68, ink.light), (46, ink.a), (20, ink.light)):
        pen.disc(0, 6, radius, colour)
    pen.line([(0, 6), (70, -64)], 11, ink.b)
    pen.poly([(58, -52), (60, -84), (92, -94), (88, -62)], ink.b)


def calendar(pen: Pen, ink: Inks) -> None:
    pen.box(-84, -70, 168, 158, ink.light, 20)
    pen.box(-84, -70, 168, 44, ink.a, 20)
    pen.box(-84, -46, 168, 22, ink.a)
    for x in (-44, 44):
        pen.line([(x, -88), (x, -56)], 13, ink.main)
    for row in range(3):
        for column in range(4):
            here = ink.b if (row, column) == (1, 2) else ink.quiet if ink.ground != ink.light else "#DDD8CC"
            pen.box(-66 + column * 35, -8 + row * 31, 26, 22, here, 6)


def book(pen: Pen, ink: Inks) -> None:
    pen.path("M 0 -54 C -26 -78 -66 -78 -94 -64 L -94 62 C -66 48 -26 48 0 72 Z", ink.light)
    pen.path("M 0 -54 C 26 -78 66 -78 94 -64 L 94 62 C 66 48 26 48 0 72 Z", "#E9E3D6")
    pen.path(
        "M 0 72 C -26 48 -66 48 -94 62 L -94 80 C -60 66 -26 68 0 90 C 26 68 60 66 94 80 L 94 62 C 66 48 26 48 0 72 Z",
        ink.a,
    )
    for y in (-32, -8, 16):
        pen.path(f"M -74 {y - 8} C -54 {y - 14} -36 {y - 12} -20 {y - 2}", ink.b, 8)
        pen.path(f"M 74 {y - 8} C 54 {y - 14} 36 {y - 12} 20 {y - 2}", ink.b, 8)
    pen.poly([(40, -72), (62, -72), (62, -16), (51, -28), (40, -16)], ink.a)


def path(pen: Pen, ink: Inks) -> None:
    pen.path("M -60 92 C -90 40 60 40 36 -4 C 18 -38 -60 -22 -38 -70", ink.main, 20)
    for x, y in ((-58, 84), (-6, 44), (38, 4), (-18, -30)):
        pen.disc(x, y, 5, ink.ground)
    pen.path("M -38 -60 C -62 -84 -56 -104 -38 -104 C -20 -104 -14 -84 -38 -60 Z", ink.a)
    pen.disc(-38, -88, 8, ink.light)
    pen.poly([(50, 92), (72, 54), (94, 92)], ink.b)
    pen.poly([(52, -28), (72, -62), (92, -28)], ink.b)


def people(pen: Pen, ink: Inks) -> None:
    pen.disc(-46, -38, 28, ink.b)
    pen.path("M -98 82 C -98 14 6 14 6 82 Z", ink.b)
    pen.disc(40, -46, 33, ink.a)
    pen.path("M -20 92 C -20 2 98 2 98 92 Z", ink.a)
    pen.path("M 40 22 C 74 22 98 44 98 92 L 40 92 Z", ink.half(ink.a))


def chart(pen: Pen, ink: Inks) -> None:
    pen.box(-90, 30, 38, 58, ink.b, 6)
    pen.box(-38, 0, 38, 88, ink.a, 6)
    pen.box(14, -34, 38, 122, ink.half(ink.a), 6)
    pen.line([(-84, -8), (-30, -40), (10, -34), (78, -84)], 12, ink.main)
    pen.poly([(52, -92), (92, -96), (86, -58)], ink.main)
    pen.box(66, 52, 24, 36, ink.quiet, 6)


def scale(pen: Pen, ink: Inks) -> None:
    pen.box(-6, -72, 12, 150, ink.main, 6)
    pen.box(-48, 76, 96, 14, ink.main, 7)
    pen.line([(-76, -46), (76, -66)], 12, ink.main)
    for x, y, colour in ((-76, -46, ink.a), (76, -66, ink.b)):
        pen.line([(x, y), (x - 24, y + 62)], 5, ink.main)
        pen.line([(x, y), (x + 24, y + 62)], 5, ink.main)
        pen.pie(x, y + 60, 36, 0, 180, colour)
    pen.disc(0, -76, 14, ink.a)


def arrows(pen: Pen, ink: Inks) -> None:
    pen.line([(-84, -34), (36, -34)], 26, ink.a)
    pen.poly([(28, -78), (94, -34), (28, 10)], ink.a)
    pen.line([(84, 42), (-36, 42)], 26, ink.b)
    pen.poly([(-28, -2), (-94, 42), (-28, 86)], ink.b)


def coins(pen: Pen, ink: Inks) -> None:
    for column, (x, count) in enumerate(((-62, 2), (0, 4), (62, 6))):
        for level in range(count):
            y = 74 - level * 24
            face = ink.a if (level + column) % 2 else ink.b
            pen.box(x - 30, y - 8, 60, 20, ink.half(face), 9)
            pen.box(x - 30, y - 13, 60, 16, face, 8)
    pen.disc(62, -84, 26, ink.main)
    pen.disc(62, -84, 17, ink.a)


def hourglass(pen: Pen, ink: Inks) -> None:
    pen.path(
        "M -56 -76 L 56 -76 C 56 -30 16 -18 12 0 C 16 18 56 30 56 76 L -56 76 C -56 30 -16 18 -12 0 C -16 "
        "-18 -56 -30 -56 -76 Z",
        ink.light,
    )
    pen.path("M -42 -44 L 42 -44 C 34 -22 12 -14 0 2 C -12 -14 -34 -22 -42 -44 Z", ink.a)
    pen.path("M -48 76 C -40 44 -10 44 0 34 C 10 44 40 44 48 76 Z", ink.a)
    pen.line([(0, -6), (0, 40)], 6, ink.a)
    pen.box(-74, -94, 148, 20, ink.main, 10)
    pen.box(-74, 74, 148, 20, ink.main, 10)


def clock(pen: Pen, ink: Inks) -> None:
    pen.disc(0, 0, 92, ink.main)
    pen.disc(0, 0, 74, ink.light)
    pen.pie(0, 0, 74, -90, 120, ink.b, 0.35)
    for angle in range(0, 360, 30):
        with pen.at(0, 0, turn=angle):
            pen.line([(62 if angle % 90 else 56, 0), (66, 0)], 7, ink.dark)
    pen.line([(0, 0), (0, -46)], 12, ink.dark)
    pen.line([(0, 0), (34, 20)], 12, ink.a)
    pen.disc(0, 0, 11, ink.dark)


def steps(pen: Pen, ink: Inks) -> None:
    for number in range(4):
        height = 34 + number * 36
        pen.box(-92 + number * 46, 90 - height, 46, height, ink.b if number % 2 else ink.half(ink.b))
    pen.line([(70, -54), (70, -98)], 8, ink.main)
    pen.poly([(70, -100), (26, -84), (70, -66)], ink.a)


def loop(pen: Pen, ink: Inks) -> None:
    pen.arc(0, 0, 66, 200, 150, 26, ink.a)
    pen.arc(0, 0, 66, 20, 150, 26, ink.b)
    pen.poly([(42, -22), (98, -14), (62, 30)], ink.a)
    pen.poly([(-42, 22), (-98, 14), (-62, -30)], ink.b)


def heart(pen: Pen, ink: Inks) -> None:
    pen.path(
        "M 0 84 C -120 4 -96 -84 -44 -84 C -18 -84 -4 -66 0 -50 C 4 -66 18 -84 44 -84 C 96 -84 120 4 0 84 Z", ink.a
    )
    pen.path("M 0 84 L 0 -50 C 4 -66 18 -84 44 -84 C 96 -84 120 4 0 84 Z", ink.half(ink.a))
    pen.line([(-74, 0), (-34, 0), (-16, -34), (12, 36), (28, 0), (74, 0)], 10, ink.light)


def shield(pen: Pen, ink: Inks) -> None:
    pen.path(
        "M 0 -96 C 30 -76 56 -70 82 -68 C 86 12 58 66 0 96 C -58 66 -86 12 -82 -68 C -56 -70 -30 -76 0 -96 Z", ink.b
    )
    pen.path("M 0 -96 C 30 -76 56 -70 82 -68 C 86 12 58 66 0 96 Z", ink.half(ink.b))
    pen.line([(-36, 2), (-8, 32), (42, -30)], 18, ink.light)


def chip(pen: Pen, ink: Inks) -> None:
    for at in (-42, -14, 14, 42):
        for start, end in (((at, -92), (at, 92)), ((-92, at), (92, at))):
            pen.line([start, end], 9, ink.b)
    pen.box(-68, -68, 136, 136, ink.main, 18)
    pen.box(-40, -40, 80, 80, ink.a, 12)
    pen.path("M -40 40 L 40 -40 L 40 40 Z", ink.half(ink.a))
    pen.disc(-48, -48, 7, ink.a)


def cup(pen: Pen, ink: Inks) -> None:
    for x in (-34, 0, 34):
        pen.path(f"M {x} -52 C {x - 18} -68 {x + 18} -78 {x} -96", ink.b, 9)
    pen.arc(56, 4, 28, -80, 180, 15, ink.a)
    pen.path("M -72 -34 L 56 -34 C 56 30 44 62 16 62 L -32 62 C -60 62 -72 30 -72 -34 Z", ink.a)
    pen.path("M -8 -34 L 56 -34 C 56 30 44 62 16 62 L -8 62 Z", ink.half(ink.a))
    pen.box(-92, 74, 168, 14, ink.main, 7)


def eye(pen: Pen, ink: Inks) -> None:
    pen.path("M -98 0 C -56 -74 56 -74 98 0 C 56 74 -56 74 -98 0 Z", ink.light)
    pen.disc(0, 0, 46, ink.b)
    pen.disc(0, 0, 24, ink.dark)
    pen.disc(12, -14, 9, ink.light)
    for angle in (-140, -115, -90, -65, -40):
        with pen.at(0, 6, turn=angle):
            pen.line([(84, 0), (100, 0)], 9, ink.a)


def leaf(pen: Pen, ink: Inks) -> None:
    pen.path("M -62 84 C -104 -20 -20 -96 86 -92 C 92 10 38 92 -62 84 Z", ink.b)
    pen.path("M -62 84 C 38 92 92 10 86 -92 Z", ink.half(ink.b))
    pen.line([(-86, 96), (44, -50)], 10, ink.light)
    for x, y, dx, dy in ((-34, 38, 44, 6), (-4, 4, 46, 0), (-34, 38, -10, -44), (-4, 4, -8, -48)):
        pen.line([(x, y), (x + dx, y + dy)], 7, ink.light)


def pin(pen: Pen, ink: Inks) -> None:
    pen.oval(0, 84, 60, 14, ink.quiet if ink.quiet != ink.ground else ink.b)
    pen.path(
        "M 0 86 C -70 0 -70 -32 -70 -34 C -70 -72 -38 -98 0 -98 C 38 -98 70 -72 70 -34 C 70 -32 70 0 0 86 Z", ink.a
    )
    pen.path("M 0 86 L 0 -98 C 38 -98 70 -72 70 -34 C 70 -32 70 0 0 86 Z", ink.half(ink.a))
    pen.disc(0, -34, 30, ink.light)


def moon(pen: Pen, ink: Inks) -> None:
    pen.path(
        "M 22 -90 C -60 -84 -96 -10 -62 50 C -30 102 52 106 88 46 C 30 58 -26 20 -26 -32 C -26 -58 -8 -80 22 -90 Z",
        ink.a,
    )
    for x, y, r in ((38, -44, 9), (74, -8, 6), (66, -78, 6), (20, -8, 5)):
        _spark(pen, x, y, r * 2, ink.main)


def sun(pen: Pen, ink: Inks) -> None:
    for angle in range(0, 360, 30):
        with pen.at(0, 0, turn=angle):
            pen.line([(70, 0), (94 if angle % 60 else 86, 0)], 13, ink.b)
    pen.disc(0, 0, 54, ink.a)
    pen.pie(0, 0, 54, -45, 180, ink.half(ink.a))


def drop(pen: Pen, ink: Inks) -> None:
    pen.path("M 0 -98 C 40 -40 70 -6 70 30 C 70 70 38 96 0 96 C -38 96 -70 70 -70 30 C -70 -6 -40 -40 0 -98 Z", ink.b)
    pen.path("M 0 -98 C 40 -40 70 -6 70 30 C 70 70 38 96 0 96 Z", ink.half(ink.b))
    pen.arc(0, 30, 44, 100, 70, 12, ink.light)


def star(pen: Pen, ink: Inks) -> None:
    _spark(pen, -8, 10, 92, ink.a)
    _spark(pen, 66, -62, 36, ink.b)
    _spark(pen, 60, 72, 24, ink.main)


def question(pen: Pen, ink: Inks) -> None:
    pen.arc(0, -34, 48, 180, 220, 30, ink.a)
    pen.path("M 38 -6 C 22 10 0 14 0 42", ink.a, 30)
    pen.disc(0, 84, 19, ink.b)


def _spark(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    """A four-pointed star."""
    s, t = size, size * 0.14
    pen.path(
        f"M {x} {y - s} Q {x + t} {y - t} {x + s} {y} Q {x + t} {y + t} {x} {y + s} "
        f"Q {x - t} {y + t} {x - s} {y} Q {x - t} {y - t} {x} {y - s} Z",
        colour,
    )


OBJECTS: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        bubble, pencil, gauge, bulb, lens, key, target, calendar, book, path, people, chart, scale, arrows, coins,
        hourglass, clock, steps, loop, heart, shield, chip, cup, eye, leaf, pin, moon, sun, drop, star, question,
    )
}  # fmt: skip
