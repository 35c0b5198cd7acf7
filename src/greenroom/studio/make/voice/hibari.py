"""The neural voice from the hibari-tts package, with word times from the model's own phoneme durations.

The ONNX graph computes how many frames each phoneme lasts but does not give them out. Protocol buffers merge
when they are concatenated, so a few appended bytes name that tensor as one more output of the graph.
"""

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from greenroom.studio.contracts import Word
from greenroom.studio.make.memory import give_back
from greenroom.studio.make.voice.utterance import RATE, Samples, Utterance, resample
from greenroom.studio.make.voice.words import match, written_words

_DURATIONS = b"/Clip_output_0"
_SILENT = frozenset(' ;:,.!?—…"“”()')
_LONGEST = 380
_lock = threading.Lock()


def speak(text: str, voice: str, *, speed: float, pitch: float) -> Utterance:
    """Speak one sentence. The same text gives the same samples, bit for bit."""
    with _lock:
        model = _model(voice)
        spoken, phonemes = model.phonemes(text)
        samples, bounds = model.sound(phonemes, len(spoken), speed=speed, pitch=pitch)
    written = written_words(text)
    words = tuple(
        _word(label, bounds[first:last], samples)
        for label, (first, last) in zip(written, match(written, spoken), strict=True)
    )
    return Utterance(samples, _monotone(words), "exact")


class _Model:
    """The network, its pronunciation rules and the extra output. Loading takes under a second."""

    def __init__(self, voice: str) -> None:
        import hibari
        import onnxruntime
        from hibari import dsp
        from hibari.g2p.normalize import normalize

        with _quiet_options(onnxruntime) as options:
            self._host = hibari.Hibari(voice=voice)
            name = b"\x0a" + bytes([len(_DURATIONS)]) + _DURATIONS
            graph = b"\x62" + bytes([len(name)]) + name
            with open(self._host.model_path, "rb") as file:
                patched = file.read() + b"\x3a" + bytes([len(graph)]) + graph
            self._session = onnxruntime.InferenceSession(patched, options, providers=["CPUExecutionProvider"])
        self._host.sess = None
        self._normalize, self._dsp = normalize, dsp

    def phonemes(self, text: str) -> tuple[list[str], list[tuple[str, int]]]:
        """The spoken words, and every phoneme with the number of the word that it belongs to."""
        g2p = self._host.g2p
        words, sounds, open_word = [""], [], True
        for token in g2p.phonemize_tokens(g2p.tokenize(self._normalize(text))):
            if not open_word:
                words.append("")
                sounds.append((" ", len(words) - 1))
            words[-1] += token.text
            sounds += [(sound, len(words) - 1) for sound in token.phonemes or ""]
            open_word = not token.whitespace
        known = self._host.vocab
        return words, [(sound, word) for sound, word in sounds if sound in known]

    def sound(
        self, phonemes: list[tuple[str, int]], words: int, *, speed: float, pitch: float
    ) -> tuple[Samples, list[tuple[float, float] | None]]:
        """Samples at `RATE`, and for each spoken word its (start, end) or None when it makes no sound."""
        shift = 2 ** (pitch / 12)
        parts: list[Samples] = []
        bounds: list[tuple[float, float] | None] = [None] * words
        at = 0.0
        for chunk in _chunks(phonemes):
            raw, durations = self._run([sound for sound, _ in chunk], speed / shift)
            samples = resample(raw, RATE / self._dsp.SR / shift)
            edges = np.concatenate([[0.0], np.cumsum(durations)]) * (len(samples) / RATE / durations.sum()) + at
            for place, (sound, word) in enumerate(chunk, start=1):
                if sound in _SILENT:
                    continue
                start, end = float(edges[place]), float(edges[place + 1])
                known = bounds[word]
                bounds[word] = (start, end) if known is None else (known[0], end)
            parts.append(samples)
            at += len(samples) / RATE
        return (np.concatenate(parts) if parts else np.zeros(0, np.float32)), bounds

    def _run(self, sounds: Sequence[str], speed: float) -> tuple[Samples, Any]:
        ids = [0, *(self._host.vocab[sound] for sound in sounds), 0]
        feed = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([speed], np.float32)}
        *parts, durations = self._session.run(None, feed)
        samples = self._dsp.synth(*(part[0] for part in parts), np.random.default_rng(0))
        return samples, np.asarray(durations, np.float64).reshape(-1)


@cache
def _model(voice: str) -> _Model:
    return _Model(voice)


def forget() -> None:
    """Let the model go, so that the memory is free for the renderer; the next sentence loads it again."""
    with _lock:
        if _model.cache_info().currsize:
            _model.cache_clear()
            give_back()


class _quiet_options:
    """Session options: one thread, errors only."""

    def __init__(self, onnxruntime: Any) -> None:
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = self._options.inter_op_num_threads = 1
        self._options.log_severity_level = 3

    def __enter__(self) -> Any:
        return self._options

    def __exit__(self, *_: object) -> None:
        pass


def _chunks(phonemes: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Pieces that the model can take at once, cut after punctuation or at least between words."""
    pieces, rest = [], phonemes
    while len(rest) > _LONGEST:
        spaces = [i for i in range(_LONGEST // 3, _LONGEST) if rest[i][0] == " "]
        after_mark = [i for i in spaces if rest[i - 1][0] in _SILENT]
        cut = (after_mark or spaces or [_LONGEST])[-1]
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest] if rest else pieces


def _word(label: str, bounds: Sequence[tuple[float, float] | None], samples: Samples) -> Word:
    heard = [bound for bound in bounds if bound is not None]
    if not heard:
        return Word(text=label, start=-1.0, end=-1.0)
    last = len(samples) / RATE
    return Word(text=label, start=min(heard[0][0], last), end=min(heard[-1][1], last))


def _monotone(words: Sequence[Word]) -> tuple[Word, ...]:
    """Give words without sound (an emoji) the moment after the word before them."""
    result: list[Word] = []
    at = 0.0
    for word in words:
        start = max(at, word.start)
        end = max(start, word.end)
        result.append(Word(text=word.text, start=start, end=end))
        at = end
    return tuple(result)
