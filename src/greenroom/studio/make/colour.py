"""Colours of a palette: mixing, contrast (WCAG 2.2) and the nearest readable shade."""

import colorsys

_STEPS = 24


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hexed(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(min(255, max(0, part))):02X}" for part in (red, green, blue))


def argb(colour: str, opacity: float = 1.0) -> int:
    """The integer that Skia takes."""
    red, green, blue = rgb(colour)
    return round(opacity * 255) << 24 | red << 16 | green << 8 | blue


def mix(first: str, second: str, part: float) -> str:
    """`part` 0 is the first colour, 1 the second."""
    one, two = rgb(first), rgb(second)
    return hexed(*(a + (b - a) * part for a, b in zip(one, two, strict=True)))


def shade(colour: str, *, lightness: float = 0.0, saturation: float = 1.0, hue: float = 0.0) -> str:
    """Moved in HLS: lightness added, saturation multiplied, hue turned (in turns)."""
    red, green, blue = (part / 255 for part in rgb(colour))
    h, light, s = colorsys.rgb_to_hls(red, green, blue)
    light = min(1.0, max(0.0, light + lightness))
    turned = colorsys.hls_to_rgb((h + hue) % 1, light, min(1.0, s * saturation))
    return hexed(*(255 * part for part in turned))


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(first: str, second: str) -> float:
    """How far two colours look apart, 0 to about 765 (weighted RGB, after Riemersma)."""
    one, two = rgb(first), rgb(second)
    mean = (one[0] + two[0]) / 2
    red, green, blue = (float(a - b) for a, b in zip(one, two, strict=True))
    weighted = (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue
    return float(weighted**0.5)


def readable(colour: str, on: str, least: float = 4.5) -> str:
    """The colour itself, or the nearest lighter or darker shade of it that reads on `on`."""
    if contrast(colour, on) >= least:
        return colour
    goal = "#FFFFFF" if contrast("#FFFFFF", on) > contrast("#000000", on) else "#000000"
    for step in range(1, _STEPS + 1):
        tried = mix(colour, goal, step / _STEPS)
        if contrast(tried, on) >= least:
            return tried
    return goal


def on(paper: str, palette_ink: str, palette_paper: str) -> str:
    """Whichever of two text colours reads better on a ground, made readable if need be."""
    best = max((palette_ink, palette_paper), key=lambda colour: contrast(colour, paper))
    return readable(best, paper)
