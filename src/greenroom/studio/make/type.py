"""Letters: the bundled fonts, shaping, measuring, drawing, and which characters no font here can show."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import skia

FONTS = Path(__file__).parent.parent / "fonts"
_FILES = {"display": "InterDisplay-ExtraBold.otf", "bold": "Inter-Bold.otf", "medium": "Inter-Medium.otf"}
_SHAPED = ("HEBREW", "ARABIC", "SYRIAC", "THAANA", "NKO")
_INVISIBLE = frozenset("\u200c\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Face:
    """`weight` is display, bold or medium; `size` in pixels; `spacing` is added after each letter."""

    weight: str
    size: float
    spacing: float = 0.0

    @property
    def ascent(self) -> float:
        return 0.727 * self.size

    @property
    def descent(self) -> float:
        return 0.21 * self.size


def measure(text: str, face: Face) -> float:
    """The width of a line in pixels, kerned and shaped."""
    return float(_paragraph(text, face, 0xFF000000).LongestLine) if text else 0.0


def draw(canvas: skia.Canvas, text: str, x: float, baseline: float, face: Face, colour: int) -> None:
    """Draw a line with its left end at `x`; words of a right-to-left script keep their own order inside."""
    if text:
        line = _paragraph(text, face, colour)
        line.paint(canvas, x, baseline - float(line.AlphabeticBaseline))


def missing(text: str) -> str:
    """The characters that no font here can show, each once."""
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and c not in _INVISIBLE and not _font_for(c)))


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def wrap(text: str, face: Face, width: float) -> list[str]:
    """Lines no wider than `width` (a longer word stands alone), as equal in length as the number of lines allows."""
    words = text.split()
    if not words:
        return []
    lines = _greedy(words, face, width)
    if len(lines) == 1:
        return lines
    low, high = width / len(lines) * 0.7, width
    for _ in range(7):
        middle = (low + high) / 2
        if len(_greedy(words, face, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _greedy(words, face, high)


def _greedy(words: list[str], face: Face, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer, face) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fit(
    text: str, weight: str, width: float, height: float, *, largest: float, leading: float = 1.12
) -> tuple[Face, list[str]]:
    """The largest face, and its lines, with which a text fills no more than a box."""
    size = largest
    while True:
        face = Face(weight, size, -0.018 * size if weight == "display" else 0)
        lines = wrap(text, face, width)
        wide = max((measure(line, face) for line in lines), default=0)
        if size <= 14 or (wide <= width and len(lines) * size * leading <= height):
            return face, lines
        size = max(14.0, size * 0.93)


@cache
def _provider() -> skia.textlayout.TypefaceFontProvider:
    provider = skia.textlayout.TypefaceFontProvider()
    for weight in _FILES:
        provider.registerTypeface(_typeface(weight), weight)
    return provider


@cache
def _typeface(weight: str) -> skia.Typeface:
    return _bundled().makeFromFile(str(FONTS / _FILES[weight]))


@cache
def _bundled() -> skia.FontMgr:
    """A manager of the bundled files only; the system's fonts are looked at when a character needs them."""
    return skia.FontMgr.New_Custom_Empty()


@cache
def _unicode() -> skia.Unicode:
    return skia.Unicodes.ICU.Make()


@cache
def _font_for(character: str) -> str | None:
    """The family to show a character with: a bundled weight ("") or a registered system font; None if none has it."""
    code = ord(character)
    if _typeface("medium").unicharToGlyph(code):
        return "bundled"
    found = skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle.Bold(), ["en"], code)
    if found is None or not found.unicharToGlyph(code):
        return None
    alias = f"system {found.getFamilyName()}"
    if alias not in _registered:
        _registered.add(alias)
        _provider().registerTypeface(found, alias)
    return alias


_registered: set[str] = set()


@cache
def _families(text: str, weight: str) -> tuple[str, ...]:
    others = {_font_for(c) for c in set(text) if not c.isspace()} - {None, "bundled"}
    return (weight, *sorted(str(other) for other in others))


def _paragraph(text: str, face: Face, colour: int) -> skia.textlayout.Paragraph:
    layout = skia.textlayout
    collection = layout.FontCollection()
    collection.setDefaultFontManager(_provider())
    style = layout.TextStyle()
    style.setFontFamilies(list(_families(text, face.weight)))
    style.setFontSize(face.size)
    style.setColor(colour)
    if face.spacing:
        style.setLetterSpacing(face.spacing)
    builder = layout.ParagraphBuilder(layout.ParagraphStyle(), collection, _unicode())
    builder.pushStyle(style)
    builder.addText(text)
    paragraph = builder.Build()
    paragraph.layout(1e6)
    return paragraph
