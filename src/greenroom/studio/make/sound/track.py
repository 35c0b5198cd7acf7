"""The encoded sound track: mixed, encoded as AAC, measured, and made again a little lower if the codec overshot."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from greenroom.studio.contracts import Loudness
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.sound.measure import measure
from greenroom.studio.make.sound.mix import LOUDNESS, mix
from greenroom.studio.make.voice.utterance import Samples

PEAK = -1.0
_CEILING = -1.8
_TOLERANCE = 0.3
_BLOCK = 1024


def track(
    narration: Samples, seed: str, out: Path, profile: Profile, check: Callable[[], None] = lambda: None
) -> Loudness:
    """Write `out` (MP4 with AAC) at -14 LUFS with true peaks at most -1 dBTP, both measured on the file itself."""
    ceiling, loudness = _CEILING, LOUDNESS
    for attempt in range(3):
        mixed = mix(narration, seed, profile.audio_rate, ceiling=ceiling, loudness=loudness)
        check()
        _encode(mixed, out, profile, check)
        measured = measure(out)
        good = measured.true_peak <= PEAK and abs(measured.integrated - LOUDNESS) <= _TOLERANCE
        if good or attempt == 2:
            return measured
        ceiling -= max(0.0, measured.true_peak - PEAK + 0.15)
        loudness += LOUDNESS - measured.integrated
    raise AssertionError("the last attempt returns")


def _encode(samples: Samples, out: Path, profile: Profile, check: Callable[[], None]) -> None:
    rate = profile.audio_rate
    with av.open(str(out), "w", format="mp4") as target:
        stream = target.add_stream("aac", rate=rate)
        stream.layout = "stereo"
        stream.bit_rate = profile.audio_bits
        stream.options = {"aac_coder": "fast"}
        for at in range(0, len(samples), _BLOCK):
            if at % (128 * _BLOCK) == 0:
                check()
            block = np.ascontiguousarray(samples[at : at + _BLOCK].T)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
