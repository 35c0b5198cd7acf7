"""Whether a palette can be read (WCAG 2.2, relative luminance and contrast ratio)."""

from greenroom.cast.contracts import Palette

READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def unreadable(palette: Palette) -> dict[str, str]:
    """The reason when text in ink on paper would be hard to read."""
    ratio = contrast(palette.paper, palette.ink)
    if ratio >= READABLE:
        return {}
    return {"palette.ink": f"Contrast with the paper is {ratio:.1f}; choose an ink with at least {READABLE}"}


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
