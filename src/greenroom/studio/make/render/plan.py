"""What each scene shows, decided before anything is drawn, and the key under which its file is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import MakeInput, Scene, Script, Spoken, Word
from greenroom.studio.make.digest import digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.frames import Span, spans
from greenroom.studio.make.render.motion import Motion, choose

_VERSION = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """One scene: its frames, its picture and motion, what stands on it, and its words from its first frame."""

    scene: Scene
    span: Span
    picture: str
    ground: str
    motion: Motion
    text: str
    words: tuple[Word, ...]
    key: str


def plan(job: MakeInput, script: Script, spoken: Spoken, pictures: Mapping[str, Any], profile: Profile) -> list[Shown]:
    """The scenes in order. A key holds all that decides a scene's pixels, so an edit changes only its neighbours."""
    texts = {"title": script.title, **{beat.id: beat.on_screen for beat in script.beats}, "end": ""}
    shown: list[Shown] = []
    before = ""
    for scene, span in zip(spoken.scenes, spans(spoken.scenes, profile.fps), strict=True):
        picture = pictures[scene.id]
        size = (picture["width"], picture["height"])
        motion = choose(
            Chance(f"{job.character.seed}/motion/{scene.id}/{picture['digest']}"),
            size,
            (profile.width, profile.height),
            focus=picture["focus"],
            whole=picture["whole"],
        )
        words = tuple(_from(word, span.first / profile.fps) for word in scene.words)
        card = _card(job, script, scene.kind)
        behind = digest(_VERSION, picture["digest"], repr(motion))
        itself = digest(
            _VERSION,
            profile.__repr__(),
            picture["digest"],
            picture["ground"],
            repr(motion),
            texts[scene.id],
            span.count,
            card,
        )
        key = "scene-" + digest(itself, before, words) + ".mp4"
        shown.append(Shown(scene, span, picture["file"], picture["ground"], motion, texts[scene.id], words, key))
        before = behind
    return shown


def _card(job: MakeInput, script: Script, kind: str) -> list[Any]:
    """What cards and labels show beside the scene's own text."""
    who = job.character
    shared: list[Any] = [who.palette, who.disclosure, who.handle]
    if kind == "beat":
        return shared
    return [*shared, who.name, who.seed, [source.name for source in script.sources] if kind == "end" else []]


def _from(word: Word, start: float) -> Word:
    return Word(text=word.text, start=round(word.start - start, 3), end=round(word.end - start, 3))
