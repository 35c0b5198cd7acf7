"""The voices that can speak here, as data: forms, checks and the writer read this list."""

import importlib.util
import shutil
from dataclasses import dataclass
from functools import cache

from greenroom.studio.contracts import VoiceChoice
from greenroom.studio.errors import Invalid


@dataclass(frozen=True, slots=True)
class Voice:
    """The rate and the seconds that each sentence adds were fitted to 48 spoken sentences at speed 1.0."""

    engine: str
    voice: str
    name: str
    language: str
    note: str
    characters_per_second: float
    sentence_seconds: float


VOICES: tuple[Voice, ...] = (
    Voice("hibari", "heart", "Heart", "en-US", "Neural, warm, natural pace. Word times are exact.", 19.1, 0.34),
    Voice("espeak-ng", "en-gb", "Alfred", "en-GB", "Synthetic, clear, British.", 18.6, 0.06),
    Voice("espeak-ng", "en-gb+f3", "Ada", "en-GB", "Synthetic, clear, British, higher.", 18.6, 0.06),
    Voice("espeak-ng", "en-us", "Casey", "en-US", "Synthetic, clear, American.", 18.6, 0.06),
    Voice("espeak-ng", "en-us+f4", "June", "en-US", "Synthetic, clear, American, higher.", 18.6, 0.06),
    Voice("espeak-ng", "en-gb-scotland", "Isla", "en-GB", "Synthetic, Scottish.", 18.6, 0.06),
)

FALLBACK = VOICES[1]


@cache
def installed(engine: str) -> bool:
    """Whether the engine can speak on this machine."""
    if engine == "hibari":
        return importlib.util.find_spec("hibari") is not None
    return engine == "espeak-ng" and shutil.which("espeak-ng") is not None


def voices() -> tuple[Voice, ...]:
    """The voices that can speak here now, the best first."""
    return tuple(voice for voice in VOICES if installed(voice.engine))


def find(choice: VoiceChoice) -> tuple[Voice, str | None]:
    """The voice that was asked for, or the nearest that is installed and a sentence that says so."""
    known = next((v for v in VOICES if (v.engine, v.voice) == (choice.engine, choice.voice)), None)
    if known is None:
        names = ", ".join(f"{v.engine}/{v.voice}" for v in VOICES)
        raise Invalid(f"There is no voice {choice.engine}/{choice.voice}. Choose one of: {names}.")
    if installed(known.engine):
        return known, None
    available = voices()
    if not available:
        raise Invalid("No voice is installed. Install the Python package hibari-tts or the program espeak-ng.")
    other = available[0]
    return other, f"{known.engine} is not installed here; {other.name} ({other.engine}) speaks instead."
