"""A display list on a canvas (model/display.py says what its tuples mean)."""

from collections.abc import Callable, Sequence

import skia

from greenroom.agent.virtual.draw import icons, letters, pictures

Op = tuple[object, ...]


def paint(canvas: skia.Canvas, ops: Sequence[Op]) -> None:
    stretched: list[bool] = []  # of every clip and layer that is open, whether it changes sizes
    for op in ops:
        kind = op[0]
        if kind == "picture":
            x, y, w, h, radius, key = op[1:]
            pictures.paint(canvas, key, x, y, w, h, radius, still=not any(stretched))  # type: ignore[arg-type] # by place
            continue
        if kind == "layer":
            stretched.append(op[3] != 1)
        elif kind == "clip":
            stretched.append(False)
        elif kind == "end":
            stretched.pop()
        _DO[str(kind)](canvas, *op[1:])


def _box(
    canvas: skia.Canvas, x: float, y: float, w: float, h: float, radius: float, fill: int, line: int, shadow: float
) -> None:
    rect = skia.Rect.MakeXYWH(x, y, w, h)
    if shadow:
        _shadow(canvas, rect, radius, shadow)
    if fill:
        pen = skia.Paint(AntiAlias=True, Color=fill)
        if radius:
            canvas.drawRoundRect(rect, radius, radius, pen)
        else:
            canvas.drawRect(rect, skia.Paint(AntiAlias=False, Color=fill))
    if line:
        rect.inset(0.5, 0.5)
        pen = skia.Paint(AntiAlias=True, Color=line, Style=skia.Paint.kStroke_Style, StrokeWidth=1)
        canvas.drawRoundRect(rect, max(0, radius - 0.5), max(0, radius - 0.5), pen)


def _shadow(canvas: skia.Canvas, rect: skia.Rect, radius: float, depth: float) -> None:
    """Two soft ones, as from a lamp and from the room."""
    for drop, spread, strength in ((depth * 0.5, depth * 1.1, 0x30), (0.0, depth * 0.35, 0x1C)):
        pen = skia.Paint(AntiAlias=True, Color=strength << 24)
        pen.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, max(0.5, spread * 0.5)))
        canvas.drawRoundRect(rect.makeOffset(0, drop), radius, radius, pen)


def _text(
    canvas: skia.Canvas,
    x: float,
    y: float,
    w: float,
    words: str,
    face: letters.Letters,
    colour: int,
    lines: int,
    align: str,
) -> None:
    letters.paint(canvas, words, face, colour, x, y, w, lines, align)


def _icon(canvas: skia.Canvas, x: float, y: float, size: float, name: str, colour: int, flipped: bool) -> None:
    icons.paint(canvas, name, x, y, size, colour, flipped=flipped)


def _clip(canvas: skia.Canvas, x: float, y: float, w: float, h: float, radius: float) -> None:
    canvas.save()
    rect = skia.Rect.MakeXYWH(x, y, w, h)
    if radius:
        canvas.clipRRect(skia.RRect.MakeRectXY(rect, radius, radius), skia.ClipOp.kIntersect, True)
    else:
        canvas.clipRect(rect)


def _layer(canvas: skia.Canvas, dx: float, dy: float, scale: float, cx: float, cy: float, opacity: float) -> None:
    if opacity < 1:
        canvas.saveLayerAlpha(None, max(0, min(255, round(opacity * 255))))
    else:
        canvas.save()
    canvas.translate(dx, dy)
    if scale != 1:
        canvas.translate(cx, cy)
        canvas.scale(scale, scale)
        canvas.translate(-cx, -cy)


def _end(canvas: skia.Canvas) -> None:
    canvas.restore()


def _wave(canvas: skia.Canvas, x: float, y: float, radius: float, colour: int) -> None:
    canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=colour))


_DO: dict[str, Callable[..., None]] = {
    "box": _box,
    "text": _text,
    "icon": _icon,
    "clip": _clip,
    "layer": _layer,
    "end": _end,
    "wave": _wave,
}
