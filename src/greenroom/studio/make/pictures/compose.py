"""Chooses and draws the composition of a shot."""

from dataclasses import dataclass

import skia

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import CharacterSheet, Shot
from greenroom.studio.make.colour import argb, luminance, mix
from greenroom.studio.make.pictures import figures, patterns
from greenroom.studio.make.pictures.backdrops import BACKDROPS
from greenroom.studio.make.pictures.inks import Inks, inks, on_ground
from greenroom.studio.make.pictures.landscapes import SCENES
from greenroom.studio.make.pictures.objects import OBJECTS
from greenroom.studio.make.pictures.pen import Pen
from greenroom.studio.make.pictures.portrait import ground_for, presenter

_WIDTH = 1296.0
_MIDDLE = 0.505


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture, the colour that its headline stands on, and how it was composed.

    `focus` is the height of what matters as a share of the whole; a `whole` picture must not be cut at the sides.
    """

    surface: skia.Surface
    ground: str
    family: str
    focus: float
    whole: bool


def compose(shot: Shot, seed: str, character: CharacterSheet, width: int, height: int, number: int) -> Drawn:
    """Draw a shot `width` by `height`; the upper part stays calm for the headline.

    `seed` ends in "/" and the name of the scene; what stands before that is shared by the whole video.
    """
    ink = _inks(shot, character, number)
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    canvas.clear(argb(ink.ground))
    canvas.scale(width / _WIDTH, width / _WIDTH)
    family = _draw(Pen(canvas), ink, seed, shot, character, _WIDTH, height * _WIDTH / width, number)
    return Drawn(surface, ink.ground, family, _MIDDLE, shot.kind in _FIGURES)


def _stage(width: float, height: float) -> tuple[float, float, float]:
    """Where the drawn thing stands and how large: in the middle of a tall picture, beside the words of a wide one."""
    if height < 0.8 * width:
        return 0.73 * width, 0.47 * height, height / 1150
    return width / 2, height * _MIDDLE + max(0.0, 1700 - height) * 0.06, min(1.0, height / 1900)


def _inks(shot: Shot, character: CharacterSheet, number: int) -> Inks:
    palette = character.palette
    if shot.kind == "end":
        dark = min((palette.ink, palette.paper), key=luminance)
        return on_ground(mix(dark, palette.second, 0.10), palette)
    if shot.kind == "portrait":
        return on_ground(ground_for(character.seed, palette), palette)
    return inks(palette, Chance(f"{character.seed}"), number)


def _draw(
    pen: Pen, ink: Inks, seed: str, shot: Shot, character: CharacterSheet, width: float, height: float, number: int
) -> str:
    chance = Chance(seed)
    x, y, size = _stage(width, height)
    if shot.kind == "end":
        patterns.calm(pen, ink, chance, width, height)
        return "calm"
    if shot.kind == "portrait":
        chance.choice(BACKDROPS[:4])(pen, ink, chance, x, y, width, height)
        presenter(pen, character.seed, character.palette, x, 0.85 * height, 1.25)
        return "portrait"
    figure = _FIGURES.get(shot.kind)
    if figure and (shot.figures or shot.words or shot.kind == "quote"):
        with pen.at(x, y, scale=0.80 * size):
            figure(pen, ink, chance, shot, 0, 0)
        return shot.kind
    if shot.kind == "icon" and shot.words in OBJECTS:
        order = Chance(seed.rpartition("/")[0]).shuffled(BACKDROPS)
        backdrop = order[number % len(order)]
        backdrop(pen, ink, chance, x, y, width, height)
        with pen.at(x, y, scale=3.1 * size):
            OBJECTS[shot.words](pen, ink)
        return f"icon {backdrop.__name__}"
    wild = (*SCENES, *patterns.PATTERNS)
    scene = chance.choice(wild)
    scene(pen, ink, chance, width, height)
    return scene.__name__


_FIGURES = {
    "share": figures.share,
    "bars": figures.bars,
    "number": figures.number,
    "count": figures.count,
    "quote": figures.quote,
}
