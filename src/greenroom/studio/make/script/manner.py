"""How a character speaks: which lines suit its tone, its favourite words, and what it never says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import CharacterSheet
from greenroom.studio.errors import Invalid
from greenroom.studio.make.script.lines import Line

_TONES: dict[str, str] = {
    "warm": "warm friendly kind gentle caring encouraging supportive motherly fatherly soft hearty cosy",
    "bright": "bright energetic playful funny upbeat excited lively bubbly cheerful enthusiastic bold cheeky fun",
    "dry": "dry ironic sarcastic deadpan sceptical skeptical witty wry blunt sharp",
    "calm": "calm quiet slow thoughtful reflective mindful serene patient soothing measured",
    "expert": "expert precise serious professional factual clear analytical authoritative rigorous direct academic",
}
_INTERJECTIONS = re.compile(r"^(?:[\w'’-]+[ ,]+){0,3}[\w'’-]+[!.…]?$")


@dataclass(frozen=True, slots=True)
class Manner:
    """`tones` in the order they were named; `phrases` are its own words that can stand alone."""

    tones: tuple[str, ...]
    phrases: tuple[str, ...]
    never: re.Pattern[str] | None
    never_words: tuple[str, ...]

    def allows(self, text: str) -> bool:
        return self.never is None or not self.never.search(text)

    def choose(self, lines: Sequence[Line], chance: Chance, fill: Callable[[str], str]) -> Line | None:
        """One of the lines that may be said; those in the character's tone are three times as likely."""
        allowed = [line for line in lines if self.allows(fill(line.text)) and self.allows(line.screen)]
        suited = [line for line in allowed if not line.tones or set(line.tones) & set(self.tones)]
        weighted = [line for line in suited for _ in range(3 if line.tones or line.areas else 1)]
        return chance.choice(weighted) if weighted else None


def manner(character: CharacterSheet) -> Manner:
    persona = character.persona
    said = " ".join([persona.tone, *persona.traits]).lower()
    places = {
        name: min((said.find(word) for word in words.split() if word in said), default=-1)
        for name, words in _TONES.items()
    }
    tones = tuple(sorted((name for name, at in places.items() if at >= 0), key=lambda name: places[name]))
    never = tuple(word.strip() for word in persona.never_says if word.strip())
    pattern = (
        re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in never), re.IGNORECASE) if never else None
    )
    phrases = tuple(word.strip() for word in persona.vocabulary if _INTERJECTIONS.match(word.strip()))
    return Manner(tones or ("warm",), phrases, pattern, never)


def must_allow(manner: Manner, topic: str, name: str) -> None:
    """Raise Invalid when the topic itself has what this character never says."""
    found = manner.never.search(topic) if manner.never else None
    if found:
        raise Invalid(
            f"{name} never says “{found.group()}”, and the topic has it. Word the topic otherwise or choose "
            f"another character.",
            fields={"topic": f"{name} never says “{found.group()}”"},
        )
