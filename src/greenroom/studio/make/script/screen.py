"""The few words of a claim that stand over its picture, and the figures in it that can be drawn."""

import re
from collections.abc import Iterable

from greenroom.studio.contracts import Shot
from greenroom.studio.make.script.subject import capital, is_stop

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\bfrom\s+(?P<sign>[$€£]?)(?P<a>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|percent|per cent|million|billion|"
    r"thousand)?\s+(?:in\s+(?P<ya>\d{4})\s+)?"
    r"to\s+[$€£]?(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?:%|percent|per cent|million|billion|"
    r"thousand)?(?:\s+in\s+(?P<yb>\d{4}))?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[$€£¥]\s?\d[\d,.]*\d?(?:\s(?:thousand|million|billion|trillion))?|\b\d[\d,.]*(?:\s(?:thousand|million|billion|trillion|times|years?|hours?|days?|minutes?|people|km|kg|degrees))?\b",
    re.IGNORECASE,
)
_LONGEST = 5


def headline(claim: str, topic: Iterable[str], *, drawn: bool = False) -> str:
    """Two to five words in a row that carry the claim, cut where a phrase begins and ends.

    When its figures are `drawn` in the picture, the words say what they are figures of.
    """
    tokens = claim.rstrip(".!…").split()
    if len(tokens) <= _LONGEST:
        return " ".join(tokens)
    wanted = {word.lower() for word in topic}
    best, score = tokens[:_LONGEST], -1e9
    for length in range(2, _LONGEST + 1):
        for start in range(len(tokens) - length + 1):
            value = _value(tokens, start, start + length, wanted) - 0.05 * start
            value -= 6.0 * drawn * any(c.isdigit() for word in tokens[start : start + length] for c in word)
            if value > score:
                best, score = tokens[start : start + length], value
    return capital(" ".join(best).strip(" ,;:—–-\"'“”()"))


def shot(claim: str, icon: str, headline: str = "") -> Shot:
    """A chart when the claim has figures that can be drawn, a big number when it has one, else an icon or a scene."""
    change = _FROM_TO.search(claim)
    if change:
        unit = _unit(change["unit"], change["sign"])
        figures = ((change["ya"] or "from", _number(change["a"])), (change["yb"] or "to", _number(change["b"])))
        return Shot(kind="bars", figures=figures, unit=unit)
    share = _SHARE.search(claim)
    if share and float(share[1]) <= 100:
        return Shot(kind="share", figures=(("", float(share[1])),), unit="%")
    amount = _best_amount(claim)
    if amount and amount.lower() not in headline.lower():
        return Shot(kind="number", words=amount)
    return Shot(kind="icon", words=icon) if icon else Shot(kind="scene")


def _value(tokens: list[str], start: int, end: int, wanted: set[str]) -> float:
    window = tokens[start:end]
    bare = [_bare(word) for word in window]
    if not bare[0] or not bare[-1] or is_stop(bare[0]) or is_stop(bare[-1]):
        return -1e6
    if any(word.endswith((",", ";", ":")) for word in window[:-1]):
        return -1e5
    value = 0.0
    for word in bare:
        value += 0.15 if is_stop(word) else 1.0 + 0.06 * min(len(word), 9)
        value += 0.5 if word in wanted else 0.0
        value += 1.2 if any(c.isdigit() for c in word) else 0.0
    begins = start == 0 or is_stop(_bare(tokens[start - 1])) or tokens[start - 1].endswith((",", ";", ":"))
    ends = end == len(tokens) or is_stop(_bare(tokens[end])) or window[-1].endswith((",", ";", ":"))
    return value - 0.35 * max(0, len(bare) - 4) - (0 if begins else 1.6) - (0 if ends else 3.0)


def _bare(word: str) -> str:
    return word.strip(" ,;:.—–-\"'“”()").lower()


def _best_amount(claim: str) -> str:
    found = [match.group().strip(" .,") for match in _AMOUNT.finditer(claim) if not in_range(claim, match)]
    telling = [one for one in found if not re.fullmatch(r"(?:1[0-9]|20)\d{2}", one) and len(one) <= 14]
    return max(telling, key=lambda one: (any(c in "$€£¥" for c in one), len(one)), default="")


def in_range(claim: str, amount: re.Match[str]) -> bool:
    """Half of "20 to 80" says something else than the whole."""
    before, after = claim[: amount.start()], claim[amount.end() :]
    return bool(
        re.match(r"\s*(?:to|and|or|[-–])\s*[$€£]?\d", after) or re.search(r"\d\s*(?:to|and|or|[-–])\s*[$€£]?$", before)
    )


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _unit(word: str | None, sign: str) -> str:
    known = {"percent": "%", "per cent": "%", "%": "%"}
    return known.get((word or "").lower(), f"{sign}{' ' + word if word else ''}")
