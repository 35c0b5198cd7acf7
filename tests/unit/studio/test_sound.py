"""Our loudness agrees with FFmpeg's, the limiter holds its ceiling, the track lands on its target as a file."""

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.studio.make.profile import DRAFT
from greenroom.studio.make.sound.bed import bed
from greenroom.studio.make.sound.loudness import integrated, limited, true_peak
from greenroom.studio.make.sound.measure import measure
from greenroom.studio.make.sound.mix import mix
from greenroom.studio.make.sound.track import track
from greenroom.studio.make.voice.utterance import Samples

RATE = 48_000


def tone(seconds: float, hertz: float, level: float) -> Samples:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((level * np.sin(2 * np.pi * hertz * t))[:, None], 2, 1).astype(np.float32)


def speechlike(seconds: float, level: float, seed: int = 0) -> Samples:
    """Noise in syllables, with pauses."""
    rng = np.random.default_rng(seed)
    noise = np.cumsum(rng.standard_normal(round(seconds * RATE))) * 0.02
    noise -= np.convolve(noise, np.ones(400) / 400, "same")
    t = np.arange(len(noise)) / RATE
    syllables = np.clip(np.sin(2 * np.pi * 4 * t), 0, 1) * (np.sin(2 * np.pi * 0.4 * t) > -0.5)
    made = noise * syllables
    return (made / np.abs(made).max() * level).astype(np.float32)


def by_ffmpeg(samples: Samples, path: Path) -> tuple[float, float]:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).clip(-32768, 32767).astype("<i2").tobytes())
    heard = measure(path)
    return heard.integrated, heard.true_peak


def test_a_full_scale_tone_has_the_loudness_the_recommendation_gives() -> None:
    """BS.1770: 997 Hz at 0 dBFS in one channel is -3.01 LKFS, so in two it is 0."""
    assert integrated(tone(5, 997, 1.0), RATE) == pytest.approx(0.0, abs=0.05)
    assert integrated(tone(5, 997, 1.0)[:, :1], RATE) == pytest.approx(-3.01, abs=0.05)
    assert integrated(np.zeros((RATE, 2), np.float32), RATE) == float("-inf")


@pytest.mark.parametrize("level", [0.05, 0.4, 0.9])
def test_we_measure_what_ffmpeg_measures(level: float, tmp_path: Path) -> None:
    samples = np.repeat(speechlike(12, level)[:, None], 2, 1) + 0.1 * level * bed("x", 12, RATE)
    loudness, peak = by_ffmpeg(samples, tmp_path / "a.wav")
    assert integrated(samples, RATE) == pytest.approx(loudness, abs=0.1)
    assert true_peak(samples, RATE) == pytest.approx(peak, abs=0.25)


@settings(deadline=None, max_examples=25)
@given(st.floats(-12, -0.5), st.floats(0.2, 4), st.integers(0, 99))
def test_the_limiter_holds_its_ceiling(ceiling: float, drive: float, seed: int) -> None:
    samples = np.repeat(speechlike(1.5, drive, seed)[:, None], 2, 1)
    done = limited(samples, RATE, ceiling)
    assert true_peak(done, RATE) <= ceiling + 0.05
    quiet = np.abs(samples).max(1) < 10 ** (ceiling / 20) * 0.05
    assert np.abs(done[quiet]).max(initial=0) <= np.abs(samples[quiet]).max(initial=0) + 1e-6


def test_the_bed_gives_way_to_the_voice() -> None:
    voice = np.concatenate([np.zeros(3 * RATE), speechlike(4, 0.6), np.zeros(3 * RATE)]).astype(np.float32)
    mixed = mix(voice, "seed", RATE, ceiling=-1.5)
    alone = mixed[round(1.2 * RATE) : round(2.6 * RATE)].std()
    under = mixed[3 * RATE : 7 * RATE][np.abs(voice[3 * RATE : 7 * RATE]) < 1e-4].std()
    assert under < 0.75 * alone


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_the_track_is_at_its_target_as_a_file(seed: str, tmp_path: Path) -> None:
    heard = track(speechlike(16, 0.8), seed, tmp_path / "track.mp4", DRAFT)
    assert heard == measure(tmp_path / "track.mp4")
    assert heard.integrated == pytest.approx(-14, abs=0.5)
    assert heard.true_peak <= -1.0


def test_the_same_seed_plays_the_same() -> None:
    assert np.array_equal(bed("a", 5, RATE), bed("a", 5, RATE))
    assert not np.array_equal(bed("a", 5, RATE), bed("b", 5, RATE))
    assert bed("a", 5, RATE).shape == (5 * RATE, 2)


def test_the_limiters_pieces_leave_no_seam() -> None:
    samples = np.repeat(speechlike(13, 3.0)[:, None], 2, 1)
    whole, later = limited(samples, RATE, -1.5), limited(samples[2 * RATE :], RATE, -1.5)
    assert np.allclose(whole[4 * RATE :], later[2 * RATE :], atol=1e-6)
    assert true_peak(whole, RATE) <= -1.45
