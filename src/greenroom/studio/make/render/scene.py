"""Draws and encodes one scene: its picture in motion, what stands on it, its captions, and its incoming transition."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from greenroom.studio.contracts import Word
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.captions import Colours, Group, draw, face_for, groups, heard, lay_out
from greenroom.studio.make.render.encode import scene_file
from greenroom.studio.make.render.motion import Motion, view
from greenroom.studio.make.render.overlay import Overlay
from greenroom.studio.make.render.planes import Plane, Planes
from greenroom.studio.make.render.safe import caption_box
from greenroom.studio.make.render.sprite import Sprite
from greenroom.studio.make.stage import Work

TRANSITION = 0.4
_ENTER, _LEAVE = 0.36, 0.2


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A picture, how it moves and for how many frames, and what stands on it."""

    picture: Planes
    motion: Motion
    frames: int
    overlay: Overlay | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scene to draw. `words` are timed from its first frame; it fades in from `before` and `leaves` for another."""

    backdrop: Backdrop
    before: Backdrop | None
    words: tuple[Word, ...]
    label: Overlay | None
    colours: Colours
    leaves: bool


def encode_scene(scene: Drawn, path: Path, work: Work, done: int, total: int, says: str) -> None:
    """Write the scene's file; `done` of `total` frames of the video came before it."""
    profile = work.profile
    captions = _Captions(scene.words, scene.colours, profile)
    under = _blank(profile) if scene.before else None
    with scene_file(path, profile) as file:
        for index in range(scene.backdrop.frames):
            if index % 4 == 0:
                work.check()
                work.progress((done + index) / total, says)
            frame = file.frame()
            _draw(scene, index, frame, under, profile.fps)
            captions.over(frame, (index + 0.5) / profile.fps)
            file.add()


def _draw(scene: Drawn, index: int, frame: Planes, under: Planes | None, fps: int) -> None:
    here = scene.backdrop
    view(here.picture, here.motion, index, here.frames, frame)
    fading = round(TRANSITION * fps)
    before = scene.before
    if before and under and index < fading:
        part = _eased((index + 1) / (fading + 1))
        view(before.picture, before.motion, before.frames + index, before.frames, under)
        for into, old in ((frame.y, under.y), (frame.u, under.u), (frame.v, under.v)):
            cv2.addWeighted(into, part, old, 1 - part, 0, dst=into)
    if here.overlay:
        leaving = here.frames - index if scene.leaves else here.frames
        _pass(here.overlay.sprite, frame, index / fps - (0.5 * TRANSITION if before else 0.0), leaving / fps)
    if scene.label:
        scene.label.sprite.over(frame)


def _pass(sprite: Sprite, frame: Planes, at: float, left: float) -> None:
    """Rise and appear; fade just before the scene ends, so that the next one need not know of it."""
    part = min(1.0, max(0.0, at / _ENTER))
    rest = (1 - part) ** 3
    there = min(1.0, left / _LEAVE)
    sprite.over(frame, dy=round(rest * 0.03 * frame.size[1] / 2) * 2, opacity=(1 - rest) * there)


def _eased(part: float) -> float:
    return part * part * (3 - 2 * part)


def _blank(profile: Profile) -> Planes:
    def plane(part: int) -> Plane:
        return np.zeros((profile.height // part, profile.width // part), np.uint8)

    return Planes(plane(1), plane(2), plane(2))


class _Captions:
    """The sprites of a scene's captions, each drawn when it is first seen and let go when it is over."""

    def __init__(self, words: Sequence[Word], look: Colours, profile: Profile) -> None:
        self._profile, self._look = profile, look
        self._face, self._box = face_for(profile), caption_box(profile)
        self._groups: list[Group] = groups(words, self._face, self._box.width)
        self._seen: tuple[int, int | None] | None = None
        self._sprite: Sprite | None = None

    def over(self, frame: Planes, at: float) -> None:
        number = next((n for n, group in enumerate(self._groups) if group.start <= at < group.end), None)
        if number is None:
            return
        state = number, heard(self._groups[number], at)
        if state != self._seen:
            layout = lay_out(self._groups[number], self._face, self._box)
            self._sprite, self._seen = draw(layout, state[1], self._look, self._profile), state
        if self._sprite:
            self._sprite.over(frame)
