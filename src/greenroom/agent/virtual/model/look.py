"""How a phone looks: colours and measures of the two skins, by day and by night. Colours are 0xAARRGGBB."""

from dataclasses import dataclass
from functools import cache

from greenroom.agent.virtual.contracts import Skin
from greenroom.agent.virtual.model.element import Type


@dataclass(frozen=True, slots=True)
class Look:
    """`back` lies behind everything, `card` on it, `raised` on that; `soft` and `faint` are quieter inks."""

    skin: Skin
    dark: bool
    face: str
    back: int
    card: int
    raised: int
    ink: int
    soft: int
    faint: int
    line: int
    accent: int
    on_accent: int
    tint: int
    on_tint: int
    good: int
    bad: int
    inverse: int
    on_inverse: int
    status: float
    nav: float
    bar: float
    row: float
    radius: float
    title: Type
    headline: Type
    body: Type
    label: Type
    small: Type
    tiny: Type

    @property
    def iphone(self) -> bool:
        return self.skin == "iphone"


@cache
def look(skin: Skin, dark: bool) -> Look:
    return _iphone(dark) if skin == "iphone" else _android(dark)


def faded(colour: int, opacity: float) -> int:
    """The colour, more transparent."""
    return (int((colour >> 24) * opacity) << 24) | (colour & 0xFFFFFF)


def mixed(one: int, other: int, share: float) -> int:
    """Opaque colours mixed; `share` 0 is the first."""
    parts = (round(((one >> s) & 255) * (1 - share) + ((other >> s) & 255) * share) << s for s in (16, 8, 0))
    return 0xFF000000 | sum(parts)


def _android(dark: bool) -> Look:
    return Look(
        skin="android",
        dark=dark,
        face="roboto",
        back=0xFF111318 if dark else 0xFFF8F9FD,
        card=0xFF1D2026 if dark else 0xFFEDF0F7,
        raised=0xFF2A2D34 if dark else 0xFFE1E5EE,
        ink=0xFFE3E3E8 if dark else 0xFF1A1C20,
        soft=0xFFBFC3CC if dark else 0xFF44474F,
        faint=0xFF8D919A if dark else 0xFF74777F,
        line=0xFF3A3D45 if dark else 0xFFD5D8E1,
        accent=0xFFA8C7FA if dark else 0xFF0B57D0,
        on_accent=0xFF062E6F if dark else 0xFFFFFFFF,
        tint=0xFF284777 if dark else 0xFFD3E3FD,
        on_tint=0xFFD6E3FF if dark else 0xFF0B2A55,
        good=0xFF7DD491 if dark else 0xFF146C2E,
        bad=0xFFF2B8B5 if dark else 0xFFB3261E,
        inverse=0xFFE3E3E8 if dark else 0xFF2E3036,
        on_inverse=0xFF2E3036 if dark else 0xFFF1F0F4,
        status=38,
        nav=48,
        bar=60,
        row=64,
        radius=16,
        title=Type(21, 400, 28),
        headline=Type(30, 400, 38),
        body=Type(16, 400, 23, 0.15),
        label=Type(14.5, 500, 20, 0.1),
        small=Type(14, 400, 20, 0.2),
        tiny=Type(12, 500, 16, 0.4),
    )


def _iphone(dark: bool) -> Look:
    return Look(
        skin="iphone",
        dark=dark,
        face="inter",
        back=0xFF000000 if dark else 0xFFF2F2F7,
        card=0xFF1C1C1E if dark else 0xFFFFFFFF,
        raised=0xFF2C2C2E if dark else 0xFFE5E5EA,
        ink=0xFFFFFFFF if dark else 0xFF000000,
        soft=0xFFAEAEB4 if dark else 0xFF6C6C71,
        faint=0xFF85858B,
        line=0xFF38383A if dark else 0xFFD1D1D6,
        accent=0xFF0A84FF if dark else 0xFF007AFF,
        on_accent=0xFFFFFFFF,
        tint=0xFF17334F if dark else 0xFFD9EBFF,
        on_tint=0xFF9CCBFF if dark else 0xFF0058B8,
        good=0xFF30D158 if dark else 0xFF34C759,
        bad=0xFFFF453A if dark else 0xFFFF3B30,
        inverse=0xFF3A3A3C if dark else 0xFF2C2C2E,
        on_inverse=0xFFFFFFFF,
        status=50,
        nav=34,
        bar=46,
        row=50,
        radius=11,
        title=Type(17, 500, 22, -0.3),
        headline=Type(32, 700, 40, -0.8),
        body=Type(16.5, 400, 23, -0.25),
        label=Type(16, 500, 21, -0.2),
        small=Type(14, 400, 19, -0.1),
        tiny=Type(11, 500, 14, 0),
    )
