"""The token map: which spoken words belong to which written word.

A caption keeps what was written ("$3.2 billion"), the voice says something else ("3.2 billion dollars").
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_SPEAKABLE = re.compile(r"[^\W_]")


def written_words(text: str) -> list[str]:
    """The words of a caption; a dash or symbol that stands alone goes with the word before it."""
    words: list[str] = []
    lead = ""
    for token in text.split():
        if _SPEAKABLE.search(token):
            words.append(f"{lead}{token}")
            lead = ""
        elif words:
            words[-1] = f"{words[-1]} {token}"
        else:
            lead = f"{lead}{token} "
    return words


def match(written: Sequence[str], spoken: Sequence[str]) -> list[tuple[int, int]]:
    """For each written word the half-open range of spoken words it covers; ranges are monotone and cover all."""
    left, right = [_plain(word) for word in written], [_plain(word) for word in spoken]
    spans: list[tuple[int, int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            spans += [(j1 + step, j1 + step + 1) for step in range(i2 - i1)]
        elif tag in ("replace", "delete"):
            spans += _share(written[i1:i2], spoken[j1:j2], j1)
        elif spans:
            spans[-1] = (spans[-1][0], j2)
    return _covering(spans, len(spoken))


def _share(written: Sequence[str], spoken: Sequence[str], first: int) -> list[tuple[int, int]]:
    """Deal the spoken words to the written ones by how long each is likely to take."""
    weights = [sum(4 if c.isdigit() else 1 for c in word) for word in written]
    total, seen, cut = sum(weights), 0, 0
    spans = []
    for position, weight in enumerate(weights):
        seen += weight
        end = len(spoken) if position == len(weights) - 1 else max(cut, round(len(spoken) * seen / total))
        spans.append((first + cut, first + end))
        cut = end
    return spans


def _covering(spans: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Close the gaps, so that every spoken word belongs to exactly one written word."""
    closed = []
    for index, (start, _) in enumerate(spans):
        begin = 0 if index == 0 else start
        end = spans[index + 1][0] if index + 1 < len(spans) else count
        closed.append((begin, max(begin, end)))
    return closed


def _plain(word: str) -> str:
    return "".join(c for c in word.lower().replace("’", "'") if c.isalnum() or c == "'")
