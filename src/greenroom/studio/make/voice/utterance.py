"""One spoken sentence, and the arithmetic on its samples. All engines give mono float32 at `RATE`."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from greenroom.studio.contracts import Word

RATE = 48_000
Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Utterance:
    """`words` carry times from the first sample, monotone and within the samples."""

    samples: Samples
    words: tuple[Word, ...]
    timing: Literal["exact", "estimated"]

    @property
    def duration(self) -> float:
        return len(self.samples) / RATE


def resample(samples: Samples, factor: float) -> Samples:
    """Band-limited resampling to `factor` times as many samples (through the spectrum)."""
    wanted = round(len(samples) * factor)
    if wanted == len(samples) or len(samples) == 0:
        return samples
    spectrum = np.fft.rfft(samples)
    bins = wanted // 2 + 1
    fitted = np.zeros(bins, spectrum.dtype)
    kept = min(bins, len(spectrum))
    fitted[:kept] = spectrum[:kept]
    return (np.fft.irfft(fitted, wanted) * (wanted / len(samples))).astype(np.float32)


def trimmed(utterance: Utterance, lead: float = 0.04, tail: float = 0.16) -> Utterance:
    """Cut the silence that engines put around a sentence, with short fades; the layout adds its own pauses."""
    if not utterance.words:
        return utterance
    samples = utterance.samples
    loud = np.flatnonzero(np.abs(samples) > 10 ** (-46 / 20))
    if len(loud) == 0:
        return utterance
    begin = max(0, min(int(loud[0]), round(utterance.words[0].start * RATE)) - round(lead * RATE))
    end = min(len(samples), max(int(loud[-1]), round(utterance.words[-1].end * RATE)) + round(tail * RATE))
    cut = samples[begin:end].copy()
    fade = min(round(0.008 * RATE), len(cut) // 2)
    if fade:
        ramp = np.linspace(0, 1, fade, dtype=np.float32)
        cut[:fade] *= ramp
        cut[-fade:] *= ramp[::-1]
    shift, last = begin / RATE, len(cut) / RATE
    words = tuple(
        Word(text=w.text, start=_within(w.start - shift, last), end=_within(w.end - shift, last))
        for w in utterance.words
    )
    return Utterance(cut, words, utterance.timing)


def _within(at: float, last: float) -> float:
    return math.floor(min(max(at, 0.0), last) * 10_000) / 10_000
