"""Checks of who speaks: the disclosure, the label in the picture, words the character never says."""

import numpy as np
import numpy.typing as npt

from greenroom.studio.contracts import CharacterSheet, Check, Script
from greenroom.studio.make.checks.result import failed, passed
from greenroom.studio.make.render.overlay import Overlay
from greenroom.studio.make.script.manner import manner


def disclosure(script: Script, character: CharacterSheet) -> Check:
    """The text under the post says that it is AI, in the character's own words for it."""
    wanted = character.disclosure.caption.strip()
    if not wanted or not character.disclosure.label.strip():
        reason = f"{character.name} has no disclosure. Write one in the character's profile."
        return failed("disclosure", "AI disclosure in the caption", reason)
    if wanted.lower() not in script.caption.lower():
        reason = f"The caption does not say “{wanted}”. Put it back."
        return failed("disclosure", "AI disclosure in the caption", reason)
    return passed("disclosure", "AI disclosure in the caption", f"“{wanted}”")


def label(end: Overlay, pill: Overlay, frame: npt.NDArray[np.uint8] | None, at: float) -> Check:
    """The label is really there: the end card's and the pill's pixels are found in the decoded picture."""
    if frame is None:
        return failed("label", "AI label in the picture", "The end card could not be looked at. Render again.")
    found = min(_likeness(overlay, frame) for overlay in (end, pill))
    measured = {"likeness": round(found, 3)}
    if found < 0.9:
        reason = "The AI label is not visible on the end card. Render again."
        return failed("label", "AI label in the picture", reason, at=at, score=found, measured=measured)
    return passed(
        "label", "AI label in the picture", "Seen on the end card and throughout.", score=found, measured=measured
    )


def words(script: Script, character: CharacterSheet) -> Check:
    """Nothing that the character never says."""
    how = manner(character)
    said = [
        script.title,
        script.hook,
        *(f"{b.narration} {b.on_screen}" for b in script.beats),
        script.closing,
        script.caption,
    ]
    found = next((m.group() for text in said if how.never and (m := how.never.search(text))), None)
    if found:
        reason = f"{character.name} never says “{found}”. Word it otherwise."
        return failed("words", "The character's words", reason, level="warn", measured={"word": found})
    return passed("words", "The character's words", "In character.", level="warn")


def _likeness(overlay: Overlay, frame: npt.NDArray[np.uint8]) -> float:
    """The share of the overlay's solid pixels that the frame shows as they were drawn (24 levels of luma apart)."""
    sprite = overlay.sprite
    height, width = sprite.planes.y.shape
    here = frame[sprite.y : sprite.y + height, sprite.x : sprite.x + width].astype(np.int16)
    solid = sprite.inverse[: here.shape[0], : here.shape[1]] <= 2
    drawn = sprite.planes.y[: here.shape[0], : here.shape[1]].astype(np.int16)
    return float((np.abs(here - drawn)[solid] <= 24).mean()) if solid.any() else 0.0
