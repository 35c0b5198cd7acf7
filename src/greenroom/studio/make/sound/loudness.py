"""Loudness after ITU-R BS.1770-4 and a true-peak limiter, on arrays with one column a channel."""

import cv2
import numpy as np
import numpy.typing as npt

from greenroom.studio.make.voice.utterance import Samples

_BLOCK, _STEP = 0.4, 0.1
_LOOK_AHEAD = 0.004


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness in LUFS; -inf for silence."""
    weighted = _k_weighted(samples, rate)
    hop = round(_STEP * rate)
    count = len(weighted) // hop
    if count < 4:
        return float("-inf")
    tenths = (weighted[: count * hop] ** 2).reshape(count, hop, -1).mean(1).sum(1)
    blocks = np.convolve(tenths, np.full(4, 0.25), "valid")
    kept = blocks[blocks > _power(-70)]
    if len(kept) == 0:
        return float("-inf")
    kept = kept[kept > kept.mean() * 0.1]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def true_peak(samples: Samples, rate: int) -> float:
    """The highest level between samples in dBTP, by fourfold oversampling."""
    peak = float(_envelope(samples).max(initial=0))
    return 20 * float(np.log10(max(peak, 1e-9)))


def limited(samples: Samples, rate: int, ceiling: float) -> Samples:
    """The samples with no true peak above `ceiling` dBTP: the gain goes down before the peak and comes back after."""
    goal = 10 ** (ceiling / 20)
    need = np.minimum(1.0, goal / np.maximum(_envelope(samples), 1e-9)).astype(np.float32)
    if need.min(initial=1.0) >= 1.0:
        return samples
    reach = round(_LOOK_AHEAD * rate) | 1
    row = need.reshape(1, -1)
    lowest = cv2.erode(row, np.ones((1, 2 * reach + 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.blur(lowest, (2 * reach - 1, 1), borderType=cv2.BORDER_REPLICATE)
    gain = np.minimum(smooth.reshape(-1), need)
    return np.asarray(samples * gain[:, None], np.float32)


def _envelope(samples: Samples) -> npt.NDArray[np.float32]:
    """The highest true level around each sample over all channels: windowed-sinc interpolation at the quarters."""
    height = np.abs(samples).max(1)
    taps = np.arange(-7, 9)
    for quarter in (0.25, 0.5, 0.75):
        offset = taps - quarter
        kernel = (np.sinc(offset) * np.cos(np.pi * offset / 17) ** 2).astype(np.float32)
        for channel in samples.T:
            row = np.ascontiguousarray(channel).reshape(1, -1)
            between = cv2.filter2D(row, -1, kernel.reshape(1, -1), anchor=(7, 0), borderType=cv2.BORDER_CONSTANT)
            level = np.abs(between.reshape(-1))
            np.maximum(height, level, out=height)
            height[1:] = np.maximum(height[1:], level[:-1])
    return np.asarray(height, np.float32)


def _k_weighted(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """Both filters of BS.1770 annex 1, applied in the frequency domain."""
    size = 1 << (len(samples) + rate).bit_length()
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = _biquad(z, *_shelf(rate)) * _biquad(z, *_highpass(rate))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, size, 0) * response[:, None], size, 0)[: len(samples)])


_Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]


def _biquad(z: npt.NDArray[np.complex128], b: tuple[float, float, float], a: tuple[float, float, float]) -> npt.NDArray[np.complex128]:
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
