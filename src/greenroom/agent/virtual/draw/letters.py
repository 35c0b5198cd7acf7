"""Letters: the fonts beside this file, measuring, breaking into lines, painting; all kept for the next time."""

import threading
import unicodedata
from collections import OrderedDict
from functools import cache, lru_cache
from pathlib import Path

import skia

FONTS = Path(__file__).parent / "fonts"
_FILES = {
    "roboto": {400: "Roboto-Regular.ttf", 500: "Roboto-Medium.ttf", 700: "Roboto-Bold.ttf"},
    "inter": {400: "Inter-Regular.otf", 500: "Inter-SemiBold.otf", 700: "Inter-SemiBold.otf"},
    "arabic": {400: "NotoSansArabic-Regular.ttf", 500: "NotoSansArabic-Bold.ttf", 700: "NotoSansArabic-Bold.ttf"},
    "japanese": {400: "NotoSansJP-Regular.otf", 500: "NotoSansJP-Regular.otf", 700: "NotoSansJP-Regular.otf"},
}
_KEPT = 3_000
_setting = threading.Lock()  # phones measure while others are drawn

Letters = tuple[str, float, int, float, float]  # face, size, weight, line height, spacing


def measure(words: str, letters: Letters, width: float, lines: int = 0) -> tuple[float, float, int]:
    """Width and height of a text broken at `width`, and its number of lines; more than `lines` are cut off with …"""
    return _set(words, letters, 0xFF000000, width, lines, "start")[1]


def paint(
    canvas: skia.Canvas,
    words: str,
    letters: Letters,
    colour: int,
    x: float,
    y: float,
    width: float,
    lines: int,
    align: str,
) -> None:
    _set(words, letters, colour, width, lines, align)[0].paint(canvas, x, y)


_paragraphs: OrderedDict[tuple[object, ...], tuple[skia.textlayout.Paragraph, tuple[float, float, int]]] = OrderedDict()


def _set(
    words: str, letters: Letters, colour: int, width: float, lines: int, align: str
) -> tuple[skia.textlayout.Paragraph, tuple[float, float, int]]:
    key = (words, letters, colour, width, lines, align)
    with _setting:
        found = _paragraphs.get(key)
        if found is None:
            found = _paragraphs[key] = _broken(words, letters, colour, width, lines, align)
            if len(_paragraphs) > _KEPT:
                _paragraphs.popitem(last=False)
        else:
            _paragraphs.move_to_end(key)
        return found


def _broken(
    words: str, letters: Letters, colour: int, width: float, lines: int, align: str
) -> tuple[skia.textlayout.Paragraph, tuple[float, float, int]]:
    paragraph = _paragraph(words, letters, colour, width, align)
    if lines and _count(paragraph, letters) > lines:
        paragraph = _cut(words, letters, colour, width, lines, align)
    count = _count(paragraph, letters)
    wide = min(width, float(paragraph.LongestLine)) if words else 0.0
    return paragraph, (wide, count * letters[3], count)


def _cut(words: str, letters: Letters, colour: int, width: float, lines: int, align: str) -> skia.textlayout.Paragraph:
    """The longest beginning of the text that fits with an ellipsis."""
    low, high = 0, min(len(words), 4_000)
    while low < high:
        middle = (low + high + 1) // 2
        if _count(_paragraph(words[:middle].rstrip() + "…", letters, colour, width, align), letters) <= lines:
            low = middle
        else:
            high = middle - 1
    return _paragraph(words[:low].rstrip() + "…", letters, colour, width, align)


def _count(paragraph: skia.textlayout.Paragraph, letters: Letters) -> int:
    return max(1, round(float(paragraph.Height) / letters[3]))


def _paragraph(words: str, letters: Letters, colour: int, width: float, align: str) -> skia.textlayout.Paragraph:
    face, size, weight, line, spacing = letters
    layout = skia.textlayout
    style = layout.TextStyle()
    style.setFontFamilies(list(_families(frozenset(words), face, weight)))
    style.setFontSize(size)
    style.setColor(colour)
    style.setHeight(line / size)
    style.setHeightOverride(True)
    style.setHalfLeading(True)
    if spacing:
        style.setLetterSpacing(spacing)
    around = layout.ParagraphStyle()
    around.setTextAlign(_ALIGN[align])
    around.setTextStyle(style)
    builder = layout.ParagraphBuilder(around, _collection(), _unicode())
    builder.pushStyle(style)
    builder.addText(_directed(words))
    paragraph = builder.Build()
    paragraph.layout(max(1.0, width))
    return paragraph


def _directed(words: str) -> str:
    """Lines that begin from right to left run so as a whole; halves of characters become a sign for that."""
    lines = words.encode("utf-8", "replace").decode().split("\n")
    return "\n".join(f"\u202b{line}\u202c" if _leftward(line) else line for line in lines)


def _leftward(line: str) -> bool:
    kinds = (unicodedata.bidirectional(character) for character in line)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


_ALIGN = {
    "start": skia.textlayout.TextAlign.kLeft,
    "centre": skia.textlayout.TextAlign.kCenter,
    "end": skia.textlayout.TextAlign.kRight,
}


@cache
def _unicode() -> skia.Unicode:
    return skia.Unicodes.ICU.Make()


@cache
def _collection() -> skia.textlayout.FontCollection:
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(_provider())
    return collection


@cache
def _provider() -> skia.textlayout.TypefaceFontProvider:
    provider = skia.textlayout.TypefaceFontProvider()
    for family, weights in _FILES.items():
        for weight in weights:
            provider.registerTypeface(_typeface(family, weight), f"{family} {weight}")
    return provider


@cache
def _typeface(family: str, weight: int) -> skia.Typeface:
    return _manager().makeFromFile(str(FONTS / _FILES[family][weight]))


@cache
def _manager() -> skia.FontMgr:
    return skia.FontMgr.New_Custom_Empty()


@lru_cache(maxsize=4_096)
def _families(characters: frozenset[str], face: str, weight: int) -> tuple[str, ...]:
    """The face first, then whatever shows the characters that it lacks."""
    found = {_family_for(character, face, weight) for character in characters if not character.isspace()}
    return (f"{face} {weight}", *sorted(found - {"", f"{face} {weight}"}))


@cache
def _family_for(character: str, face: str, weight: int) -> str:
    for family in (face, "arabic", "japanese"):
        if _typeface(family, weight).unicharToGlyph(ord(character)):
            return f"{family} {weight}"
    found = skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle.Normal(), ["en"], ord(character))
    if found is None or not found.unicharToGlyph(ord(character)):
        return ""
    alias = f"system {found.getFamilyName()}"
    if alias not in _lent:
        _lent.add(alias)
        _provider().registerTypeface(found, alias)
    return alias


_lent: set[str] = set()
