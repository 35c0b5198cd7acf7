"""How long a script will be when it is spoken: good to a few percent, the voice does the rest."""

from collections.abc import Iterable

from greenroom.studio.contracts import VoiceChoice
from greenroom.studio.make.script.sentences import sentences
from greenroom.studio.make.voice.catalogue import find

_LEAD_AND_TAIL = 2.4
_SCENE, _SENTENCE = 0.40, 0.20
_DIGIT, _SIGN = 5.5, 6.0


def seconds(narrations: Iterable[str], voice: VoiceChoice) -> float:
    """The length of a video with these scenes, by the voice's measured rate."""
    known, _ = find(voice)
    total = _LEAD_AND_TAIL - _SCENE
    for text in narrations:
        said = sentences(text)
        weight = sum(_DIGIT if c.isdigit() else _SIGN if c in "$€£%" else 1 for c in text)
        spoken = weight / known.characters_per_second + len(said) * known.sentence_seconds
        total += spoken / voice.speed + _SCENE + max(0, len(said) - 1) * _SENTENCE
    return total
