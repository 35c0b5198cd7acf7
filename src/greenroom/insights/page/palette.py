"""A character's colours as a page that can be read: light and dark, with contrast made sure of. Pure.

Contrast as WCAG 2.2 defines it (relative luminance, 1.4.3 and 1.4.11).
"""

from dataclasses import dataclass

Rgb = tuple[float, float, float]

_WHITE: Rgb = (1.0, 1.0, 1.0)
_BLACK: Rgb = (0.0, 0.0, 0.0)
_WARM_PAPER: Rgb = (0.984, 0.976, 0.961)
_WARM_NIGHT: Rgb = (0.082, 0.078, 0.071)

READ = 7.0
"""Contrast of running text (AAA)."""
SEE = 4.6
"""Contrast of small and coloured text: AA with room for rounding."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as #rrggbb. `on_accent` is for text on `accent`, `soft` a tint for what stands apart."""

    paper: str
    card: str
    soft: str
    line: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    second: str


def light(paper: str, ink: str, accent: str, second: str) -> Theme:
    """The character's colours by day."""
    paper, ink = _in_order(paper, ink)
    ground = mix(_WARM_PAPER, rgb(paper), 0.55)
    while luminance(ground) < 0.82:
        ground = mix(ground, _WHITE, 0.2)
    return _theme(ground, card=mix(ground, _WHITE, 0.65), ink=rgb(ink), accent=rgb(accent), second=rgb(second))


def dark(paper: str, ink: str, accent: str, second: str) -> Theme:
    """The same colours by night: the ink becomes the ground."""
    paper, ink = _in_order(paper, ink)
    ground = mix(_WARM_NIGHT, rgb(ink), 0.35)
    while luminance(ground) > 0.018:
        ground = mix(ground, _BLACK, 0.2)
    bright = mix(rgb(paper), _WHITE, 0.35)
    return _theme(ground, card=mix(ground, _WHITE, 0.05), ink=bright, accent=rgb(accent), second=rgb(second))


def _in_order(paper: str, ink: str) -> tuple[str, str]:
    """The lighter one as paper: a character may have been drawn light on dark."""
    return (paper, ink) if luminance(rgb(paper)) >= luminance(rgb(ink)) else (ink, paper)


def _theme(ground: Rgb, *, card: Rgb, ink: Rgb, accent: Rgb, second: Rgb) -> Theme:
    soft = mix(card, accent, 0.08)
    grounds = (ground, card, soft)
    text = readable(ink, grounds, READ)
    button = readable(accent, grounds, SEE)
    return Theme(
        paper=hexed(ground),
        card=hexed(card),
        soft=hexed(soft),
        line=hexed(mix(ground, text, 0.14)),
        ink=hexed(text),
        muted=hexed(readable(mix(text, ground, 0.38), grounds, SEE)),
        accent=hexed(button),
        on_accent=hexed(max((_WHITE, _BLACK), key=lambda c: contrast(c, button))),
        second=hexed(readable(second, grounds, SEE)),
    )


def readable(colour: Rgb, grounds: tuple[Rgb, ...], least: float) -> Rgb:
    """The colour, moved towards black or white no further than needed to stand out from every ground."""
    away = _BLACK if min(luminance(g) for g in grounds) > 0.18 else _WHITE
    for step in range(41):
        moved = mix(colour, away, step / 40)
        if all(contrast(rgb(hexed(moved)), rgb(hexed(ground))) >= least for ground in grounds):
            return moved
    return away


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def rgb(text: str) -> Rgb:
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def hexed(colour: Rgb) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, c)) * 255):02x}" for c in colour)
