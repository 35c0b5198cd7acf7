"""What a sentence's words give away: figures, strong claims, denials, requests. Pure, by word lists."""

import re

from greenroom.studio.make.script.subject import is_stop
from greenroom.studio.make.script.vocabulary import VERBS

_WORD = re.compile(r"[^\W_][\w'’-]*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER = re.compile(
    r"\b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"dozens?|hundreds?|thousands?|millions?|billions?|trillions?|per ?cent|percentage|half|halves|halved|"
    r"(?:two|three|one|a)[- ](?:thirds?|quarters?|fifths?|tenths?)|doubled?|doubles|twice|tripled?|triples|"
    r"(?:two|three|four|five|ten)fold|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:(?:out of|in)\s+(?:every\s+)?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)|times|degrees|years|people))\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[%‰½⅓⅔¼¾]")
_STRONG = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|prov(?:e|es|ed|en|ing)|kill(?:s|ed|ing)?|"
    r"prevent(?:s|ed|ing)?|guarante(?:e|es|ed|eing)|eliminat(?:e|es|ed|ing)|destroy(?:s|ed|ing)?|"
    r"poison(?:s|ed|ing|ous)?|die|dies|died|dying|deadly|fatal|always|never|nobody|everybody|everyone|everything|"
    r"all|every|none|most|majority|impossible|undeniabl[ey]|scientifically|clinically|"
    r"(?:stud(?:y|ies)|doctors?|experts?|scientists?|science|research(?:ers?)?|data|statistics|evidence|physicians)"
    r"(?=\s+(?:\w+\s+)?(?:say|says|said|show|shows|showed|shown|agree|agrees|prove|proves|find|finds|found|"
    r"recommend|recommends|warn|warns|confirm|confirms|suggest|suggests|tell|tells|believe|believes|know)\b))\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|hardly|false|myth|cannot|untrue)\b|n['’]t\b", re.IGNORECASE
)
_ASKING = frozenset(
    re.findall(
        r"\S+",
        "ask begin bring call check choose come count draw explain find follow go have hold imagine keep learn leave "
        "let let's let’s listen look make name note open pick please post put read remember save say see send set "
        "share show sleep start stop subscribe suppose take tell think try turn use wait walk watch welcome write",
    )
)


def plain(text: str) -> str:
    """The words alone, in small letters: two sentences that differ in signs only are the same."""
    return " ".join(word.lower().replace("’", "'") for word in re.findall(r"[^\W_][\w'’-]*|[%$€£¥]", text))


def figures(text: str) -> set[str]:
    """Every number of a sentence, in digits or words."""
    digits = {match.group().replace(",", "").rstrip(".") for match in _DIGITS.finditer(text)}
    shares = {match.group() for match in _SIGN.finditer(text)}
    return digits | {match.group().lower() for match in _NUMBER.finditer(text)} | shares


def strong(text: str) -> set[str]:
    """The words that make a sentence a claim somebody has to stand for."""
    return {match.group().lower() for match in _STRONG.finditer(text)}


def imperative(text: str) -> bool:
    """Whether a sentence asks something of the viewer: it begins with what to do."""
    first = next(iter(_WORD.findall(text)), "").lower()
    return first in _ASKING or first in VERBS


def strange(text: str, quote: str) -> float:
    """The share of a sentence's words of content that the quote does not have."""
    there = {word.lower() for word in _WORD.findall(quote)}
    said = [word.lower() for word in _WORD.findall(text) if not is_stop(word)]
    return sum(word not in there for word in said) / len(said) if said else 1.0


def turned(text: str, quote: str) -> bool:
    """Whether one denies and the other does not."""
    return bool(_DENIAL.search(text)) != bool(_DENIAL.search(quote))
