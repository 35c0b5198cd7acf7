"""The fallback voice: the separate program espeak-ng.

It gives no word times, so they are estimated: how long the sentence is when spoken up to and including each word,
stretched to the length of the whole. Against exact times this is mostly within a tenth of a second.
"""

import io
import subprocess
import wave

import numpy as np

from greenroom.studio.contracts import Word
from greenroom.studio.errors import Broken
from greenroom.studio.make.voice.utterance import RATE, Samples, Utterance, resample
from greenroom.studio.make.voice.words import written_words

_WORDS_PER_MINUTE = 168


def speak(text: str, voice: str, *, speed: float, pitch: float) -> Utterance:
    """Speak one sentence."""
    samples = _sound(text, voice, speed, pitch)
    written = written_words(text)
    lengths = [len(_sound(" ".join(written[: n + 1]), voice, speed, pitch)) for n in range(len(written) - 1)]
    ends = np.maximum.accumulate(np.asarray([*lengths, len(samples)], float)) / RATE
    ends *= len(samples) / RATE / max(float(ends[-1]), 1e-9)
    starts = [0.0, *ends[:-1]]
    words = tuple(
        Word(text=label, start=float(start), end=float(end))
        for label, start, end in zip(written, starts, ends, strict=True)
    )
    return Utterance(samples, words, "estimated")


def _sound(text: str, voice: str, speed: float, pitch: float) -> Samples:
    command = ["espeak-ng", "-z", "-b", "1", "-v", voice, "--stdin", "--stdout"]
    command += ["-s", str(round(_WORDS_PER_MINUTE * speed)), "-p", str(round(min(99, max(0, 50 + 5 * pitch))))]
    done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=30, check=False)
    if done.returncode or not done.stdout:
        raise Broken(f"espeak-ng could not speak: {done.stderr.decode(errors='replace').strip()[:200]}")
    return _read(done.stdout)


def _read(data: bytes) -> Samples:
    """Samples of a WAV stream; its header has no length when it comes through a pipe."""
    with wave.open(io.BytesIO(data)) as file:
        rate = file.getframerate()
    start = data.index(b"data") + 8
    whole = (len(data) - start) // 2 * 2
    samples = np.frombuffer(data[start : start + whole], "<i2").astype(np.float32) * np.float32(1 / 32768)
    return resample(samples, RATE / rate)
