"""What stands still over the moving pictures: headline, title, end card and the label that says AI."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from greenroom.studio.contracts import CharacterSheet, Palette
from greenroom.studio.make import type as letters
from greenroom.studio.make.colour import argb, mix, on, readable
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.safe import Box, caption_box, safe_box, unit
from greenroom.studio.make.render.sprite import Sprite, sprite
from greenroom.studio.make.type import Face


@dataclass(frozen=True, slots=True)
class Text:
    """A line as it was placed, for the checks: its box, its colour and its size in pixels."""

    text: str
    box: Box
    colour: str
    size: float


@dataclass(frozen=True, slots=True)
class Overlay:
    sprite: Sprite
    texts: tuple[Text, ...]


def headline(words: str, ground: str, palette: Palette, profile: Profile) -> Overlay | None:
    """The short line of a beat, at the top of the safe box, straight on the picture's calm ground."""
    if not words.strip():
        return None
    safe = safe_box(profile)
    across = 0.46 * profile.width if profile.width > 1.2 * profile.height else safe.width
    down = 0.42 if profile.width > 1.2 * profile.height else 0.185
    one = unit(profile)
    box = Box(safe.x, safe.y + 0.045 * profile.height + _under_label(profile), across, down * profile.height)
    face, lines = letters.fit(words, "display", box.width, box.height, largest=0.098 * one, leading=1.08)
    page = _Page(profile)
    page.bar(box.x, box.y, 0.075 * one, 0.011 * one, readable(palette.accent, ground, 2.2))
    page.lines(lines, box.x, box.y + 0.042 * one, face, on(ground, palette.ink, palette.paper), 1.08)
    return page.overlay()


def title(words: str, ground: str, character: CharacterSheet, profile: Profile) -> Overlay:
    """The title card: the title as large as it fits, and who speaks, on a veil where the picture is in their way."""
    safe, palette = safe_box(profile), character.palette
    one = unit(profile)
    box = Box(safe.x, safe.y + 0.05 * profile.height + _under_label(profile), safe.width, 0.31 * profile.height)
    face, lines = letters.fit(words, "display", box.width, box.height, largest=0.135 * one, leading=1.04)
    page = _Page(profile)
    small = Face("medium", 0.036 * one)
    top, gap = box.y + 0.06 * profile.width, 0.028 * profile.width
    page.veil(box.y, top + len(lines) * face.size * 1.04 + gap + 1.2 * small.size, 0.07 * profile.height, ground)
    ink = on(ground, palette.ink, palette.paper)
    page.bar(box.x, box.y, 0.16 * one, 0.016 * one, readable(palette.accent, ground, 2.2))
    below = page.lines(lines, box.x, top, face, ink, 1.04)
    page.lines(
        [f"with {character.name}"],
        box.x,
        below + gap,
        small,
        readable(mix(ink, ground, 0.25), ground),
        1.2,
    )
    return page.overlay()


def label(character: CharacterSheet, profile: Profile) -> Overlay:
    """The pill that says from the first frame to the last that this is AI."""
    safe, palette = safe_box(profile), character.palette
    face = Face("bold", 0.0275 * unit(profile))
    text = f"{character.disclosure.label} · @{character.handle}"
    width = letters.measure(text, face) + 2.3 * face.size
    page = _Page(profile)
    pill = Box(safe.x, safe.y - 0.012 * profile.height, width, 1.95 * face.size)
    page.pill(pill, palette.ink, 0.84)
    page.dot(
        pill.x + face.size * 0.95, pill.y + pill.height / 2, face.size * 0.24, readable(palette.accent, palette.ink, 3)
    )
    baseline = pill.y + pill.height / 2 + face.size * 0.36
    page.line(text, pill.x + face.size * 1.5, baseline, face, readable(palette.paper, palette.ink))
    return page.overlay()


def end_card(
    portrait: skia.Image, ground: str, character: CharacterSheet, sources: Sequence[str], profile: Profile
) -> Overlay:
    """Who spoke, that it is AI in full sentences, and where the claims come from."""
    page, palette, width = _Page(profile), character.palette, profile.width
    one = min(unit(profile), 0.72 * profile.height)
    safe = safe_box(profile)
    ink = on(ground, palette.ink, palette.paper)
    bottom = caption_box(profile).y - 0.02 * profile.height
    size = min(0.40 * one, 0.36 * (bottom - safe.y))
    middle = safe.x + safe.width / 2 if profile.height < 1.5 * width else width / 2
    top = safe.y + 0.04 * profile.height
    page.picture(portrait, middle - size / 2, top, size, palette.accent)
    at = top + size + 0.055 * one
    room = min(safe.width, 2 * min(middle - safe.x, safe.x + safe.width - middle))
    face, lines = letters.fit(character.name, "display", room, 0.16 * one, largest=0.092 * one)
    at = page.centred(lines, middle, at, face, ink, 1.08)
    at = page.centred([f"@{character.handle}"], middle, at + 0.008 * one, Face("medium", 0.043 * one), ink, 1.3)
    at += 0.03 * one
    at = _notice(page, character, middle, at, room, one)
    if sources:
        small = Face("medium", 0.0275 * one)
        quiet = readable(mix(ink, ground, 0.2), ground)
        listed = letters.wrap("Sources: " + "; ".join(sources[:3]), small, room)[:3]
        page.centred(listed, middle, at + 0.03 * one, small, quiet, 1.35)
    return page.overlay()


def _under_label(profile: Profile) -> float:
    """In a frame that is not tall, a tenth of the height is less than the label needs."""
    return 0.0 if profile.height >= 1.5 * profile.width else 0.055 * unit(profile)


def _notice(page: "_Page", character: CharacterSheet, middle: float, at: float, room: float, one: float) -> float:
    """The disclosure on a plate of its own. Returns its lower edge."""
    palette = character.palette
    plate = palette.paper
    face, small = Face("bold", 0.044 * one), Face("medium", 0.036 * one)
    lines = letters.wrap(character.disclosure.caption, small, room - 0.12 * one)
    height = 0.05 * one + 1.3 * face.size + 1.32 * small.size * len(lines) + 0.03 * one
    page.plate(Box(middle - room / 2, at, room, height), plate, 0.036 * one)
    ink = readable(palette.ink, plate, 7)
    below = page.centred([character.disclosure.label], middle, at + 0.035 * one, face, ink, 1.3)
    page.centred(lines, middle, below, small, ink, 1.32)
    return at + height


class _Page:
    """A transparent sheet as large as the frame; what is put on it becomes one sprite."""

    def __init__(self, profile: Profile) -> None:
        self._surface = skia.Surface(profile.width, profile.height)
        self._canvas = self._surface.getCanvas()
        self._texts: list[Text] = []

    def overlay(self) -> Overlay:
        return Overlay(sprite(self._surface, 0, 0), tuple(self._texts))

    def line(self, text: str, x: float, baseline: float, face: Face, colour: str) -> None:
        letters.draw(self._canvas, text, x, baseline, face, argb(colour))
        width = letters.measure(text, face)
        box = Box(x, baseline - face.ascent, width, face.ascent + face.descent)
        self._texts.append(Text(text, box, colour, face.size))

    def lines(self, lines: Sequence[str], x: float, top: float, face: Face, colour: str, leading: float) -> float:
        """Left-aligned lines from `top`; gives back the lower edge."""
        for number, text in enumerate(lines):
            self.line(text, x, top + face.ascent + number * face.size * leading, face, colour)
        return top + len(lines) * face.size * leading

    def centred(
        self, lines: Sequence[str], middle: float, top: float, face: Face, colour: str, leading: float
    ) -> float:
        for number, text in enumerate(lines):
            x = middle - letters.measure(text, face) / 2
            self.line(text, x, top + face.ascent + number * face.size * leading, face, colour)
        return top + len(lines) * face.size * leading

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.plate(Box(x, y, width, height), colour, height / 2)

    def veil(self, top: float, bottom: float, soft: float, colour: str) -> None:
        """The ground's colour over the picture's whole width between the heights, without an edge to be seen."""
        width, end = self._surface.width(), bottom + soft
        stops = [0.0, min(soft, bottom - top) / (end - top), (bottom - top) / (end - top), 1.0]
        shader = skia.GradientShader.MakeLinear(
            points=[skia.Point(0, top), skia.Point(0, end)],
            colors=[argb(colour, opacity) for opacity in (0.0, 0.94, 0.94, 0.0)],
            positions=stops,
        )
        self._canvas.drawRect(skia.Rect.MakeLTRB(0, top, width, end), skia.Paint(Shader=shader))

    def plate(self, box: Box, colour: str, radius: float, opacity: float = 1.0) -> None:
        paint = skia.Paint(AntiAlias=True, Color=argb(colour, opacity))
        self._canvas.drawRoundRect(skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height), radius, radius, paint)

    def pill(self, box: Box, colour: str, opacity: float) -> None:
        self.plate(box, colour, box.height / 2, opacity)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=argb(colour)))

    def picture(self, image: skia.Image, x: float, y: float, size: float, ring: str) -> None:
        """A round picture with a ring."""
        canvas, radius = self._canvas, size / 2
        canvas.drawCircle(x + radius, y + radius, radius, skia.Paint(AntiAlias=True, Color=argb(ring)))
        canvas.save()
        path = skia.Path.Circle(x + radius, y + radius, radius - 0.022 * size)
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImageRect(image, skia.Rect.MakeXYWH(x, y, size, size), sampling)
        canvas.restore()


def image(png: bytes) -> skia.Image:
    return skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(np.frombuffer(png, np.uint8)))
