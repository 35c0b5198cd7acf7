"""Flat shapes on a Skia canvas: discs, boxes, polygons, arcs, strokes and paths, each in one colour."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import skia

from greenroom.studio.make.colour import argb

Point = tuple[float, float]


class Pen:
    """Draws in the canvas's present coordinates; angles in degrees, clockwise from three o'clock."""

    def __init__(self, canvas: skia.Canvas) -> None:
        self.canvas = canvas

    def disc(self, x: float, y: float, radius: float, colour: str, opacity: float = 1.0) -> None:
        self.canvas.drawCircle(x, y, radius, _fill(colour, opacity))

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, opacity: float = 1.0) -> None:
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), _fill(colour, opacity))

    def ring(self, x: float, y: float, radius: float, width: float, colour: str, opacity: float = 1.0) -> None:
        self.canvas.drawCircle(x, y, radius, _stroke(colour, width, opacity))

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0.0, opacity: float = 1.0
    ) -> None:
        self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius, _fill(colour, opacity))

    def poly(self, points: Sequence[Point], colour: str, opacity: float = 1.0) -> None:
        self.canvas.drawPath(_outline(points, closed=True), _fill(colour, opacity))

    def line(self, points: Sequence[Point], width: float, colour: str, opacity: float = 1.0) -> None:
        """A stroke through the points with round ends and corners."""
        self.canvas.drawPath(_outline(points, closed=False), _stroke(colour, width, opacity))

    def arc(
        self, x: float, y: float, radius: float, start: float, sweep: float, width: float, colour: str,
        opacity: float = 1.0,
    ) -> None:  # fmt: skip
        rect = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
        self.canvas.drawArc(rect, start, sweep, False, _stroke(colour, width, opacity))

    def pie(
        self, x: float, y: float, radius: float, start: float, sweep: float, colour: str, opacity: float = 1.0
    ) -> None:
        rect = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
        self.canvas.drawArc(rect, start, sweep, True, _fill(colour, opacity))

    def path(self, drawn: str, colour: str, width: float = 0.0, opacity: float = 1.0) -> None:
        """A path of M, L, Q, C and Z with absolute numbers, filled, or stroked when it has a width."""
        self.canvas.drawPath(_parsed(drawn), _stroke(colour, width, opacity) if width else _fill(colour, opacity))

    @contextmanager
    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> Iterator[None]:
        """Coordinates moved to (x, y), scaled, and turned."""
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn)
        self.canvas.scale(scale, scale)
        yield
        self.canvas.restore()

    @contextmanager
    def within_disc(self, x: float, y: float, radius: float) -> Iterator[None]:
        self.canvas.save()
        self.canvas.clipPath(skia.Path.Circle(x, y, radius), skia.ClipOp.kIntersect, True)
        yield
        self.canvas.restore()

    @contextmanager
    def within_box(self, x: float, y: float, width: float, height: float, radius: float = 0.0) -> Iterator[None]:
        self.canvas.save()
        rect = skia.Rect.MakeXYWH(x, y, width, height)
        self.canvas.clipRRect(skia.RRect.MakeRectXY(rect, radius, radius), skia.ClipOp.kIntersect, True)
        yield
        self.canvas.restore()


def _fill(colour: str, opacity: float) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=argb(colour, opacity))


def _stroke(colour: str, width: float, opacity: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=argb(colour, opacity), StrokeWidth=width, Style=skia.Paint.kStroke_Style)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def _outline(points: Sequence[Point], *, closed: bool) -> skia.Path:
    builder = skia.PathBuilder()
    builder.moveTo(*points[0])
    for point in points[1:]:
        builder.lineTo(*point)
    if closed:
        builder.close()
    return builder.detach()


def _parsed(drawn: str) -> skia.Path:
    builder = skia.PathBuilder()
    tokens = drawn.replace(",", " ").split()
    place = 0
    while place < len(tokens):
        verb, count = tokens[place], {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}[tokens[place]]
        numbers = [float(token) for token in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        if verb == "Z":
            builder.close()
        else:
            {"M": builder.moveTo, "L": builder.lineTo, "Q": builder.quadTo, "C": builder.cubicTo}[verb](*numbers)
    return builder.detach()
