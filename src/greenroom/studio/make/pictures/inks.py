"""The colours of one picture, taken from a palette so that shapes stand out from the ground and from each other."""

from dataclasses import dataclass

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Palette
from greenroom.studio.make.colour import distance, luminance, mix, on, shade

_APART = 130.0


@dataclass(frozen=True, slots=True)
class Inks:
    """`ground` is behind everything, `quiet` barely leaves it, `main` is strongest, `a` and `b` are the colours.

    `light` and `dark` are for the insides of things.
    """

    ground: str
    quiet: str
    main: str
    a: str
    b: str
    light: str
    dark: str

    def half(self, colour: str) -> str:
        """The shaded side of a colour."""
        return mix(colour, self.dark, 0.16)


def inks(palette: Palette, chance: Chance, number: int) -> Inks:
    """Grounds take turns, so that neighbouring pictures differ; the colours are what reads on the ground."""
    light, dark = sorted((palette.paper, palette.ink), key=luminance, reverse=True)
    soft = mix(light, palette.second, 0.16)
    warm = mix(light, palette.accent, 0.20)
    grounds = (light, dark, soft, palette.second, warm, palette.accent)
    order = ((0, 3, 2, 1), (1, 0, 3, 4), (4, 1, 0, 3), (2, 1, 4, 0), (3, 0, 5, 2))[chance.fork("ground").number(0, 4)]
    ground = grounds[order[number % 4]]
    return on_ground(ground, palette)


def on_ground(ground: str, palette: Palette) -> Inks:
    light, dark = sorted((palette.paper, palette.ink), key=luminance, reverse=True)
    main = on(ground, dark, light)
    options = sorted((palette.accent, palette.second), key=lambda colour: distance(colour, ground), reverse=True)
    a, b = (colour if distance(colour, ground) >= _APART else _apart(colour, ground, main) for colour in options)
    if distance(a, b) < _APART:
        b = mix(b, main, 0.4)
    quiet = mix(ground, main, 0.09)
    return Inks(ground, quiet, main, a, b, mix(light, "#FFFFFF", 0.25), dark)


def _apart(colour: str, ground: str, main: str) -> str:
    """A tint far enough from the ground to be seen."""
    for part in (0.25, 0.4, 0.55, 0.7, 0.85):
        tried = mix(shade(colour, saturation=0.9), main, part)
        if distance(tried, ground) >= _APART:
            return tried
    return main
