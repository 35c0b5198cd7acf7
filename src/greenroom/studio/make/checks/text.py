"""Checks of what can be read: captions in contrast, size and safe area, glyphs, headlines on their pictures."""

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from greenroom.studio.contracts import CharacterSheet, Check, Scene, Script
from greenroom.studio.make import type as letters
from greenroom.studio.make.checks.result import Figures, failed, passed
from greenroom.studio.make.colour import contrast, mix, on, rgb
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.captions import PLATE, colours, face_for, groups, lay_out
from greenroom.studio.make.render.safe import caption_box, safe_box

_FASTEST = 32.0
_SMALLEST = 0.020
_READ_BY_US = ("LATIN", "DIGIT")


def captions(scenes: Sequence[Scene], character: CharacterSheet, profile: Profile) -> Check:
    """Every caption group inside the safe area, large enough, in contrast on its plate over black and over white."""
    look, face, box, safe = colours(character.palette), face_for(profile), caption_box(profile), safe_box(profile)
    worst = min(
        contrast(colour, mix(behind, look.plate, PLATE))
        for colour in (look.word, look.lit)
        for behind in ("#000000", "#FFFFFF")
    )
    measured: dict[str, float | int | str | bool] = {"contrast": round(worst, 2), "groups": 0}
    smallest, fastest, fast_at = 1.0, 0.0, 0.0
    for scene in scenes:
        for group in groups(scene.words, face, box.width):
            layout = lay_out(group, face, box)
            measured["groups"] = int(measured["groups"]) + 1
            smallest = min(smallest, layout.face.size / profile.height)
            pace = sum(len(word.text) + 1 for word in group.words) / max(0.2, group.end - group.start)
            if pace > fastest:
                fastest, fast_at = pace, group.start
            if not safe.holds(layout.plate, slack=0.012 * profile.width):
                said = " ".join(word.text for word in group.words)
                reason = f"The caption “{said}” leaves the safe area. Shorten the word or break the sentence."
                return failed("captions", "Captions", reason, at=group.start, measured=measured)
    measured |= {"size": round(smallest, 4), "characters_per_second": round(fastest, 1)}
    if worst < 4.5:
        reason = f"Captions have a contrast of {worst:.1f}:1; 4.5:1 is needed. Choose a darker ink or a lighter paper."
        return failed("captions", "Captions", reason, score=worst / 4.5, measured=measured)
    if smallest < _SMALLEST:
        reason = "A word is so long that its caption is too small to read. Write it as several words."
        return failed("captions", "Captions", reason, score=0.4, measured=measured)
    if fastest > _FASTEST:
        reason = f"A caption passes at {fastest:.0f} characters a second, faster than most people read."
        return failed("captions", "Captions", reason, level="warn", at=fast_at, score=0.7, measured=measured)
    return passed("captions", "Captions", f"Contrast {worst:.1f}:1, inside the safe area.", measured=measured)


def glyphs(script: Script, scenes: Sequence[Scene], character: CharacterSheet) -> Check:
    """Every character that is shown has a glyph in the bundled fonts or in one of this system's."""
    shown = [script.title, *(beat.on_screen for beat in script.beats), character.name, character.handle]
    shown += [scene.text for scene in scenes] + [character.disclosure.label, character.disclosure.caption]
    shown += [
        word for beat in script.beats for word in (beat.picture.words, *(label for label, _ in beat.picture.figures))
    ]
    lacking = letters.missing("".join(shown))
    if lacking:
        names = ", ".join(f"“{c}” ({unicodedata.name(c, 'unnamed')})" for c in lacking[:5])
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        reason = f"No font here can show {names}{more}. Replace them, or install a font that has them."
        scene = next((s for s in scenes if set(lacking) & set(s.text)), None)
        return failed(
            "glyphs", "Characters", reason, at=scene.start if scene else None, measured={"missing": len(lacking)}
        )
    return passed("glyphs", "Characters", "Every character has a glyph.", measured={"missing": 0})


def reading(script: Script, scenes: Sequence[Scene]) -> Check:
    """Scripts that are drawn but that nobody here proofread are said to be so."""
    text = script.title + "".join(scene.text for scene in scenes) + "".join(beat.on_screen for beat in script.beats)
    names = {unicodedata.name(c, "OTHER").split()[0] for c in text if c.isalpha()} - set(_READ_BY_US)
    if names:
        kinds = ", ".join(sorted(name.title() for name in names))
        reason = (
            f"Not checked: letters of {kinds} are shaped and shown, but no reader for them is built in. Look yourself."
        )
        return failed("reading", "Unusual letters", reason, level="info", score=0.5, measured={"scripts": kinds})
    return passed("reading", "Unusual letters", "None.", level="info")


def headlines(
    script: Script, pictures: Mapping[str, Any], files: Mapping[str, Path], character: CharacterSheet, profile: Profile
) -> Check:
    """Headlines stand out from the very pixels behind them (3:1, large type) wherever the picture moves."""
    worst, where = 1.0, ""
    palette = character.palette
    for name, picture in pictures.items():
        if name == "end":
            continue
        colour = on(picture["ground"], palette.ink, palette.paper)
        share = _share_in_contrast(files[picture["file"]], colour, profile)
        if share < worst:
            worst, where = share, name
    measured: Figures = {"share": round(worst, 3), "scene": where}
    if worst < 0.55:
        reason = "A headline can hardly be told from its picture. Change the palette or draw the picture again."
        return failed("headlines", "Headlines", reason, score=worst, measured=measured)
    if worst < 0.85:
        return failed(
            "headlines",
            "Headlines",
            "A headline crosses busy parts of its picture.",
            level="warn",
            score=worst,
            measured=measured,
        )
    return passed("headlines", "Headlines", "They stand out from their pictures.", score=worst, measured=measured)


def _share_in_contrast(path: Path, colour: str, profile: Profile) -> float:
    small = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_8)
    if small is None:
        return 0.0
    spare = small.shape[0] * (1 - 1 / 1.2)
    top, bottom = 0.14 * profile.height, 0.33 * profile.height
    unit = small.shape[0] / (1.2 * profile.height)
    area = (
        small[round(top * unit + 0.3 * spare) : round(bottom * unit + 0.7 * spare)].astype(np.float64)[..., ::-1] / 255
    )
    linear = np.where(area <= 0.04045, area / 12.92, ((area + 0.055) / 1.055) ** 2.4)
    behind = linear @ np.array([0.2126, 0.7152, 0.0722])
    parts = [(part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4) for part in rgb(colour)]
    own = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    ratio = (np.maximum(behind, own) + 0.05) / (np.minimum(behind, own) + 0.05)
    return float((ratio >= 3).mean())
