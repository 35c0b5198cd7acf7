"""What Greenroom will not make a character of, found where it is typed, with the reason.

A person's description is judged, not a topic: "helps parents of teenagers" passes, "is a teenager" does not. It is
a first gate for plain wording; checks on output follow it.
"""

import re
import unicodedata
from collections.abc import Mapping

MINOR = (
    "A character has to be an adult, in look and text. Describe somebody of 18 or more; "
    "speaking to or about young people is fine"
)
SEXUAL = "Greenroom makes no sexual content. Leave this out"
PERSON = (
    "A real person's name, face or voice needs that person's recorded consent, and there is none. "
    "Invent somebody who does not exist"
)

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_YOUNG = rf"(?:1[0-7]|[1-9]|{_WORDS})"
_SHE_IS = r"(?:i am|i'm|im|she is|she's|he is|he's|they are|they're|turned|turns|who is|and is)"
_MEASURE = r"(?!\s*(?:[:.,]\d|%|percent|years? (?:in|into|of)|minutes?|hours?|days?|weeks?|months?|times|in a))"
_CHILD = (
    r"(?:teen|teenager|preteen|tween|child|kid|toddler|minor|school ?girl|school ?boy|high ?schooler"
    r"|little (?:girl|boy))"
)
_ROLE = r"(?:girl|boy|character|presenter|influencer|model|idol|star|host|version|face|look|body)"

_MINOR = (
    rf"\b{_YOUNG}[\s-]*(?:years?|yrs?)[\s-]*old\b",
    rf"\b{_YOUNG}\s?(?:yo|y/o)\b",
    rf"\bage[ds]?:?\s+(?:of\s+)?{_YOUNG}\b(?!\s*(?:\d|\+|to|and|or|-))",
    rf"\b{_SHE_IS} (?:only |just )?{_YOUNG}\b{_MEASURE}",
    rf"\b(?:{_SHE_IS}|as|plays|like|looks like|appears to be) an? (?:\w+ ){{0,2}}{_CHILD}\b",
    rf"^an? (?:\w+ ){{0,3}}{_CHILD}\b(?! (?:psychologist|therapist|doctor|nurse|teacher|minder|care|expert))",
    rf"\b(?:teen|teenage|teenaged|child|kid|underage|preteen|minor)[ -]{_ROLE}\b",
    r"\b(?:underage|under-age|jail ?bait|barely legal|lolita|loli|shota|shotacon|lolicon)\b",
)
_SEXUAL = (
    r"\b(?:porn\w*|nsfw|xxx|hentai|erotic\w*|nudes?|nudity|naked|topless|fetish\w*|cam ?girl|cam ?boy|sexting)\b",
    r"\b(?:sexy|seductive|horny|slutty|lewd)\b",
    r"\bsexual(?:ly|ized|ised)?\b(?! (?:health|education|orientation|harassment|violence|assault|identity|abuse))",
    r"\badult (?:content|entertainment|film|films|star|performer|model)\b",
)
_PERSON = (
    r"\bdeep ?fakes?\b",
    r"\bimpersonat\w+\b(?! (?:nobody|no one))",
    r"\b(?:celebrity|politician|actor|actress|singer|star) (?:look ?-?alike|double|clone|impersonator)\b",
)
# Judged with capitals kept: two capitalised words after the verb are taken for a person's name.
_LIKENESS = re.compile(
    r"\b(?:[Ll]ooks?|[Ss]ounds?|[Tt]alks?|[Ss]peaks?|[Ff]aces?|[Vv]oices?|[Cc]lones?|[Cc]opy|[Dd]ouble|[Ll]ook-?alike)"
    r" (?:exactly |just )?(?:like|of|as) (?:the (?:\w+ )?)?[A-Z][\w'’.-]+ [A-Z][\w'’-]+"
)
# Names that nobody invents. The list can be extended, it is never the only gate.
_KNOWN = """
    adele; angela merkel; ariana grande; barack obama; beyonce; bill gates; billie eilish; brad pitt;
    britney spears; cristiano ronaldo; donald trump; drake; dua lipa; ed sheeran; elon musk; emma watson;
    emmanuel macron; greta thunberg; jeff bezos; jennifer lawrence; joe biden; joe rogan; justin bieber;
    kamala harris; kanye west; kim kardashian; kylie jenner; lady gaga; leonardo dicaprio; lionel messi;
    mark zuckerberg; margot robbie; michelle obama; mrbeast; narendra modi; olaf scholz; oprah winfrey;
    pope francis; pope leo; rihanna; ronaldo; sam altman; scarlett johansson; selena gomez; serena williams;
    steve jobs; taylor swift; tim cook; timothee chalamet; tom cruise; tom hanks; vladimir putin;
    volodymyr zelensky; xi jinping; zendaya
"""
_NAMES = frozenset(name.strip() for name in _KNOWN.split(";"))


def refusals(fields: Mapping[str, str], *, name: str | None = None) -> dict[str, str]:
    """The reason by field for each text that asks for what Greenroom does not make; empty when all may stay."""
    found = {field: reason for field, text in fields.items() if (reason := refusal(text))}
    if name is not None and (reason := refusal(name) or (PERSON if _folded(name) in _NAMES else None)):
        found["name"] = reason
    return found


def refusal(text: str) -> str | None:
    """Why this text can't describe a character, or None."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    low = plain.casefold()
    if any(pattern.search(low) for pattern in _COMPILED[MINOR]):
        return MINOR
    if any(pattern.search(low) for pattern in _COMPILED[SEXUAL]):
        return SEXUAL
    if any(pattern.search(low) for pattern in _COMPILED[PERSON]) or _LIKENESS.search(plain):
        return PERSON
    return None


def _folded(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z ]", "", ascii_only.casefold()).split())


_COMPILED = {
    reason: tuple(re.compile(pattern) for pattern in patterns)
    for reason, patterns in ((MINOR, _MINOR), (SEXUAL, _SEXUAL), (PERSON, _PERSON))
}
