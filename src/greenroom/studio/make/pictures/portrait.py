"""The presenter from a seed: a drawn adult, clearly an illustration, the same in every video of a character."""

from collections.abc import Callable
from dataclasses import dataclass

import skia

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Palette
from greenroom.studio.make.colour import argb, distance, luminance, mix
from greenroom.studio.make.pictures.clothes import CLOTHES
from greenroom.studio.make.pictures.hair import HAIR, Hair
from greenroom.studio.make.pictures.inks import Inks, on_ground
from greenroom.studio.make.pictures.pen import Pen

_SKINS = ("#F6D7C3", "#EDBE9B", "#D9A27A", "#B97F56", "#8D5A3A", "#633D29")
_HAIRS = ("#1E1A1D", "#3A2620", "#5E3A26", "#8A5A33", "#B98A4E", "#8C8F96", "#D9D6D0", "#7A2E24")


@dataclass(frozen=True, slots=True)
class Looks:
    """What the seed decided. Colours are hex; `jaw` is half the width of the face at the chin's height."""

    skin: str
    shade: str
    hair: str
    style: Hair
    clothes: Callable[[Pen, Inks, str, str], None]
    cloth: str
    under: str
    jaw: float
    glasses: int
    beard: int
    earrings: bool
    mouth: int
    brow: float


def draw_portrait(seed: int, palette: Palette, size: int) -> bytes:
    """A square PNG of `size` pixels; the same seed and palette give the same face."""
    surface = skia.Surface(size, size)
    canvas = surface.getCanvas()
    chance = Chance(f"portrait/{seed}")
    ground = ground_for(seed, palette)
    ink = on_ground(ground, palette)
    canvas.clear(argb(ground))
    canvas.scale(size / 1000, size / 1000)
    pen = Pen(canvas)
    _behind(pen, ink, chance.fork("behind"))
    presenter(pen, seed, palette, 500, 1000, 1.0)
    return bytes(surface.makeImageSnapshot().encodeToData())


def presenter(pen: Pen, seed: int, palette: Palette, x: float, bottom: float, scale: float) -> None:
    """The bust, standing on `bottom` around `x`, about 900 tall at scale 1."""
    looks = _looks(seed, palette)
    ink = on_ground(palette.second, palette)
    with pen.at(x, bottom, scale):
        dark = mix(looks.hair, "#000000", 0.18)
        looks.style.back(pen, looks.hair, dark)
        _neck(pen, looks)
        looks.clothes(pen, ink, looks.cloth, looks.under)
        _head(pen, looks)
        looks.style.front(pen, looks.hair, dark)
        if looks.glasses:
            _glasses(pen, looks, palette)


def ground_for(seed: int, palette: Palette) -> str:
    """A ground that neither the clothes nor the hair nor the face melts into."""
    looks = _looks(seed, palette)
    soft = (mix(palette.paper, palette.second, 0.35), mix(palette.paper, palette.accent, 0.35))
    options = (palette.second, palette.accent, *soft, palette.ink)
    worn = (looks.cloth, looks.hair, looks.skin)
    apart = [ground for ground in options if min(distance(ground, colour) for colour in worn) > 120]
    chance = Chance(f"portrait/{seed}/ground")
    return chance.choice(apart) if apart else max(options, key=lambda one: distance(one, looks.cloth))


def _looks(seed: int, palette: Palette) -> Looks:
    chance = Chance(f"looks/{seed}")
    skin = chance.choice(_SKINS)
    hair = chance.choice([colour for colour in _HAIRS if distance(colour, skin) > 110])
    style = chance.choice(HAIR)
    beard = chance.choice((0, 0, 1, 2)) if style.beard else 0
    cloths = [
        c
        for c in (palette.accent, palette.ink, palette.paper, mix(palette.accent, palette.ink, 0.45))
        if distance(c, skin) > 90
    ]
    cloth = chance.choice(cloths or [palette.ink])
    under = max((palette.paper, palette.ink, palette.accent), key=lambda colour: distance(colour, cloth))
    return Looks(
        skin=skin,
        shade=mix(skin, "#5B1F1A" if luminance(skin) > 0.25 else "#1A0B08", 0.20),
        hair=hair if style.coloured else palette.accent if distance(palette.accent, cloth) > 90 else palette.second,
        style=style,
        clothes=chance.choice(CLOTHES),
        cloth=cloth,
        under=under,
        jaw=chance.real(92, 116),
        glasses=chance.choice((0, 0, 1, 2)),
        beard=beard,
        earrings=style.earrings and chance.unit() < 0.7,
        mouth=chance.number(0, 2),
        brow=chance.real(-5, 5),
    )


def _behind(pen: Pen, ink: Inks, chance: Chance) -> None:
    kind = chance.number(0, 2)
    if kind == 0:
        pen.disc(500, 470, 400, mix(ink.ground, ink.light, 0.22))
    elif kind == 1:
        for radius, part in ((470, 0.10), (380, 0.18), (290, 0.28)):
            pen.disc(500, 470, radius, mix(ink.ground, ink.light, part))
    else:
        pen.disc(500, 420, 360, mix(ink.ground, ink.light, 0.22))
        pen.box(140, 420, 720, 700, mix(ink.ground, ink.light, 0.22))


def _face(looks: Looks) -> str:
    jaw = looks.jaw
    return (
        f"M -148 -640 C -152 -830 152 -830 148 -640 L 146 -560 C 144 -500 {jaw} -432 {jaw * 0.48} -404 "
        f"C {jaw * 0.2} -392 {-jaw * 0.2} -392 {-jaw * 0.48} -404 C {-jaw} -432 -144 -500 -146 -560 Z"
    )


def _neck(pen: Pen, looks: Looks) -> None:
    pen.path(
        "M -74 -520 L 74 -520 L 78 -330 C 110 -300 150 -286 190 -276 L 0 -120 L -190 -276 C -150 -286 -110 "
        "-300 -78 -330 Z",
        looks.skin,
    )
    pen.path("M -74 -470 C -40 -372 50 -360 74 -430 L 75 -396 C 40 -330 -50 -340 -76 -404 Z", looks.shade)


def _head(pen: Pen, looks: Looks) -> None:
    for side in (-1, 1):
        pen.oval(side * 150, -592, 30, 42, looks.skin)
        pen.oval(side * 150, -590, 15, 24, looks.shade)
        if looks.earrings:
            pen.disc(side * 156, -538, 13, "#E8B84A")
    face = _face(looks)
    pen.path(face, looks.skin)
    jaw = looks.jaw
    lit = "M 0 -790 C 120 -790 150 -720 148 -640 L 146 -560 C 144 -500 "
    lit += f"{jaw} -432 {jaw * 0.48} -404 C {jaw * 0.2} -394 0 -394 0 -394 "
    lit += "C 26 -470 20 -540 22 -600 C 24 -680 6 -740 0 -790 Z"
    pen.path(lit, looks.shade, opacity=0.28)
    if looks.beard:
        _beard(pen, looks)
    for side in (-1, 1):
        pen.disc(side * 88, -520, 30, mix(looks.skin, "#E2574C", 0.35), opacity=0.40)
        _eye(pen, looks, side)
    pen.path("M 4 -596 C 10 -566 22 -548 14 -538 C 8 -532 -8 -532 -14 -536", looks.shade, 9)
    _mouth(pen, looks)


def _eye(pen: Pen, looks: Looks, side: int) -> None:
    x, y = side * 62, -604
    pen.path(
        f"M {x - 32} {y + 2} C {x - 18} {y - 22} {x + 18} {y - 22} {x + 32} {y + 2} C {x + 16} {y + 18} "
        f"{x - 16} {y + 18} {x - 32} {y + 2} Z",
        "#FBF7F2",
    )
    pen.disc(x, y - 1, 16, "#2A1C18")
    pen.disc(x + 5, y - 7, 5, "#FFFFFF")
    pen.path(f"M {x - 34} {y + 2} C {x - 18} {y - 26} {x + 18} {y - 26} {x + 34} {y + 2}", "#2A1C18", 8)
    brow = mix(looks.hair, "#2A1C18", 0.55)
    tilt = looks.brow * side
    pen.path(f"M {x - 38} {-642 + tilt} C {x - 18} -662 {x + 18} -662 {x + 38} {-642 - tilt}", brow, 12)


def _mouth(pen: Pen, looks: Looks) -> None:
    lip = mix(looks.skin, "#A8322F", 0.55)
    if looks.mouth == 0:
        pen.path("M -44 -484 C -24 -458 24 -458 44 -484", lip, 11)
    elif looks.mouth == 1:
        pen.path("M -50 -490 C -20 -482 20 -482 50 -490 C 38 -440 -38 -440 -50 -490 Z", "#8C2F30")
        pen.path("M -42 -487 C -18 -480 18 -480 42 -487 C 38 -470 -38 -470 -42 -487 Z", "#FFFFFF")
    else:
        pen.path("M -40 -478 C -20 -464 26 -462 48 -490", lip, 11)


def _beard(pen: Pen, looks: Looks) -> None:
    hair = mix(looks.hair, looks.skin, 0.12)
    jaw = looks.jaw
    if looks.beard == 1:
        pen.path(
            f"M -147 -600 C -140 -500 -80 -520 -56 -514 C -30 -530 30 -530 56 -514 C 80 -520 140 -500 147 "
            f"-600 L 146 -540 "
            f"C 144 -478 {jaw} -410 {jaw * 0.48} -382 C {jaw * 0.2} -368 {-jaw * 0.2} -368 {-jaw * 0.48} "
            f"-382 C {-jaw} -410 -144 -478 -146 -540 Z",
            hair,
        )
        pen.oval(0, -478, 54, 20, looks.skin)
    else:
        pen.path("M -60 -504 C -30 -524 30 -524 60 -504 C 40 -508 -40 -508 -60 -504 Z", hair, 8)
        pen.path(
            f"M -40 -424 C -20 -436 20 -436 40 -424 L {jaw * 0.36} -398 C 10 -386 -10 -386 {-jaw * 0.36} -398 Z", hair
        )


def _glasses(pen: Pen, looks: Looks, palette: Palette) -> None:
    frame = palette.ink if distance(palette.ink, looks.skin) > 150 else palette.paper
    for side in (-1, 1):
        if looks.glasses == 1:
            pen.disc(side * 64, -602, 52, "#FFFFFF", opacity=0.16)
            pen.ring(side * 64, -602, 52, 10, frame)
        else:
            pen.box(side * 66 - 54, -642, 108, 78, "#FFFFFF", 24, opacity=0.16)
            pen.line([(side * 66 - 54, -630), (side * 66 + 54, -630)], 16, frame)
            pen.path(
                f"M {side * 66 - 54} -630 C {side * 66 - 54} -560 {side * 66 + 54} -560 {side * 66 + 54} -630",
                frame,
                10,
            )
        pen.line([(side * 116, -610), (side * 150, -616)], 9, frame)
    pen.line([(-14, -606), (14, -606)], 9, frame)
