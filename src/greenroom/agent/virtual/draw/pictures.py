"""Sample pictures from a name and a seed: wallpapers, photographs, products, portraits; and files from outside."""

import colorsys
import math
import threading
from collections import OrderedDict
from collections.abc import Callable

import skia

from greenroom.kit.chance import Chance

_KEPT = 20_000_000  # bytes of pictures that are kept in the sizes in which they were last shown
_LEARNT = 64_000_000  # bytes of files that are known; they are the phones' own, not copies
_MOST = 40_000_000  # pixels of a file: larger ones are not opened
_fitting = threading.RLock()  # a phone takes a photograph while others are drawn


def paint(
    canvas: skia.Canvas, key: tuple[object, ...], x: float, y: float, w: float, h: float, radius: float, *, still: bool
) -> None:
    """The picture fills the box, cut where its shape differs; `still` where it will be shown in this size again."""
    matrix = canvas.getTotalMatrix()
    if not still:
        canvas.save()
        canvas.clipRRect(
            skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x, y, w, h), radius, radius), skia.ClipOp.kIntersect, True
        )
        _stretched(canvas, key, x, y, w, h)
        canvas.restore()
        return
    left, top = (
        round(matrix.getTranslateX() + x * matrix.getScaleX()),
        round(matrix.getTranslateY() + y * matrix.getScaleY()),
    )
    right = round(matrix.getTranslateX() + (x + w) * matrix.getScaleX())
    bottom = round(matrix.getTranslateY() + (y + h) * matrix.getScaleY())
    image = _fitted(key, max(1, right - left), max(1, bottom - top))
    canvas.save()
    canvas.resetMatrix()
    if radius:
        pen = skia.Paint(
            AntiAlias=True, Shader=image.makeShader(skia.SamplingOptions(), skia.Matrix.Translate(left, top))
        )
        rounded = radius * matrix.getScaleX()
        canvas.drawRoundRect(skia.Rect.MakeXYWH(left, top, image.width(), image.height()), rounded, rounded, pen)
    else:
        canvas.drawImage(image, left, top)
    canvas.restore()


def encoded(key: tuple[object, ...], w: int, h: int) -> bytes:
    """A picture as a JPEG file."""
    return bytes(_fitted(key, w, h).encodeToData(skia.EncodedImageFormat.kJPEG, 85))


def _stretched(canvas: skia.Canvas, key: tuple[object, ...], x: float, y: float, w: float, h: float) -> None:
    """While it grows or shrinks: from a size that is kept already, where there is one."""
    with _fitting:
        known = next((one for one in reversed(_images) if one[0] == key), None)
        image = _images[known] if known else _fitted(key, max(1, min(480, round(w))), max(1, min(1_000, round(h))))
    source = skia.Rect.MakeWH(image.width(), image.height())
    canvas.drawImageRect(image, source, skia.Rect.MakeXYWH(x, y, w, h), skia.SamplingOptions(), skia.Paint(), _FAST)


_FAST = skia.Canvas.SrcRectConstraint.kFast_SrcRectConstraint
_images: OrderedDict[tuple[tuple[object, ...], int, int], skia.Image] = OrderedDict()


def _fitted(key: tuple[object, ...], w: int, h: int) -> skia.Image:
    with _fitting:
        found = _images.get((key, w, h))
        if found is None:
            found = _images[(key, w, h)] = _made(key, w, h)
            while len(_images) > 1 and sum(wide * high * 4 for _, wide, high in _images) > _KEPT:
                _images.popitem(last=False)
        else:
            _images.move_to_end((key, w, h))
        return found


def _made(key: tuple[object, ...], w: int, h: int) -> skia.Image:
    surface = skia.Surface.MakeRaster(_opaque(w, h))
    canvas = surface.getCanvas()
    kind, *rest = key
    if kind == "file":
        _file(canvas, _opened(_files.get(rest[0], b"")), w, h)
    else:
        _SAMPLES[str(kind)](canvas, w, h, Chance("/".join(str(part) for part in rest)), *rest)
    return surface.makeImageSnapshot()


def _opaque(w: int, h: int) -> skia.ImageInfo:
    """Opaque in the order of frames, so that drawing one is copying it."""
    return skia.ImageInfo.Make(w, h, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kOpaque_AlphaType)


_files: OrderedDict[object, bytes] = OrderedDict()


def learn(digest: str, content: bytes) -> bool:
    """Make a file's picture known under its digest, as long as others leave room; whether it is a picture."""
    if digest not in _files:
        if _opened(content) is None:
            return False
        _files[digest] = content
        while len(_files) > 1 and sum(map(len, _files.values())) > _LEARNT:
            _files.popitem(last=False)
    _files.move_to_end(digest)
    return True


def _opened(content: bytes) -> skia.Image | None:
    """Nothing where the bytes are no picture, or one so large that it is not worth opening."""
    try:
        size = skia.Codec.MakeFromData(skia.Data.MakeWithCopy(content)).dimensions()
        if size.width() * size.height() > _MOST:
            return None
        return skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(content))
    except (RuntimeError, ValueError):
        return None


_SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def _file(canvas: skia.Canvas, image: skia.Image | None, w: int, h: int) -> None:
    if image is None:
        canvas.clear(0xFF8A8D93)
        return
    wide, high = image.width(), image.height()
    scale = max(w / wide, h / high)
    left, top = (wide - w / scale) / 2, (high - h / scale) / 2
    source = skia.Rect.MakeXYWH(left, top, w / scale, h / scale)
    canvas.drawImageRect(image, source, skia.Rect.MakeWH(w, h), _SMOOTH, skia.Paint(), _FAST)


def _hsv(hue: float, saturation: float, value: float) -> int:
    r, g, b = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return 0xFF000000 | round(r * 255) << 16 | round(g * 255) << 8 | round(b * 255)


def _sky(canvas: skia.Canvas, w: float, h: float, colours: list[int], to: float = 1.0) -> None:
    points = [skia.Point(0, 0), skia.Point(0, h * to)]
    canvas.drawPaint(skia.Paint(AntiAlias=True, Dither=True, Shader=skia.GradientShader.MakeLinear(points, colours)))


def _hills(canvas: skia.Canvas, w: float, h: float, chance: Chance, level: float, swing: float, colour: int) -> None:
    builder = skia.PathBuilder()
    builder.moveTo(0, h)
    phase, waves = chance.real(0, 6.28), chance.real(0.7, 1.8)
    for step in range(81):
        x = step / 80
        y = level + swing * (
            math.sin(phase + x * 6.28 * waves) * 0.6 + math.sin(phase * 2 + x * 6.28 * waves * 2.3) * 0.25
        )
        builder.lineTo(x * w, y * h)
    builder.lineTo(w, h)
    builder.close()
    canvas.drawPath(builder.detach(), skia.Paint(AntiAlias=True, Color=colour))


def _landscape(canvas: skia.Canvas, w: float, h: float, chance: Chance, *_: object) -> None:
    """Hills under a sky at some hour of the day."""
    hue = chance.choice((0.55, 0.58, 0.62, 0.04, 0.08, 0.95, 0.72))
    _sky(canvas, w, h, [_hsv(hue, 0.62, 0.86), _hsv(hue + 0.06, 0.35, 0.97), _hsv(hue + 0.1, 0.2, 1.0)])
    x, y, radius = chance.real(0.2, 0.8) * w, chance.real(0.18, 0.4) * h, chance.real(0.06, 0.11) * w
    glow = skia.GradientShader.MakeRadial(skia.Point(x, y), radius * 4, [0x66FFFFFF, 0x00FFFFFF])
    canvas.drawCircle(x, y, radius * 4, skia.Paint(AntiAlias=True, Shader=glow))
    canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=0xFFFFF6DE))
    ground = chance.choice((0.33, 0.38, 0.46, 0.6, 0.68))
    for number in range(4):
        depth = number / 3
        _hills(
            canvas,
            w,
            h,
            chance,
            0.5 + 0.14 * number,
            0.09,
            _hsv(ground + 0.02 * number, 0.3 + 0.3 * depth, 0.78 - 0.52 * depth),
        )


def _still(canvas: skia.Canvas, w: float, h: float, chance: Chance, *_: object) -> None:
    """Round shapes on a table, lit from the left."""
    hue = chance.unit()
    _sky(canvas, w, h, [_hsv(hue, 0.16, 0.95), _hsv(hue + 0.04, 0.26, 0.86)])
    canvas.drawRect(skia.Rect.MakeLTRB(0, h * 0.68, w, h), skia.Paint(Color=_hsv(hue + 0.06, 0.38, 0.68)))
    for place in range(3):
        radius = chance.real(0.12, 0.2) * w
        x, y = (0.24 + 0.27 * place) * w, 0.72 * h - radius * 0.72
        shade = skia.Rect.MakeXYWH(x - radius, y + radius * 0.78, radius * 2.5, radius * 0.4)
        canvas.drawOval(shade, skia.Paint(AntiAlias=True, Color=0x33000000))
        own = hue + chance.real(0.25, 0.75)
        light = skia.Point(x - radius * 0.4, y - radius * 0.45)
        round_ = skia.GradientShader.MakeRadial(
            light, radius * 1.6, [_hsv(own, 0.42, 1.0), _hsv(own + 0.03, 0.78, 0.6)]
        )
        canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Shader=round_))


def _city(canvas: skia.Canvas, w: float, h: float, chance: Chance, *_: object) -> None:
    """Houses at night, some windows lit."""
    hue = chance.choice((0.62, 0.68, 0.75, 0.9))
    _sky(canvas, w, h, [_hsv(hue, 0.75, 0.3), _hsv(hue + 0.12, 0.55, 0.75), _hsv(hue + 0.26, 0.4, 0.98)])
    for depth in range(3):
        x = -0.05 * w
        while x < w:
            wide, high = chance.real(0.08, 0.17) * w, chance.real(0.18, 0.5 - 0.08 * depth) * h
            top = h - high
            canvas.drawRect(
                skia.Rect.MakeLTRB(x, top, x + wide, h), skia.Paint(Color=_hsv(hue, 0.55, 0.36 - 0.11 * depth))
            )
            for row in range(int(high / (h * 0.05))):
                for column in range(3):
                    if depth and chance.unit() < 0.3:
                        left, above = x + wide * (0.16 + column * 0.27), top + h * (0.02 + row * 0.05)
                        pane = skia.Rect.MakeXYWH(left, above, wide * 0.14, h * 0.024)
                        canvas.drawRect(pane, skia.Paint(Color=_hsv(0.12, chance.real(0.3, 0.6), 1.0)))
            x += wide + chance.real(-0.02, 0.03) * w


def _photo(canvas: skia.Canvas, w: float, h: float, chance: Chance, *rest: object) -> None:
    chance.choice((_landscape, _landscape, _still, _city))(canvas, w, h, chance, *rest)


def _wallpaper(
    canvas: skia.Canvas, w: float, h: float, chance: Chance, seed: object, dark: object = False, *_: object
) -> None:
    """Dunes, by day or by night."""
    hue = chance.choice((0.56, 0.6, 0.66, 0.47, 0.93))
    if dark:
        _sky(canvas, w, h, [_hsv(hue, 0.7, 0.1), _hsv(hue + 0.04, 0.62, 0.24), _hsv(hue + 0.1, 0.5, 0.42)], 0.75)
    else:
        _sky(canvas, w, h, [_hsv(hue, 0.5, 0.78), _hsv(hue + 0.05, 0.32, 0.92), _hsv(hue + 0.42, 0.22, 0.99)], 0.72)
    x, y, radius = 0.7 * w, 0.58 * h, 0.12 * min(w, h)
    canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=0xFFE9ECF5 if dark else 0xFFFFF3DC))
    for number in range(5):
        depth = number / 4
        value = (0.34 - 0.24 * depth) if dark else (0.9 - 0.5 * depth)
        colour = _hsv(hue + 0.02 * number, 0.42 + 0.24 * depth, value)
        _hills(canvas, w, h, chance, 0.6 + 0.092 * number, 0.05, colour)


def _portrait(canvas: skia.Canvas, w: float, h: float, _: Chance, name: object, *__: object) -> None:
    """A face in simple shapes, the same for the same name."""
    chance = Chance(f"portrait/{name}")
    hue = chance.unit()
    canvas.drawRect(skia.Rect.MakeWH(w, h), skia.Paint(Color=_hsv(hue, 0.34, 0.93)))
    skin = chance.choice((0xFFF3D0B5, 0xFFE0AC86, 0xFFC68A5E, 0xFF8D5A3B, 0xFFFFDFC8))
    hair = chance.choice((0xFF2B1D18, 0xFF5A3B26, 0xFFB5803F, 0xFF7A2E20, 0xFFDCC48A, 0xFF3C3F4B))

    def fill(colour: int) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=colour)

    if chance.unit() < 0.5:
        canvas.drawOval(skia.Rect.MakeXYWH(w * 0.24, h * 0.16, w * 0.52, h * 0.68), fill(hair))
    canvas.drawOval(skia.Rect.MakeXYWH(w * 0.14, h * 0.74, w * 0.72, h * 0.6), fill(_hsv(hue + 0.5, 0.5, 0.7)))
    canvas.drawRect(skia.Rect.MakeXYWH(w * 0.43, h * 0.6, w * 0.14, h * 0.2), fill(skin))
    canvas.drawOval(skia.Rect.MakeXYWH(w * 0.31, h * 0.26, w * 0.38, h * 0.46), fill(skin))
    canvas.drawArc(skia.Rect.MakeXYWH(w * 0.28, h * 0.19, w * 0.44, h * 0.44), 180, 180, True, fill(hair))
    for side in (0.42, 0.58):
        canvas.drawCircle(w * side, h * 0.49, w * 0.022, fill(0xFF2A2220))
    smile = skia.Paint(AntiAlias=True, Color=0xFF7A3B34, Style=skia.Paint.kStroke_Style, StrokeWidth=w * 0.022)
    canvas.drawArc(skia.Rect.MakeXYWH(w * 0.43, h * 0.5, w * 0.14, h * 0.12), 20, 140, False, smile)


def _fade(canvas: skia.Canvas, w: float, h: float, _: Chance, above: object, below: object, *__: object) -> None:
    """A plain gradient between two colours."""
    points = [skia.Point(0, 0), skia.Point(0, h)]
    shader = skia.GradientShader.MakeLinear(points, [int(str(above)), int(str(below))])
    canvas.drawRect(skia.Rect.MakeWH(w, h), skia.Paint(AntiAlias=True, Shader=shader))


def _ground(canvas: skia.Canvas, w: float, h: float, _: Chance, hue: object, *__: object) -> None:
    """What a product lies on."""
    shade = int(str(hue)) / 360
    shader = skia.GradientShader.MakeRadial(
        skia.Point(w * 0.5, h * 0.42), w * 0.8, [_hsv(shade, 0.1, 0.98), _hsv(shade, 0.26, 0.88)]
    )
    canvas.drawRect(skia.Rect.MakeWH(w, h), skia.Paint(AntiAlias=True, Shader=shader))


_SAMPLES: dict[str, Callable[..., None]] = {
    "wallpaper": _wallpaper,
    "photo": _photo,
    "portrait": _portrait,
    "fade": _fade,
    "ground": _ground,
}
