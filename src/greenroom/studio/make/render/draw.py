"""Draws the scenes that are not kept yet and gives back the files of all of them."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from greenroom.studio.contracts import MakeInput, Script
from greenroom.studio.make.memory import give_back
from greenroom.studio.make.pictures.portrait import draw_portrait
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render import overlay as overlays
from greenroom.studio.make.render.captions import colours
from greenroom.studio.make.render.overlay import Overlay
from greenroom.studio.make.render.plan import Shown
from greenroom.studio.make.render.planes import Planes, from_file
from greenroom.studio.make.render.scene import Backdrop, Drawn, encode_scene
from greenroom.studio.make.stage import Work


def draw_scenes(
    job: MakeInput, script: Script, scenes: Sequence[Shown], pictures: Mapping[str, Path], work: Work
) -> tuple[list[Path], int]:
    """The scene files in order, and how many of them had to be made."""
    files: list[Path] = []
    made = 0
    total = sum(shown.span.count for shown in scenes)
    studio = _Studio(job, script, pictures, work.profile)
    for number, shown in enumerate(scenes):
        work.check()
        kept = work.cache.get(shown.key)
        if kept is None:
            before = scenes[number - 1] if number else None
            part = work.folder / f"{shown.scene.id}.part.mp4"
            drawn = studio.drawn(shown, before)
            give_back()
            encode_scene(drawn, part, work, shown.span.first, total, f"Scene {number + 1} of {len(scenes)}")
            kept = work.cache.put(shown.key, part)
            made += 1
        files.append(kept)
    return files, made


class _Studio:
    """Pictures and overlays, each loaded when it is needed; only two pictures are held at a time."""

    def __init__(self, job: MakeInput, script: Script, pictures: Mapping[str, Path], profile: Profile) -> None:
        self._job, self._script, self._pictures, self._profile = job, script, pictures, profile
        self._label = overlays.label(job.character, profile)
        self._held: dict[str, Planes] = {}

    def drawn(self, shown: Shown, before: Shown | None) -> Drawn:
        wanted = {shown.picture, before.picture if before else shown.picture}
        self._held = {name: planes for name, planes in self._held.items() if name in wanted}
        return Drawn(
            self._backdrop(shown),
            self._behind(before) if before else None,
            shown.words,
            self._label,
            colours(self._job.character.palette),
            shown.scene.kind != "end",
        )

    def _backdrop(self, shown: Shown) -> Backdrop:
        return Backdrop(self._picture(shown.picture), shown.motion, shown.span.count, self.overlay(shown))

    def _picture(self, name: str) -> Planes:
        if name not in self._held:
            self._held[name] = from_file(self._pictures[name])
        return self._held[name]

    def _behind(self, shown: Shown) -> Backdrop:
        return Backdrop(self._picture(shown.picture), shown.motion, shown.span.count, None)

    def overlay(self, shown: Shown) -> Overlay | None:
        return overlay(shown, self._job, self._script, self._profile)


def overlay(shown: Shown, job: MakeInput, script: Script, profile: Profile) -> Overlay | None:
    """What stands on a scene's picture."""
    if shown.scene.kind == "title":
        return overlays.title(shown.text, shown.ground, job.character, profile)
    if shown.scene.kind == "end":
        portrait = overlays.image(_portrait(job))
        names = list(dict.fromkeys(source.name for source in script.sources))
        return overlays.end_card(portrait, shown.ground, job.character, names, profile)
    return overlays.headline(shown.text, shown.ground, job.character.palette, profile)


def _portrait(job: MakeInput) -> bytes:
    palette = job.character.palette
    return _kept_portrait(job.character.seed, palette.paper, palette.ink, palette.accent, palette.second)


@cache
def _kept_portrait(seed: int, paper: str, ink: str, accent: str, second: str) -> bytes:
    from greenroom.studio.contracts import Palette

    return draw_portrait(seed, Palette(paper=paper, ink=ink, accent=accent, second=second), 640)
