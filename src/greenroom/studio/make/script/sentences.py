"""Finds the sentences of a text and where each begins, in time proportional to its length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*[-*•–] )")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|e\.g|i\.e|cf|approx|fig|no|vol|dept|est|inc|ltd|co|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|[a-z]|[a-z]\.[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` has single spaces; `offset` and `length` are the place in the text as it was given."""

    text: str
    offset: int
    length: int


def sentences(text: str) -> list[Sentence]:
    """The sentences in order. A line break alone does not end one, an empty line or a bullet does."""
    return [sentence for sentence in _cut(text) if sentence.text]


def _cut(text: str) -> Iterator[Sentence]:
    begin = 0
    for mark in _MARK.finditer(text):
        if mark.group().startswith(".") and _goes_on(text, begin, mark):
            continue
        yield _sentence(text, begin, mark.end())
        begin = mark.end()
    yield _sentence(text, begin, len(text))


def _goes_on(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Whether a full stop only ends an abbreviation or an initial."""
    rest = text[mark.end() : mark.end() + 3].lstrip()
    if rest[:1].islower():
        return True
    return (
        mark.group() == "." and bool(rest) and bool(_ABBREVIATION.search(text[max(begin, mark.end() - 8) : mark.end()]))
    )


def _sentence(text: str, begin: int, end: int) -> Sentence:
    raw = text[begin:end]
    left = len(raw) - len(raw.lstrip())
    raw = raw.strip()
    return Sentence(" ".join(raw.split()), begin + left, len(raw))
