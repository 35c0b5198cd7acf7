"""What the presenter wears: shoulders to the lower edge, in a cloth and something under it."""

from collections.abc import Callable

from greenroom.studio.make.colour import mix
from greenroom.studio.make.pictures.inks import Inks
from greenroom.studio.make.pictures.pen import Pen

Clothes = Callable[[Pen, Inks, str, str], None]

_BODY = (
    "M -430 340 L -430 40 C -430 -150 -370 -226 -190 -280 C -120 -240 120 -240 190 -280 "
    "C 370 -226 430 -150 430 40 L 430 340 Z"
)


def blazer(pen: Pen, ink: Inks, cloth: str, under: str) -> None:
    dark = mix(cloth, "#000000", 0.18)
    pen.path(_BODY, cloth)
    pen.path("M -150 -292 C -90 -230 90 -230 150 -292 L 20 340 L -20 340 Z", under)
    pen.path("M -190 -284 L -150 -296 L -8 340 L -120 340 L -236 -130 L -176 -150 L -232 -196 Z", dark)
    pen.path("M 190 -284 L 150 -296 L 8 340 L 120 340 L 236 -130 L 176 -150 L 232 -196 Z", dark)
    pen.box(196, -60, 96, 14, dark, 7)
    pen.box(212, -84, 60, 26, under, 6)


def jumper(pen: Pen, ink: Inks, cloth: str, under: str) -> None:
    dark = mix(cloth, "#000000", 0.16)
    pen.path(_BODY, cloth)
    pen.path("M -204 -268 C -150 -296 -116 -304 -108 -350 L 108 -350 C 116 -304 150 -296 204 -268 L 0 -120 Z", cloth)
    pen.path("M -104 -400 C -60 -360 60 -360 104 -400 L 122 -268 C 60 -220 -60 -220 -122 -268 Z", cloth)
    pen.path("M -104 -400 C -60 -360 60 -360 104 -400 L 108 -370 C 60 -330 -60 -330 -108 -370 Z", dark)
    for x in (-250, 250):
        pen.line([(x, 340), (x * 0.94, -80)], 10, dark)


def shirt(pen: Pen, ink: Inks, cloth: str, under: str) -> None:
    dark = mix(cloth, "#000000", 0.14)
    pen.path(_BODY, cloth)
    pen.line([(0, -160), (0, 340)], 8, dark)
    for y in (-96, 40, 176):
        pen.disc(18, y, 9, under)
    pen.path("M -146 -318 L -40 -190 L -126 -128 L -206 -272 Z", mix(cloth, "#FFFFFF", 0.16))
    pen.path("M 146 -318 L 40 -190 L 126 -128 L 206 -272 Z", mix(cloth, "#FFFFFF", 0.16))


def tee(pen: Pen, ink: Inks, cloth: str, under: str) -> None:
    dark = mix(cloth, "#000000", 0.16)
    pen.path(_BODY, cloth)
    pen.path("M -150 -292 C -110 -190 110 -190 150 -292 C 120 -226 -120 -226 -150 -292 Z", dark, 16)
    pen.disc(0, -60, 54, under)
    pen.pie(0, -60, 54, -90, 180, mix(under, cloth, 0.35))


def cardigan(pen: Pen, ink: Inks, cloth: str, under: str) -> None:
    dark = mix(cloth, "#000000", 0.15)
    pen.path(_BODY, under)
    pen.path("M -150 -292 C -110 -200 110 -200 150 -292 L 120 340 L -120 340 Z", mix(under, "#000000", 0.08))
    for side in (-1, 1):
        pen.path(
            f"M {side * 196} -282 C {side * 130} -190 {side * 70} -80 {side * 60} 340 L {side * 440} 340 C "
            f"{side * 430} -150 {side * 370} -226 {side * 196} -282 Z",
            cloth,
        )
        pen.path(
            f"M {side * 196} -282 C {side * 130} -190 {side * 70} -80 {side * 60} 340 L {side * 96} 340 C "
            f"{side * 110} -80 {side * 160} -180 {side * 222} -272 Z",
            dark,
        )


CLOTHES: tuple[Clothes, ...] = (blazer, jumper, shirt, tee, cardigan)
