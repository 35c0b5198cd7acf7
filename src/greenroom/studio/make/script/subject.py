"""What a topic is, grammatically: enough to build sentences around it that read as if somebody wrote them."""

import re
from dataclasses import dataclass
from typing import Literal

from greenroom.studio.make.script.vocabulary import SMALL, VERBS, area

Kind = Literal["thing", "clause", "question", "claim"]

_ASKED = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|am)\b", re.IGNORECASE
)
_TURNED = re.compile(
    r"^(?:why|how|what|when|where|who|which)(?:\s+\w+){0,2}?\s+(?:is|are|was|were|do|does|did|can|could|should|would|"
    r"will|has|have|had)\b(?!\s+(?:to\b|$))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^(?:why|how|what|when|where|who|which|whether)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"^(?:the\s+)?(?:top\s+)?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){0,2}?"
    r"(?:tips?|ways?|facts?|reasons?|things?|ideas?|myths?|mistakes?|rules?|habits?|lessons?|steps?|secrets?|hacks?|signs?)\b"
    r"\s*(?:(?P<link>for|about|on|to|of|that|you|why)\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^(?:[\w'’-]+\s+){1,7}(?:is|are|was|were|will|can|cannot|can't|causes?|cures?|kills?|makes?|means?|proves?|must|"
    r"should|has|have|never|always|doesn't|don't|isn't|aren't|helps?|prevents?|beats?|needs?|works?|leads?)\b\s*\S",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """`about` fits after "about"; `asked` is a whole question; `title` stands on the card; `area` picks examples."""

    kind: Kind
    about: str
    asked: str
    title: str
    area: str
    words: tuple[str, ...]


def subject(topic: str) -> Subject:
    """What a cleaned topic is about."""
    bare = topic.rstrip("?!. ").strip()
    kind, about, asked = _kind(bare, topic.endswith("?"))
    named = about if kind in ("thing", "clause") else bare
    found = [word for word in re.findall(r"[^\W_][\w'’-]*", named) if word.lower() not in SMALL and len(word) > 1]
    return Subject(kind, about, asked, _title(bare, kind), area(bare), tuple(found))


def is_stop(word: str) -> bool:
    return word.lower() in SMALL


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _kind(bare: str, question: bool) -> tuple[Kind, str, str]:
    listed = _LISTED.match(bare)
    if listed and listed["rest"]:
        link, rest = (listed["link"] or "").lower(), listed["rest"]
        about = f"how to {rest}" if link == "to" else rest if link in ("for", "about", "on", "of") else f"{link} {rest}"
        return "thing" if link in ("for", "about", "on", "of") else "clause", _inner(about), ""
    if _ASKED.match(bare) or _TURNED.match(bare):
        return "question", "this question", capital(bare) + "?"
    if _CLAUSE.match(bare):
        return "clause", _inner(bare), ""
    first = bare.split()[0].lower()
    if first in VERBS and len(bare.split()) > 1:
        return "clause", f"how to {_inner(bare)}", ""
    if (
        _SAYS.match(bare)
        and not question
        and not re.match(r"^(?:the|a|an)?\s*[\w'’-]+\s+(?:that|who|which)\b", bare, re.IGNORECASE)
    ):
        return "claim", f"the idea that {_inner(bare)}", capital(bare) + ": is that so?"
    return "thing", _inner(bare), (capital(bare) + "?") if question else ""


def _inner(text: str) -> str:
    """Lower-case the first word in the middle of a sentence, unless it is a name or an abbreviation."""
    words = text.split()
    first = words[0]
    if first.isupper() or any(c.isupper() for c in first[1:]) or first in ("I", "I'm", "I’m"):
        return text
    common = (
        first.lower() in SMALL or first.lower() in VERBS or (len(words) > 1 and all(w.islower() for w in words[1:]))
    )
    if first[:1].isupper() and not common:
        return text
    return first[:1].lower() + " ".join(words)[1:]


def _title(bare: str, kind: Kind) -> str:
    if kind in ("question", "claim"):
        return capital(bare) + "?"
    return capital(bare)
