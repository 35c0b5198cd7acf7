"""The captions as WebVTT and the transcript as plain text, for the page and for players."""

import html
from collections.abc import Sequence

from greenroom.studio.contracts import CharacterSheet, Scene, Script
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.captions import face_for, groups
from greenroom.studio.make.render.safe import caption_box


def webvtt(scenes: Sequence[Scene], profile: Profile) -> str:
    """One cue for each group of words that is burned in (W3C WebVTT)."""
    cues: list[str] = []
    for scene in scenes:
        for group in groups(scene.words, face_for(profile), caption_box(profile).width):
            text = html.escape(" ".join(word.text for word in group.words), quote=False)
            cues.append(
                f"{len(cues) + 1}\n{_time(group.start)} --> {_time(max(group.end, group.start + 0.1))}\n{text}\n"
            )
    return "WEBVTT\n\n" + "\n".join(cues)


def transcript(script: Script, character: CharacterSheet) -> str:
    """What is said, paragraph by paragraph, with its sources and the disclosure."""
    said = [script.hook, *(beat.narration for beat in script.beats), script.closing]
    parts = [script.title, *said, character.disclosure.caption]
    if script.sources:
        quotes = [f"- {source.name}, character {source.offset}: “{source.quote}”" for source in script.sources]
        parts.append("Sources\n" + "\n".join(quotes))
    return "\n\n".join(parts) + "\n"


def _time(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
