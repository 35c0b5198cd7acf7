"""Speaks one sentence with the voice that was chosen; what was spoken once is kept."""

import importlib.metadata
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from greenroom.studio.contracts import VoiceChoice, Word
from greenroom.studio.make.digest import digest
from greenroom.studio.make.stage import SceneCache
from greenroom.studio.make.voice import espeak, hibari
from greenroom.studio.make.voice.catalogue import find
from greenroom.studio.make.voice.utterance import Utterance, trimmed

_VERSION = 1
_ENGINES = {"hibari": hibari.speak, "espeak-ng": espeak.speak}


def speak(text: str, choice: VoiceChoice, cache: SceneCache | None = None, *, pace: float = 1.0) -> Utterance:
    """The sentence as samples and word times. `pace` multiplies the voice's speed (to fit a length)."""
    voice, _ = find(choice)
    speed = round(choice.speed * pace, 3)
    key = "voice-" + digest(_VERSION, _release(voice.engine), voice.engine, voice.voice, text, speed, choice.pitch)
    kept = cache.get(key) if cache else None
    if kept:
        return _load(kept)
    made = trimmed(_ENGINES[voice.engine](text, voice.voice, speed=speed, pitch=choice.pitch))
    return _load(cache.put(key, _save(made, cache.folder))) if cache else made


@cache
def _release(engine: str) -> str:
    return importlib.metadata.version("hibari-tts") if engine == "hibari" else "espeak-ng"


def _save(made: Utterance, folder: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".voice-", delete=False) as file:
        np.savez(
            file,
            samples=np.round(made.samples * 32767).clip(-32768, 32767).astype(np.int16),
            texts=np.array([word.text for word in made.words], dtype=str),
            times=np.array([(word.start, word.end) for word in made.words], float).reshape(-1, 2),
            timing=np.array(made.timing),
        )
    return Path(file.name)


def _load(path: Path) -> Utterance:
    with np.load(path, allow_pickle=False) as kept:
        words = tuple(
            Word(text=str(text), start=float(start), end=float(end))
            for text, (start, end) in zip(kept["texts"], kept["times"], strict=True)
        )
        exact = str(kept["timing"]) == "exact"
        samples = kept["samples"].astype(np.float32) / 32767
    return Utterance(samples, words, "exact" if exact else "estimated")
