"""Loudness after ITU-R BS.1770-4 and a true-peak limiter, on arrays with one column a channel."""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from greenroom.studio.make.voice.utterance import Samples

_BLOCK, _STEP = 0.4, 0.1
_LOOK_AHEAD = 0.004
_PIECE, _RUN_IN = 5.0, 0.5
_EDGE = 16


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness in LUFS; -inf for silence."""
    tenths = _tenths(samples, rate)
    if len(tenths) < 4:
        return float("-inf")
    blocks = np.convolve(tenths, np.full(4, 0.25), "valid")
    kept = blocks[blocks > _power(-70)]
    if len(kept) == 0:
        return float("-inf")
    kept = kept[kept > kept.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def true_peak(samples: Samples, rate: int) -> float:
    """The highest level between samples in dBTP, by fourfold oversampling."""
    step = round(_PIECE * rate)
    peaks = (_envelope(samples[max(0, at - _EDGE) : at + step + _EDGE]).max() for at in range(0, len(samples), step))
    return 20 * float(np.log10(max(1e-9, *peaks, 1e-9)))


def limited(samples: Samples, rate: int, ceiling: float) -> Samples:
    """The samples with no true peak above `ceiling` dBTP: the gain goes down before the peak and comes back after.

    Done in pieces that overlap by all that one gain can depend on, so that memory stays small.
    """
    goal = np.float32(10 ** (ceiling / 20))
    reach = round(_LOOK_AHEAD * rate) | 1
    edge, step = 2 * reach + _EDGE, round(_PIECE * rate)
    done = np.empty_like(samples)
    for at in range(0, len(samples), step):
        first = max(0, at - edge)
        gain = _gain(samples[first : at + step + edge], goal, reach)
        last = min(len(samples), at + step)
        np.multiply(samples[at:last], gain[at - first : last - first, None], out=done[at:last])
    return done


def _gain(samples: Samples, goal: np.float32, reach: int) -> npt.NDArray[np.float32]:
    """The lowest gain that is needed within reach of each sample, smoothed, never more than the sample itself needs."""
    need = goal / np.maximum(_envelope(samples), goal)
    row = need.reshape(1, -1)
    lowest = cv2.erode(row, np.ones((1, 2 * reach + 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.blur(lowest, (2 * reach - 1, 1), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(np.minimum(smooth.reshape(-1), need), np.float32)


def _envelope(samples: Samples) -> npt.NDArray[np.float32]:
    """The highest true level around each sample over all channels: windowed-sinc interpolation at the quarters."""
    height = np.abs(samples).max(1)
    taps = np.arange(-7, 9)
    for channel in samples.T:
        row = np.ascontiguousarray(channel).reshape(1, -1)
        for quarter in (0.25, 0.5, 0.75):
            offset = taps - quarter
            kernel = (np.sinc(offset) * np.cos(np.pi * offset / 17) ** 2).astype(np.float32).reshape(1, -1)
            between = cv2.filter2D(row, -1, kernel, anchor=(7, 0), borderType=cv2.BORDER_CONSTANT).reshape(-1)
            level = np.abs(between)
            np.maximum(height, level, out=height)
            height[1:] = np.maximum(height[1:], level[:-1])
    return np.asarray(height, np.float32)


def _tenths(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """K-weighted power of each tenth of a second, summed over channels; in pieces, so that memory stays small."""
    hop = round(_STEP * rate)
    size = 1 << (round(_PIECE * rate)).bit_length()
    run_in = round(_RUN_IN * rate) // hop * hop
    step = (size - run_in) // hop * hop
    response = _weighting(rate, size)
    powers = []
    for at in range(0, len(samples) - hop + 1, step):
        begin = max(0, at - run_in)
        piece = samples[begin : at + step]
        heard = np.fft.irfft(np.fft.rfft(piece, size, 0) * response, size, 0)[at - begin : len(piece)]
        count = len(heard) // hop
        powers.append((heard[: count * hop] ** 2).reshape(count, hop, -1).mean(1).sum(1))
    return np.concatenate(powers).astype(np.float64) if powers else np.zeros(0)


@cache
def _weighting(rate: int, size: int) -> npt.NDArray[np.complex64]:
    """Both filters of BS.1770 annex 1 as a response; their ringing dies away within the run-in."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    return np.asarray(_biquad(z, *_shelf(rate)) * _biquad(z, *_highpass(rate)), np.complex64)[:, None]


_Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]


def _biquad(
    z: npt.NDArray[np.complex128], b: tuple[float, float, float], a: tuple[float, float, float]
) -> npt.NDArray[np.complex128]:
    return np.asarray((b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z))


def _shelf(rate: int) -> _Biquad:
    """The head's high shelf, its analogue prototype taken from the 48 kHz coefficients of the recommendation."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    gain, quality = 10 ** (3.999843853973347 / 20), 0.7071752369554196
    band = gain**0.4996667741545416
    a0 = 1 + k / quality + k * k
    b = ((gain + band * k / quality + k * k) / a0, 2 * (k * k - gain) / a0, (gain - band * k / quality + k * k) / a0)
    return b, (1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0)


def _highpass(rate: int) -> _Biquad:
    k = np.tan(np.pi * 38.13547087602444 / rate)
    quality = 0.5003270373238773
    a0 = 1 + k / quality + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
