"""What goes under the post: a caption with its disclosure, and hashtags."""

import re

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import CharacterSheet, Source
from greenroom.studio.make.script.subject import Subject, capital

_AREA_TAGS = {
    "money": ("PersonalFinance", "MoneyQuestions"),
    "health": ("HealthQuestions", "AskAPro"),
    "tech": ("TechExplained", "DigitalLife"),
    "food": ("FoodCurious", "HomeCooking"),
    "nature": ("NatureCurious", "LookCloser"),
    "past": ("HistoryNotes", "FromTheArchive"),
    "craft": ("MakersNotes", "LearnByDoing"),
    "place": ("TravelQuestions", "SlowTravel"),
    "people": ("WorkAndLife", "SmallSteps"),
    "any": ("StayCurious", "AskBetter"),
}
_ASKS = (
    "What would you ask next?",
    "Add the question we missed.",
    "Which step will you start with?",
    "Your turn: what do you want to know?",
)
_ASKS_SOURCED = (
    "Read the source before you share it.",
    "Everything said here is in the source.",
    "The source is named, so you can check it.",
)


def caption(subject: Subject, hook: str, sources: tuple[Source, ...], character: CharacterSheet, chance: Chance) -> str:
    """Hook, invitation, sources, and always the disclosure as its own line at the end."""
    lines = [hook, chance.choice(_ASKS_SOURCED if sources else _ASKS)]
    names = list(dict.fromkeys(source.name for source in sources))
    if names:
        lines.append(f"Source: {', '.join(names)}")
    lines.append(character.disclosure.caption)
    return "\n\n".join([" ".join(lines[:2]), *lines[2:]])


def hashtags(subject: Subject, chance: Chance) -> tuple[str, ...]:
    """Four or five, from the topic, its area and the fact that this is made with AI."""
    words = [re.sub(r"[^\w]", "", re.sub(r"['’]s$", "", word)) for word in subject.words]
    joined = "".join(capital(word) for word in words[:3] if word)
    tags = [joined[:40], *(capital(word) for word in words[:2] if len(word) > 3)]
    tags += [chance.choice(_AREA_TAGS[subject.area]), "MadeWithAI"]
    return tuple(dict.fromkeys(tag for tag in tags if tag and not tag.isdigit()))[:5]
