"""Finds the sentences of a given text that can be said as they are: each one is a claim that keeps its source."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from greenroom.studio.contracts import Source
from greenroom.studio.make.script.screen import in_range
from greenroom.studio.make.script.sentences import Sentence
from greenroom.studio.make.script.subject import capital, is_stop

_WORD = re.compile(r"[^\W_][\w'’-]*")
_FIGURE = re.compile(
    r"[$€£¥]?\d[\d,.]*(?:\s?(?:%|percent|per cent|million|billion|thousand|trillion|years?|days?|hours?|"
    r"times|km|kg|°))?"
)
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_HANGING = re.compile(
    r"^(?:it|its|they|their|them|this|that|these|those|he|she|his|her|such|here|there|both|one|another|the "
    r"latter|the former|others?|so|then|thus)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^(?:however|moreover|furthermore|in addition|additionally|also|therefore|thus|hence|consequently|as a "
    r"result|meanwhile|"
    r"nevertheless|nonetheless|for example|for instance|in fact|indeed|similarly|finally|first(?:ly)?|"
    r"second(?:ly)?|third(?:ly)?|"
    r"in contrast|by contrast|on the other hand|in short|in other words|of course|still|instead|overall|in "
    r"conclusion),\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|but|or|yet|nor)\s+", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:I|I'm|I've|my|me|we|our|us|you'll|click|subscribe|sign up|cookies?|all rights reserved|copyright|"
    r"read more|share this|follow us|newsletter|terms of)\b",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*\([^()]{0,200}\)")
_CUT = re.compile(r";\s+|\s+[—–]\s+")
_STRONG = re.compile(
    r"\b(?:because|but|only|first|most|more than|less than|never|until|instead|means?|causes?|shows?|found|"
    r"doubled?|half|twice)\b",
    re.IGNORECASE,
)
_LONGEST, _SHORTEST = 30, 4
_ENOUGH = 240


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` is what is said: the source's own words, at most with a connecting word or a bracket left out."""

    text: str
    source: Source
    score: float
    words: frozenset[str]
    figure: str


def claims(found: Iterable[Sentence], name: str, about: Iterable[str], original: str) -> list[Claim]:
    """The usable claims, the best few hundred, in the order of the text; linear in the length of the text."""
    kept = [(sentence, said) for sentence in found if (said := _said(sentence.text))]
    known = Counter(word for _, said in kept for word in _content(said))
    topic = {_stem(word.lower()) for word in about}
    rated = [_claim(sentence, said, place, name, known, topic, original) for place, (sentence, said) in enumerate(kept)]
    once = {claim.text: claim for claim in reversed(rated)}
    best = sorted(once.values(), key=lambda claim: (-claim.score, claim.source.offset))[:_ENOUGH]
    return sorted(best, key=lambda claim: claim.source.offset)


def _claim(
    sentence: Sentence, said: str, place: int, name: str, known: Counter[str], topic: set[str], original: str
) -> Claim:
    words = frozenset(_content(said))
    found = [m for m in _FIGURE.finditer(said) if not _YEAR.fullmatch(m.group().strip(" .,"))]
    figure = next((m.group().strip(" .,") for m in found if not in_range(said, m)), "")
    count = len(_WORD.findall(said))
    score = 2.0 * len(topic & words)
    score += 1.6 if found else 0.0
    score += 0.8 if _STRONG.search(said) else 0.0
    score += 1.4 / (1 + place / 3)
    score += sum(math.log1p(known[word]) for word in words) / max(4, len(words))
    score -= ((count - 12) / 8) ** 2 * 0.6
    quote = " ".join(original[sentence.offset : sentence.offset + sentence.length].split())
    source = Source(name=name, offset=sentence.offset, length=sentence.length, quote=quote[:400])
    return Claim(said, source, round(score, 4), words, figure)


def _said(text: str) -> str:
    """The sentence as it can be spoken, or nothing when it should not be."""
    said = text.lstrip("-*•–—#|> \t").strip("\"“”' ")
    said = re.sub(r"^(?:\d{1,2}[.)]|[a-z]\))\s+", "", said)
    if said.endswith("?") or _PERSONAL.search(said):
        return ""
    if not re.search(r"[.!…]['\"’”)]?$", text.rstrip("\"”'’ ")) and len(said.split()) < 7:
        return ""
    said = _AND.sub("", _LINK.sub("", _PARENTHESES.sub("", said)))
    if len(said.split()) > _LONGEST:
        said = _CUT.split(said)[0]
    said = said.replace(" & ", " and ")
    said = " ".join(said.split()).rstrip(" .,;:…!-–—").strip('"“”')
    count = len(_WORD.findall(said))
    letters = sum(c.isalpha() for c in said)
    if not _SHORTEST <= count <= _LONGEST or letters < 0.6 * len(said) or said.isupper() or len(said) > 260:
        return ""
    if said.count('"') % 2 or said.count("“") != said.count("”") or said.count("(") != said.count(")"):
        return ""
    return capital(said) + "."


def _content(said: str) -> list[str]:
    return [_stem(word.lower()) for word in _WORD.findall(said) if not is_stop(word) and len(word) > 2]


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def pick(found: list[Claim], count: int, brevity: float = 0.0) -> list[Claim]:
    """The best claims that do not repeat each other, in the order of the text; `brevity` favours short ones.

    A sentence that leans on the one before it ("It is …") is taken only when no other is left to take.
    """
    chosen: list[Claim] = []
    upright = [claim for claim in found if not _HANGING.match(claim.text)]
    ranked = sorted(upright or found, key=lambda one: (brevity * len(one.text) - one.score, one.source.offset))
    for claim in ranked:
        if len(chosen) >= count:
            break
        if all(_overlap(claim, other) < 0.5 for other in chosen):
            chosen.append(claim)
    return sorted(chosen, key=lambda claim: claim.source.offset)


def _overlap(one: Claim, other: Claim) -> float:
    smaller = min(len(one.words), len(other.words))
    return len(one.words & other.words) / smaller if smaller else 1.0
