"""Icons: outlines on a grid of 24 (Lucide, ISC licence), stroked; a name that begins with "!" is also filled."""

import json
from functools import cache
from pathlib import Path

import skia


def paint(
    canvas: skia.Canvas, name: str, x: float, y: float, size: float, colour: int, *, flipped: bool = False
) -> None:
    """An icon in a square of this size; flipped, it points the other way."""
    if name.startswith("="):
        _paint_system(canvas, name, x, y, size, colour)
        return
    canvas.save()
    canvas.translate(x + (size if flipped else 0), y)
    canvas.scale(size / 24 * (-1 if flipped else 1), size / 24)
    path = _path(name.lstrip("!"))
    if name.startswith("!"):
        canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour))
    pen = skia.Paint(AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=2)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    canvas.drawPath(path, pen)
    canvas.restore()


def _paint_system(canvas: skia.Canvas, name: str, x: float, y: float, size: float, colour: int) -> None:
    """The status bar's own: =signal, =wifi, =battery/LEVEL, drawn solid."""
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(size / 24, size / 24)
    solid = skia.Paint(AntiAlias=True, Color=colour)
    kind, _, value = name.partition("/")
    if kind == "=signal":
        for bar in range(4):
            canvas.drawRoundRect(skia.Rect.MakeXYWH(2.5 + bar * 5, 15.5 - bar * 4, 3.6, 5 + bar * 4), 1.2, 1.2, solid)
    elif kind == "=wifi":
        for radius in (16.5, 11.0):
            pen = skia.Paint(AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=3.1)
            canvas.drawArc(
                skia.Rect.MakeLTRB(12 - radius, 20.5 - radius, 12 + radius, 20.5 + radius), 225, 90, False, pen
            )
        canvas.drawArc(skia.Rect.MakeLTRB(6, 14.5, 18, 26.5), 225, 90, True, solid)
    else:
        _battery(canvas, int(value or 0), colour, solid)
    canvas.restore()


def _battery(canvas: skia.Canvas, level: int, colour: int, solid: skia.Paint) -> None:
    pen = skia.Paint(
        AntiAlias=True, Color=(colour & 0xFFFFFF) | 0x70000000, Style=skia.Paint.kStroke_Style, StrokeWidth=1.5
    )
    canvas.drawRoundRect(skia.Rect.MakeXYWH(0.8, 6.2, 20, 11.6), 3.6, 3.6, pen)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(22, 10, 1.6, 4), 0.8, 0.8, pen)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(2.6, 8, max(1.6, 16.4 * level / 100), 8), 2, 2, solid)


@cache
def _outlines() -> dict[str, str]:
    found: dict[str, str] = json.loads((Path(__file__).parent / "icons.json").read_text())
    return found


@cache
def _path(name: str) -> skia.Path:
    builder = skia.PathBuilder()
    tokens = _outlines()[name].split()
    place = 0
    while place < len(tokens):
        verb, count = tokens[place], _NUMBERS[tokens[place]]
        numbers = [float(token) for token in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        if verb == "Z":
            builder.close()
        else:
            {"M": builder.moveTo, "L": builder.lineTo, "Q": builder.quadTo, "C": builder.cubicTo}[verb](*numbers)
    return builder.detach()


_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
