"""Burned captions: words in short groups on a plate, the word being heard lit. Only `draw` draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import skia

from greenroom.studio.contracts import Palette, Word
from greenroom.studio.make import type as letters
from greenroom.studio.make.colour import argb, contrast, mix, readable
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.safe import Box, caption_box
from greenroom.studio.make.render.sprite import Sprite, sprite
from greenroom.studio.make.type import Face

LEAD = 0.08
PLATE = 0.90
_LONGEST_HOLD = 0.9
_MOST_WORDS = 6
_ENDS_GROUP = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class Group:
    """Words seen together from `start` to `end`."""

    words: tuple[Word, ...]
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One word at its place: left end and baseline in frame pixels, and its width."""

    text: str
    x: float
    baseline: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    face: Face
    words: tuple[Placed, ...]
    plate: Box


@dataclass(frozen=True, slots=True)
class Colours:
    plate: str
    word: str
    lit: str


def colours(palette: Palette) -> Colours:
    """A dark plate, light words and a lit word, each readable on the plate whatever the palette is."""
    dark, light = sorted((palette.ink, palette.paper), key=lambda c: contrast(c, "#FFFFFF"), reverse=True)
    plate = dark if contrast(dark, "#FFFFFF") >= 7 else mix(dark, "#000000", 0.6)
    seen = mix("#FFFFFF", plate, PLATE)
    word = readable(light, seen, 7)
    lit = readable(palette.accent, seen)
    if contrast(lit, word) < 1.25:
        lit = readable(palette.second, seen)
    return Colours(plate, word, lit)


def groups(words: Sequence[Word], face: Face, width: float) -> list[Group]:
    """Words that are seen together: at most two lines, cut at the end of a sentence and at long pauses."""
    made: list[list[Word]] = []
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        if before is None or _cut(made[-1], before, word, face, width):
            made.append([])
        made[-1].append(word)
    made = _balanced(made)
    starts = [max(0.0, group[0].start - LEAD) for group in made]
    ends = [*starts[1:], made[-1][-1].end + _LONGEST_HOLD] if made else []
    return [
        Group(tuple(group), start, min(end, group[-1].end + _LONGEST_HOLD))
        for group, start, end in zip(made, starts, ends, strict=True)
    ]


def lay_out(group: Group, face: Face, box: Box) -> Layout:
    """Where each word of a group goes: one or two centred lines, bottom-heavy, inside the box."""
    texts = [word.text for word in group.words]
    space = letters.measure("n n", face) - letters.measure("nn", face)
    widths = [letters.measure(text, face) for text in texts]
    widest = max(widths)
    if widest > box.width:
        smaller = Face(face.weight, face.size * box.width / widest * 0.99, face.spacing)
        return lay_out(group, smaller, box)
    lines = _lines(widths, space, box.width)
    height = face.size * 1.22
    top = box.y + (box.height - height * len(lines)) / 2
    backwards = letters.right_to_left(" ".join(texts))
    placed: list[Placed] = []
    left, right = box.x + box.width, box.x
    for number, line in enumerate(lines):
        total = sum(widths[i] for i in line) + space * (len(line) - 1)
        x = box.x + (box.width - total) / 2
        left, right = min(left, x), max(right, x + total)
        baseline = top + number * height + face.size * 0.92
        for i in reversed(line) if backwards else line:
            placed.append(Placed(texts[i], x, baseline, widths[i]))
            x += widths[i] + space
    if backwards:
        placed = _in_order(placed, texts)
    pad_x, pad_y = face.size * 0.42, face.size * 0.26
    plate = Box(left - pad_x, top - pad_y, right - left + 2 * pad_x, height * len(lines) + 2 * pad_y - face.size * 0.08)
    return Layout(face, tuple(placed), plate)


def draw(layout: Layout, lit: int | None, look: Colours, profile: Profile) -> Sprite:
    """The sprite of a group while word `lit` (or none) is heard."""
    x, y = int(layout.plate.x) // 2 * 2 - 2, int(layout.plate.y) // 2 * 2 - 2
    surface = skia.Surface(int(layout.plate.width) // 2 * 2 + 8, int(layout.plate.height) // 2 * 2 + 8)
    canvas = surface.getCanvas()
    canvas.translate(-x, -y)
    plate = skia.Paint(AntiAlias=True, Color=argb(look.plate, PLATE))
    rect = skia.Rect.MakeXYWH(layout.plate.x, layout.plate.y, layout.plate.width, layout.plate.height)
    canvas.drawRoundRect(rect, layout.face.size * 0.34, layout.face.size * 0.34, plate)
    for index, word in enumerate(layout.words):
        colour = argb(look.lit if index == lit else look.word)
        letters.draw(canvas, word.text, word.x, word.baseline, layout.face, colour)
    return sprite(surface, x, y)


def heard(group: Group, at: float) -> int | None:
    """The index of the word to light at a moment: the last that began, a little early."""
    begun = [index for index, word in enumerate(group.words) if word.start - LEAD <= at]
    return begun[-1] if begun else None


def face_for(profile: Profile) -> Face:
    box = caption_box(profile)
    return Face("bold", min(box.width / 13.2, profile.height / 22))


def _cut(group: list[Word], before: Word, word: Word, face: Face, width: float) -> bool:
    if before.text.rstrip("\"'”’)").endswith(_ENDS_GROUP) or word.start - before.end > 0.45:
        return True
    if len(group) >= _MOST_WORDS:
        return True
    space = face.size * 0.28
    widths = [letters.measure(w.text, face) for w in (*group, word)]
    return len(_lines(widths, space, width)) > 2 or (len(group) >= 4 and before.text.endswith(","))


def _balanced(made: list[list[Word]]) -> list[list[Word]]:
    """Do not leave one short word alone when the group before it can give one."""
    for before, after in pairwise(made):
        ends = before[-1].text.endswith(_ENDS_GROUP)
        if len(after) == 1 and len(before) >= 4 and not ends and after[0].start - before[-1].end < 0.45:
            after.insert(0, before.pop())
    return made


def _lines(widths: Sequence[float], space: float, width: float) -> list[list[int]]:
    """Indices by line: as few lines as fit, then as even as they get."""
    greedy: list[list[int]] = [[]]
    used = 0.0
    for index, one in enumerate(widths):
        if greedy[-1] and used + space + one > width:
            greedy.append([])
            used = 0.0
        used += one + (space if greedy[-1] else 0)
        greedy[-1].append(index)
    if len(greedy) != 2:
        return greedy
    cuts = range(1, len(widths))
    whole = [sum(widths[:cut]) + space * (cut - 1) for cut in cuts]
    rest = [sum(widths[cut:]) + space * (len(widths) - cut - 1) for cut in cuts]
    fits = [cut for cut, a, b in zip(cuts, whole, rest, strict=True) if a <= width and b <= width]
    if not fits:  # a word that is wider than a line
        return greedy
    best = min(fits, key=lambda cut: abs(whole[cut - 1] - rest[cut - 1]))
    return [list(range(best)), list(range(best, len(widths)))]


def _in_order(placed: list[Placed], texts: list[str]) -> list[Placed]:
    """Back in the order they are heard, after lines were filled from the right."""
    rest = list(placed)
    ordered = []
    for text in texts:
        found = next(word for word in sorted(rest, key=lambda w: (w.baseline, -w.x)) if word.text == text)
        rest.remove(found)
        ordered.append(found)
    return ordered
