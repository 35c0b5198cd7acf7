"""Voice over bed: the bed gives way while somebody speaks, and the whole is brought to the target loudness."""

import cv2
import numpy as np
import numpy.typing as npt

from greenroom.studio.make.sound.bed import bed
from greenroom.studio.make.sound.loudness import integrated, limited
from greenroom.studio.make.voice.utterance import Samples

LOUDNESS = -14.0
_BED_OPEN, _BED_UNDER = -14.0, -23.0
_ATTACK, _RELEASE = 0.06, 0.45
_PRECISION = 0.08
# The same voice in both channels is twice the power of one.
_TWO_EARS = 3.01


def mix(narration: Samples, seed: str, rate: int, *, ceiling: float, loudness: float = LOUDNESS) -> Samples:
    """Two columns at `loudness` LUFS with true peaks under `ceiling` dBTP; as long as the narration."""
    music = bed(seed, len(narration) / rate, rate)
    music *= np.float32(_gain(loudness - integrated(music, rate)))
    music *= _ducking(narration, rate)[:, None]
    spoken = integrated(narration[:, None], rate) + _TWO_EARS
    music += narration[:, None] * np.float32(_gain(loudness - spoken) if np.isfinite(spoken) else 1.0)
    done = music
    for _ in range(4):
        done = limited(music, rate, ceiling)
        off = loudness - integrated(done, rate)
        if abs(off) <= _PRECISION or not np.isfinite(off):
            break
        music *= np.float32(_gain(off))
    return done


def _gain(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _ducking(voice: Samples, rate: int) -> npt.NDArray[np.float32]:
    """The bed's gain at every sample: low from just before a word to a while after it."""
    hop = rate // 100
    count = -(-len(voice) // hop)
    padded = np.zeros(count * hop, np.float32)
    padded[: len(voice)] = voice
    level = np.sqrt((padded.reshape(count, hop) ** 2).mean(1))
    speaking = (level > 10 ** (-38 / 20)).astype(np.float32)
    held = cv2.dilate(speaking.reshape(1, -1), np.ones((1, 25), np.uint8)).reshape(-1)
    depth = np.empty(count, np.float32)
    now = 0.0
    for index, wanted in enumerate(held.tolist()):
        now += (wanted - now) * (1 / (100 * _ATTACK) if wanted > now else 1 / (100 * _RELEASE))
        depth[index] = now
    depth = np.concatenate([depth[round(100 * _ATTACK) :], np.repeat(depth[-1:], round(100 * _ATTACK))])
    decibels = _BED_OPEN + (_BED_UNDER - _BED_OPEN) * depth
    gains = np.empty(len(voice), np.float32)
    for at in range(0, len(voice), rate):
        here = np.arange(at, min(at + rate, len(voice)))
        gains[at : at + rate] = 10 ** (np.interp(here, np.arange(count) * hop, decibels) / 20)
    return gains
