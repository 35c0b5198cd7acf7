"""Hair and headwear of the presenter: what lies behind the head and what falls over it."""

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.studio.make.pictures.pen import Pen

Layer = Callable[[Pen, str, str], None]


@dataclass(frozen=True, slots=True)
class Hair:
    """`back` is drawn before the head, `front` after it. Both take the hair's colour and a darker one."""

    back: Layer
    front: Layer
    beard: bool = False
    earrings: bool = True
    coloured: bool = True


def _nothing(pen: Pen, colour: str, dark: str) -> None:
    pass


def _crop(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -158 -610 C -176 -700 -170 -800 -96 -842 C -30 -884 96 -878 142 -812 C 176 -764 170 -690 158 -610 "
        "C 150 -650 146 -690 124 -716 C 60 -712 -20 -726 -72 -766 C -92 -722 -140 -690 -158 -610 Z",
        colour,
    )
    pen.path("M -72 -766 C -30 -730 50 -712 124 -716 C 80 -700 -30 -706 -72 -766 Z", dark)


def _quiff(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -156 -610 C -170 -690 -164 -740 -146 -776 C -130 -880 20 -930 120 -872 C 178 -838 178 -720 156 -610 "
        "C 150 -660 144 -700 128 -722 C 70 -760 -60 -750 -120 -722 C -142 -698 -150 -650 -156 -610 Z",
        colour,
    )
    pen.path("M -120 -722 C -40 -800 90 -800 128 -722 C 70 -756 -50 -752 -120 -722 Z", dark)


def _bald(pen: Pen, colour: str, dark: str) -> None:
    pen.path("M -90 -764 C -50 -786 0 -790 30 -786 C -10 -776 -60 -768 -90 -764 Z", "#FFFFFF", opacity=0.35)


def _bob_back(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -204 -420 C -250 -700 -200 -880 0 -880 C 200 -880 250 -700 204 -420 C 150 -400 -150 -400 -204 -420 Z", dark
    )


def _bob(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -206 -424 C -246 -700 -190 -884 10 -884 C 206 -884 246 -700 206 -424 C 180 -416 160 -420 148 -430 "
        "C 166 -560 160 -660 130 -716 C 60 -700 -40 -716 -90 -770 C -120 -700 -164 -620 -148 -430 C -164 "
        "-420 -180 -416 -206 -424 Z",
        colour,
    )


def _long_back(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -230 -180 C -270 -420 -240 -880 0 -884 C 240 -880 270 -420 230 -180 C 170 -150 120 -170 110 -200 "
        "L -110 -200 C -120 -170 -170 -150 -230 -180 Z",
        dark,
    )


def _long(pen: Pen, colour: str, dark: str) -> None:
    for side in (-1, 1):
        pen.path(
            f"M 0 -800 C {side * 70} -770 {side * 150} -720 {side * 150} -600 C {side * 156} -480 "
            f"{side * 176} -380 {side * 150} -240 "
            f"C {side * 190} -220 {side * 226} -260 {side * 226} -320 C {side * 240} -520 {side * 240} -884 0 -884 Z",
            colour,
        )


def _bun_back(pen: Pen, colour: str, dark: str) -> None:
    pen.disc(0, -890, 92, dark)
    pen.disc(-10, -898, 78, dark)


def _bun(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -156 -606 C -176 -780 -110 -862 0 -862 C 110 -862 176 -780 156 -606 C 146 -680 110 -752 0 -766 C "
        "-110 -752 -146 -680 -156 -606 Z",
        colour,
    )
    pen.path("M -60 -852 C -30 -830 30 -830 60 -852", dark, 10)


_CURLS = (
    (-170, -560, 80), (-190, -660, 88), (-150, -770, 92), (-60, -840, 96), (50, -846, 96),
    (146, -780, 92), (190, -670, 88), (170, -560, 80), (-150, -470, 66), (150, -470, 66),
)  # fmt: skip


def _curly_back(pen: Pen, colour: str, dark: str) -> None:
    for x, y, radius in _CURLS:
        pen.disc(x, y, radius, dark)


def _curly(pen: Pen, colour: str, dark: str) -> None:
    for x, y, r in (
        (-140, -730, 60),
        (-84, -786, 66),
        (-10, -806, 70),
        (70, -792, 66),
        (134, -738, 58),
        (-160, -664, 42),
        (158, -670, 42),
    ):
        pen.disc(x, y, r, colour)


def _afro_back(pen: Pen, colour: str, dark: str) -> None:
    pen.oval(0, -690, 262, 250, colour)
    pen.oval(60, -670, 200, 226, dark, opacity=0.35)


def _afro(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -156 -640 C -170 -760 -100 -800 0 -800 C 100 -800 170 -760 156 -640 C 140 -700 100 -742 0 -742 C "
        "-100 -742 -140 -700 -156 -640 Z",
        colour,
    )


def _waves_back(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -214 -330 C -260 -420 -190 -500 -226 -600 C -260 -720 -170 -890 10 -886 C 190 -880 262 -730 226 -600 "
        "C 196 -500 262 -420 214 -330 C 160 -300 130 -330 130 -380 L -130 -380 C -130 -330 -160 -300 -214 -330 Z",
        dark,
    )


def _waves(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M 70 -806 C -40 -790 -120 -740 -146 -640 C -160 -560 -150 -500 -176 -440 C -230 -440 -250 -520 -222 -600 "
        "C -250 -760 -150 -892 20 -890 C 170 -886 256 -750 224 -600 C 250 -520 226 -440 176 -440 C 150 -520 "
        "170 -620 140 -700 C 126 -750 100 -790 70 -806 Z",
        colour,
    )


def _scarf_back(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -200 -560 C -220 -820 -120 -890 0 -890 C 120 -890 220 -820 200 -560 C 220 -420 260 -330 300 -250 "
        "L -300 -250 C -260 -330 -220 -420 -200 -560 Z",
        dark,
    )


def _scarf(pen: Pen, colour: str, dark: str) -> None:
    pen.path(
        "M -140 -560 C -160 -760 -110 -800 0 -800 C 110 -800 160 -760 140 -560 C 130 -460 70 -392 0 -388 C "
        "-70 -392 -130 -460 -140 -560 Z "
        "M -200 -560 C -200 -440 -210 -340 -290 -240 C -150 -200 150 -200 290 -240 C 210 -340 200 -440 200 "
        "-560 C 220 -820 120 -890 0 -890 C -120 -890 -220 -820 -200 -560 Z",
        colour,
    )
    pen.path("M -120 -420 C -60 -330 60 -320 170 -400 C 130 -300 -40 -270 -150 -320 Z", dark)


HAIR: tuple[Hair, ...] = (
    Hair(_nothing, _crop, beard=True, earrings=False),
    Hair(_nothing, _quiff, beard=True, earrings=False),
    Hair(_nothing, _bald, beard=True),
    Hair(_bob_back, _bob),
    Hair(_long_back, _long),
    Hair(_bun_back, _bun),
    Hair(_curly_back, _curly),
    Hair(_afro_back, _afro, beard=True),
    Hair(_waves_back, _waves),
    Hair(_scarf_back, _scarf, earrings=False, coloured=False),
)
