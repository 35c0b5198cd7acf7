"""A music bed from a seed: pad, bass, plucks and a soft beat over four chords. Nothing recorded, nothing licensed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greenroom.kit.chance import Chance
from greenroom.studio.make.voice.utterance import Samples

Table = npt.NDArray[np.float32]

_TABLE = 4096
_MAJOR = (0, 2, 4, 5, 7, 9, 11)
# Scale degrees of the four chords; all are loops that never quite come home, so they carry under speech.
_LOOPS = ((0, 4, 5, 3), (5, 3, 0, 4), (0, 5, 3, 4), (3, 0, 4, 5), (0, 3, 5, 4), (5, 4, 3, 4))


@dataclass(frozen=True, slots=True)
class Song:
    """What the seed decided."""

    rate: int
    beat: int
    root: float
    loop: tuple[int, ...]
    plucks: tuple[int, ...]
    bright: float


def bed(seed: str, seconds: float, rate: int) -> Samples:
    """Two columns of samples, `seconds` long, at about -20 dBFS; the same seed gives the same music."""
    chance = Chance(seed)
    song = _song(chance, rate)
    bars = [_bar(song, chance, number) for number in range(4)]
    second = [_bar(song, chance, number, lifted=True) for number in range(4)]
    wanted = round(seconds * rate)
    once = _room(np.concatenate([*bars, *second]), chance, rate)
    wet = np.empty((wanted, 2), np.float32)
    for at in range(0, wanted, len(once)):
        wet[at : at + len(once)] = once[: wanted - at]
    fade_in, fade_out = round(0.6 * rate), round(1.6 * rate)
    wet[:fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)[: len(wet), None]
    wet[-fade_out:] *= np.linspace(1, 0, fade_out, dtype=np.float32)[-len(wet) :, None] ** 1.5
    power = float(np.einsum("ij,ij->", wet, wet, dtype=np.float64)) / max(1, wet.size)
    wet *= np.float32(0.1 / max(1e-6, power**0.5))
    return wet


def _song(chance: Chance, rate: int) -> Song:
    tempo = chance.choice((78, 84, 88, 92, 96, 102))
    return Song(
        rate=rate,
        beat=round(60 / tempo * rate / 750) * 750,
        root=110 * 2 ** (chance.number(-4, 5) / 12),
        loop=chance.choice(_LOOPS),
        plucks=tuple(chance.choice((0, 1, 2, 3, -1)) for _ in range(8)),
        bright=chance.real(0.35, 0.6),
    )


def _bar(song: Song, chance: Chance, number: int, lifted: bool = False) -> Samples:
    """One chord for four beats."""
    length = 4 * song.beat
    bar = np.zeros((length, 2), np.float32)
    degree = song.loop[number % len(song.loop)]
    chord = [_pitch(song.root, degree + step) for step in (0, 2, 4, 6)]
    for index, pitch in enumerate(chord[:3]):
        for side, detune in ((0, 0.997), (1, 1.003)):
            note = _tone(_pad(song.bright), 2 * pitch * detune, length, song.rate)
            bar[:, side] += 0.10 * note * _swell(length, song.beat // 2)
            bar[:, 1 - side] += 0.03 * note * _swell(length, song.beat // 2)
        del index
    for beat in (0, 2):
        _add(
            bar,
            0.34 * _decay(_tone(_SOFT, chord[0] / 2, 2 * song.beat, song.rate), 0.9, song.rate),
            beat * song.beat,
            0,
        )
    _plucked(bar, song, chord, lifted)
    _beaten(bar, song, chance, lifted)
    return bar


def _plucked(bar: Samples, song: Song, chord: list[float], lifted: bool) -> None:
    for step, choice in enumerate(song.plucks):
        if choice < 0 or (not lifted and step % 2):
            continue
        pitch = chord[choice] * (8 if choice < 2 else 4)
        note = _decay(_tone(_BELL, pitch, song.beat, song.rate), 0.22, song.rate)
        _add(bar, 0.11 * note, step * song.beat // 2, 0.5 if step % 2 else -0.5)


def _beaten(bar: Samples, song: Song, chance: Chance, lifted: bool) -> None:
    noise = np.random.default_rng(chance.number(0, 1 << 30))
    for half in range(8):
        at = half * song.beat // 2
        if half in (0, 5) if lifted else half == 0:
            _add(bar, 0.30 * _thump(song.rate), at, 0)
        if half % 2:
            hiss = np.diff(noise.standard_normal(round(0.05 * song.rate) + 1)).astype(np.float32)
            _add(bar, (0.030 if lifted else 0.018) * _decay(hiss, 0.014, song.rate), at, 0.25)


def _room(dry: Samples, chance: Chance, rate: int) -> Samples:
    """A short, soft room. The loop is heard round, so the tail of its end falls on its beginning."""
    noise = np.random.default_rng(chance.number(0, 1 << 30))
    length = round(0.9 * rate)
    fall = np.exp(-np.arange(length, dtype=np.float32) / (0.22 * rate))[:, None]
    tail = noise.standard_normal((length, 2), dtype=np.float32) * fall
    tail = np.cumsum(tail, 0) * np.float32(0.05) + tail * np.float32(0.35)
    tail /= np.sqrt((tail**2).sum(0))
    count = len(dry)
    wet = np.empty_like(dry)
    for side in (0, 1):
        spectrum = np.fft.rfft(dry[:, side]) * np.fft.rfft(tail[:, side], count)
        wet[:, side] = np.fft.irfft(spectrum, count)
    return np.asarray(dry + np.float32(0.42) * wet, np.float32)


def _pitch(root: float, degree: int) -> float:
    octave, step = divmod(degree, 7)
    return float(root * 2 ** (octave + _MAJOR[step] / 12))


def _tone(table: Table, pitch: float, length: int, rate: int) -> Table:
    at = (np.arange(length, dtype=np.float64) * (pitch / rate * _TABLE)).astype(np.int64) & (_TABLE - 1)
    return np.asarray(table[at], np.float32)


def _wave(*partials: float) -> Table:
    turn = np.linspace(0, 2 * np.pi, _TABLE, endpoint=False)
    return np.asarray(sum(level * np.sin(turn * number) for number, level in enumerate(partials, 1)), np.float32)


def _pad(bright: float) -> Table:
    return _wave(*(bright ** (number - 1) / number**0.4 for number in range(1, 9)))


_SOFT = _wave(1.0, 0.18, 0.05)
_BELL = _wave(1.0, 0.0, 0.22, 0.0, 0.06)


def _swell(length: int, attack: int) -> Table:
    envelope = np.ones(length, np.float32)
    ramp = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, attack, dtype=np.float32))
    envelope[:attack] = 0.25 + 0.75 * ramp
    envelope[-attack:] = 1 - 0.75 * ramp
    return envelope


def _decay(note: Table, seconds: float, rate: int) -> Table:
    envelope = np.exp(-np.arange(len(note), dtype=np.float32) / (seconds * rate))
    edge = min(round(0.004 * rate), len(note) // 2)
    envelope[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    envelope[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
    return np.asarray(note * envelope, np.float32)


def _thump(rate: int) -> Table:
    t = np.arange(round(0.22 * rate)) / rate
    return _decay(np.sin(2 * np.pi * (46 * t + 1.6 * (1 - np.exp(-t / 0.02)))).astype(np.float32), 0.07, rate)


def _add(bar: Samples, note: Table, at: int, side: float) -> None:
    """Mix a note in; what passes the end of the bar is let go. `side` -1 is left, 1 right."""
    note = note[: len(bar) - at]
    bar[at : at + len(note), 0] += note * min(1.0, 1 - side)
    bar[at : at + len(note), 1] += note * min(1.0, 1 + side)
