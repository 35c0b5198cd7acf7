"""What Greenroom does not make, where it is plainly asked for. A short honest list of rules, not a judge of meaning."""

import re
from dataclasses import dataclass

from greenroom.studio.contracts import Brief, CharacterSheet
from greenroom.studio.errors import Refused


@dataclass(frozen=True, slots=True)
class Rule:
    """`field` limits a rule to what somebody asks for ("request") or extends it to a given text ("all")."""

    id: str
    pattern: re.Pattern[str]
    reason: str
    where: str = "request"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_MINOR = (
    r"(?:child(?:ren)?|kids?|minors?|teen(?:ager|aged)?s?|schoolgirls?|schoolboys?|under[- ]?age|loli|shota|"
    r"preteens?|\b(?:[5-9]|1[0-7])[- ]year[- ]olds?)"
)
_SEX = (
    r"(?:sex(?:ual(?:ly)?|y)?|erotic(?:a|ally)?|nud(?:e|es|ity)|naked|porn(?:o|ography|ographic)?|nsfw|hentai|"
    r"fetish|strip(?:per|tease)|onlyfans|xxx)"
)
_COPY = (
    r"(?:clone|cloned|cloning|imitate|imitating|impersonat\w+|mimic\w*|copy(?:ing)?|fake|deepfake\w*|face[- ]?swap\w*)"
)
_NAME = r"[A-Z][\w'’.-]+(?:\s+(?:van|von|de|al|el|la)?\s*[A-Z][\w'’.-]+)+"

RULES: tuple[Rule, ...] = (
    Rule(
        "minors",
        _any(rf"\b{_MINOR}\b.{{0,80}}\b{_SEX}\b", rf"\b{_SEX}\b.{{0,80}}\b{_MINOR}\b"),
        "Greenroom makes nothing that puts minors and sexual content together.",
        "all",
    ),
    Rule(
        "sexual",
        _any(
            r"\b(?:porn(?:o|ography|ographic)?|hentai|nsfw|erotica|onlyfans|sex(?:ual)? (?:scene|tape|act|"
            r"fantasy|video|content)s?|"
            r"nudes?|naked (?:wom[ae]n|m[ae]n|girls?|guys?|bod(?:y|ies))|strip ?tease|fetish|sexting|xxx)\b"
        ),
        "Greenroom does not make sexual content.",
    ),
    Rule(
        "minor-character",
        _any(
            rf"\b(?:character|presenter|host|avatar|influencer|narrator|speaker|girl|boy|"
            rf"model)\b.{{0,40}}\b(?:who is|aged?|of|a)\s+{_MINOR}\b",
            rf"\b{_MINOR}\s+(?:character|presenter|host|avatar|influencer|narrator|model)\b",
        ),
        "A presenter here is always an adult. Describe an adult.",
    ),
    Rule(
        "real-person",
        re.compile(
            rf"\b(?i:{_COPY})\b.{{0,40}}\b(?i:voice|face|likeness|look)\b"
            rf"|\b(?i:in|with|using) (?i:the )?(?i:voice|face|likeness) of {_NAME}"
            rf"|\b(?i:in|with|using) {_NAME}['’]s? (?i:voice|face|likeness)"
            rf"|\b(?i:deepfake|face[- ]?swap)(?i:ed|s|ing)? (?i:of )?{_NAME}"
            rf"|\b(?i:as if|pretend(?:ing)?) (?i:to be|you are|you're|i am|i'm) {_NAME}"
            rf"|\b(?i:speak|talk|sound|look)(?i:s|ing)? (?i:exactly )?like {_NAME}"
        ),
        "A real person's face or voice needs their recorded consent, and this brief asks for one by name. "
        "Take the name out, or give the consent record first.",
    ),
    Rule(
        "hide-ai",
        _any(
            r"\b(?:remove|hide|strip|erase|bypass|without)\b.{0,30}\b(?:ai[- ](?:label|disclosure|watermark|"
            r"tag)|content credentials|c2pa)\b",
            r"\bpass (?:it |this )?(?:off )?as (?:a )?(?:real|human)[- ]?(?:made|person|photo(?:graph)?|footage)\b",
        ),
        "Every video here says that it is made with AI, and nothing here helps to hide that.",
    ),
)


def refuse(brief: Brief, character: CharacterSheet) -> None:
    """Raise Refused with the reason when the brief or the character plainly asks for what is not made here."""
    persona = character.persona
    described = [character.name, *persona.traits, persona.tone, *persona.values, *persona.examples, *persona.vocabulary]
    request = "\n".join([brief.topic, *described])
    everything = f"{request}\n{brief.text or ''}"
    for rule in RULES:
        if rule.pattern.search(everything if rule.where == "all" else request):
            raise Refused(rule.reason, fields={"topic": rule.reason}, rule=rule.id)
