"""What a topic is, grammatically: enough to build sentences around it that read as if somebody wrote them."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["thing", "clause", "question", "claim"]

_STOP = frozenset(
    "a an and are as at be but by can could did do does for from had has have he her his how i if in into is it its "
    "just may me might more most my no not of off on one or our out over should so some such than that the their them "
    "then there these they this those through to too under up us was we were what when where which while who why will "
    "with would you your about after before between because very really also only any all every each both other "
    "another much many few own same yet still even ever never always often rather per via using upon within without "
    "during against among across toward towards near since until while & roughly nearly".split()
)
_ASKED = re.compile(r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|am)\b", re.I)
_TURNED = re.compile(
    r"^(?:why|how|what|when|where|who|which)(?:\s+\w+){0,2}?\s+(?:is|are|was|were|do|does|did|can|could|should|would|"
    r"will|has|have|had)\b(?!\s+(?:to\b|$))",
    re.I,
)
_CLAUSE = re.compile(r"^(?:why|how|what|when|where|who|which|whether)\b", re.I)
_LISTED = re.compile(
    r"^(?:the\s+)?(?:top\s+)?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+){0,2}?"
    r"(?:tips?|ways?|facts?|reasons?|things?|ideas?|myths?|mistakes?|rules?|habits?|lessons?|steps?|secrets?|hacks?|signs?)\b"
    r"\s*(?:(?P<link>for|about|on|to|of|that|you|why)\s+(?P<rest>.+))?$",
    re.I,
)
_VERBS = frozenset(
    "learn make save build get stop start write read cook grow run sleep invest buy sell fix use find choose understand "
    "improve quit plan train travel teach clean draw paint play sing speak study prepare create keep lose gain protect "
    "manage organise organize deal live eat drink meditate garden budget negotiate pack bake brew train repair".split()
)
_SAYS = re.compile(
    r"^(?:[\w'’-]+\s+){1,7}(?:is|are|was|were|will|can|cannot|can't|causes?|cures?|kills?|makes?|means?|proves?|must|"
    r"should|has|have|never|always|doesn't|don't|isn't|aren't|helps?|prevents?|beats?|needs?|works?|leads?)\b\s*\S",
    re.I,
)
_AREAS: tuple[tuple[str, str], ...] = (
    ("money", r"money|interest|invest\w*|sav(?:e|ing|ings)|budget\w*|debt|tax(?:es)?|pension|inflation|mortgage|rent|stocks?|"
     r"crypto|bank\w*|salary|price|prices|cost|insurance|loans?|econom\w+|financ\w+"),
    ("health", r"health\w*|sleep\w*|diet\w*|vitamins?|exercis\w+|fitness|stress|anxiety|medic\w+|doctor|pain|weight|brain|"
     r"heart|immune|allerg\w+|headaches?|therapy|mental|yoga|running|posture|back"),
    ("tech", r"ai|artificial|computers?|software|apps?|phones?|internet|privacy|passwords?|data|robots?|algorithm\w*|code|"
     r"coding|programming|python|batter(?:y|ies)|chips?|electric|cyber\w*|encryption|cloud|models?"),
    ("food", r"food|cook\w*|bak\w+|coffee|tea|bread|recipes?|kitchen|chocolate|wine|cheese|pasta|soup|breakfast|dinner|sourdough"),
    ("nature", r"animals?|cats?|dogs?|birds?|bees?|plants?|garden\w*|trees?|forests?|oceans?|sea|climate|weather|space|moon|"
     r"stars?|planets?|volcano\w*|whales?|insects?|soil|rivers?|rain|mushrooms?|octopus\w*"),
    ("past", r"histor\w+|ancient|medieval|war|wars|empire|roman|century|museum|archaeolog\w+|myths?|legends?|crime|mystery"),
    ("craft", r"writ\w+|draw\w*|paint\w*|photo\w*|music|guitar|piano|design\w*|film\w*|story|stories|novel|poet\w*|art|craft\w*|knit\w*"),
    ("place", r"travel\w*|cit(?:y|ies)|trip|japan|italy|france|hotel|flights?|airport|trains?|hik\w+|camp\w*|island|mountains?|map|maps"),
    ("people", r"friend\w*|famil\w+|parent\w*|love|dating|marriage|leader\w*|team\w*|work|career|job|boss|meetings?|habits?|"
     r"motivation|confidence|productivity|procrastination|discipline|focus|happiness|conversation|feedback|negotiat\w+"),
)
_AREA_PATTERNS = tuple((name, re.compile(rf"\b(?:{words})\b", re.I)) for name, words in _AREAS)


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
    found = [word for word in re.findall(r"[^\W_][\w'’-]*", named) if word.lower() not in _STOP and len(word) > 1]
    area = next((name for name, pattern in _AREA_PATTERNS if pattern.search(bare)), "any")
    return Subject(kind, about, asked, _title(bare, kind), area, tuple(found))


def is_stop(word: str) -> bool:
    return word.lower() in _STOP


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
    if first in _VERBS and len(bare.split()) > 1:
        return "clause", f"how to {_inner(bare)}", ""
    if _SAYS.match(bare) and not question and not re.match(r"^(?:the|a|an)?\s*[\w'’-]+\s+(?:that|who|which)\b", bare, re.I):
        return "claim", f"the idea that {_inner(bare)}", capital(bare) + ": is that so?"
    return "thing", _inner(bare), (capital(bare) + "?") if question else ""


def _inner(text: str) -> str:
    """Lower-case the first word in the middle of a sentence, unless it is a name or an abbreviation."""
    words = text.split()
    first = words[0]
    if first.isupper() or any(c.isupper() for c in first[1:]) or first in ("I", "I'm", "I’m"):
        return text
    common = first.lower() in _STOP or first.lower() in _VERBS or len(words) > 1 and all(w.islower() for w in words[1:])
    if first[:1].isupper() and not common:
        return text
    return first[:1].lower() + " ".join(words)[1:]


def _title(bare: str, kind: Kind) -> str:
    if kind in ("question", "claim"):
        return capital(bare) + "?"
    return capital(bare)
