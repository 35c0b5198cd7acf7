"""Lays spoken sentences out in time: scenes with their pauses, fitted to the length that was asked for."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from greenroom.studio.contracts import Scene, Script, Word
from greenroom.studio.make.script.sentences import sentences
from greenroom.studio.make.voice.utterance import RATE, Samples, Utterance

SLOWEST, FASTEST = 0.90, 1.14
_LEAD = 0.4
_SENTENCE = 0.20
_SCENE = 0.40
_TAIL, _SHORTEST_TAIL, _LONGEST_TAIL = 2.0, 1.4, 3.2
_NARROWEST, _WIDEST = 0.8, 1.8
_GRID = 1 / 15
_REFIT = 0.10

Speak = Callable[[str, float], Utterance]


@dataclass(frozen=True, slots=True)
class Line:
    """What is said in one scene, sentence by sentence."""

    id: str
    kind: Literal["title", "beat", "end"]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """Samples of the whole narration with its pauses, and the scenes that share its time."""

    samples: Samples
    scenes: tuple[Scene, ...]
    duration: float
    exact: bool


def lines(script: Script) -> list[Line]:
    """The scenes of a script: title with the hook, the beats, and the end card with the closing."""
    spoken: list[tuple[str, Literal["title", "beat", "end"], str]] = [
        ("title", "title", script.hook),
        *((beat.id, "beat", beat.narration) for beat in script.beats),
        ("end", "end", script.closing),
    ]
    return [Line(id, kind, tuple(s.text for s in sentences(text))) for id, kind, text in spoken]


def fit(script: Script, seconds: float, speak: Speak) -> Script:
    """The script with the pace, the pauses and the last pause that bring it nearest to `seconds`, in that order."""
    plan = lines(script)
    pace = 1.0
    for _ in range(3):
        speech = _speech(plan, pace, speak)
        wanted = pace * speech / max(1.0, seconds - _pauses(plan, 1.0) - _TAIL)
        wanted = round(min(FASTEST, max(SLOWEST, wanted)), 2)
        if wanted == pace:
            break
        pace = wanted
    speech = _speech(plan, pace, speak)
    pauses = _pauses(plan, 1.0) - _LEAD
    pause = round(min(_WIDEST, max(_NARROWEST, (seconds - speech - _LEAD - _TAIL) / pauses)), 2) if pauses else 1.0
    fitted = script.model_copy(update={"pace": pace, "pause": pause, "tail": _SHORTEST_TAIL})
    rest = seconds - lay_out(fitted, speak).duration + _SHORTEST_TAIL
    tail = round(min(_LONGEST_TAIL, max(_SHORTEST_TAIL, rest)), 3)
    return fitted.model_copy(update={"tail": tail})


def fitting(script: Script, seconds: float, speak: Speak) -> Script:
    """The script as it was fitted, or fitted again when an edit took it more than a tenth off its length."""
    if script.pace is None:
        return fit(script, seconds, speak)
    plan = lines(script)
    expected = _speech(plan, script.pace, speak) + _pauses(plan, script.pause) + script.tail
    return fit(script, seconds, speak) if abs(expected - seconds) > _REFIT * seconds else script


def lay_out(script: Script, speak: Speak) -> Laid:
    """Speak every line of a fitted script and place it."""
    plan = lines(script)
    spoken = [[speak(text, script.pace or 1.0) for text in line.sentences] for line in plan]
    return _place(plan, spoken, script.pause, script.tail)


def _speech(plan: list[Line], pace: float, speak: Speak) -> float:
    return sum(speak(text, pace).duration for line in plan for text in line.sentences)


def _pauses(plan: list[Line], width: float) -> float:
    inner = sum(max(0, len(line.sentences) - 1) for line in plan)
    return _LEAD + width * (inner * _SENTENCE + (len(plan) - 1) * _SCENE)


def _place(plan: list[Line], spoken: list[list[Utterance]], pause: float, tail: float) -> Laid:
    """Scenes end on a grid that is whole frames at 15, 30 and 60 per second, so that a scene can move as it is."""
    pieces: list[Samples] = []
    scenes: list[Scene] = []
    begun = 0.0
    for number, (line, utterances) in enumerate(zip(plan, spoken, strict=True)):
        lead = _LEAD if number == 0 else _SCENE * pause / 2
        said, words = _say(utterances, lead, _SENTENCE * pause)
        at = sum(len(piece) for piece in said) / RATE
        last = number == len(plan) - 1
        length = math.ceil(round((at + (tail if last else _SCENE * pause / 2)) / _GRID, 6)) * _GRID
        said.append(_silence(length - at))
        end = begun + length
        moved = tuple(_moved(word, begun) for word in words)
        text = " ".join(line.sentences)
        scenes.append(
            Scene(id=line.id, kind=line.kind, start=round(begun, 6), end=round(end, 6), words=moved, text=text)
        )
        pieces += said
        begun = end
    exact = all(u.timing == "exact" for line in spoken for u in line)
    return Laid(np.concatenate(pieces), tuple(scenes), round(begun, 6), exact)


def _say(utterances: list[Utterance], lead: float, gap: float) -> tuple[list[Samples], list[Word]]:
    """Samples and words of one scene, timed from its start."""
    pieces = [_silence(lead)]
    at = len(pieces[0]) / RATE
    words: list[Word] = []
    for index, utterance in enumerate(utterances):
        words += [_moved(word, at) for word in utterance.words]
        pieces += [utterance.samples, _silence(gap if index + 1 < len(utterances) else 0)]
        at += (len(pieces[-2]) + len(pieces[-1])) / RATE
    return pieces, words


def _moved(word: Word, by: float) -> Word:
    return Word(text=word.text, start=round(word.start + by, 4), end=round(word.end + by, 4))


def _silence(seconds: float) -> Samples:
    return np.zeros(max(0, round(seconds * RATE)), np.float32)
