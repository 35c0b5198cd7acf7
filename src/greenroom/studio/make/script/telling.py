"""Scripts from a given text: what is claimed is said in the text's own words, and each claim keeps its place in it."""

import re
from collections.abc import Callable, Sequence

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Beat, CharacterSheet, Shot
from greenroom.studio.make.script.asking import Parts, in_place, renumbered, slots, steps
from greenroom.studio.make.script.claims import Claim
from greenroom.studio.make.script.icons import icon_for
from greenroom.studio.make.script.manner import Manner
from greenroom.studio.make.script.screen import headline, shot
from greenroom.studio.make.script.subject import Subject, capital

_NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_OPEN = ("Start here.", "Begin with this.", "First things first.")
_NEXT = ("Then this.", "Next.", "Put this beside it.", "And there is more.", "Keep going.")
_FIGURE = ("Now a number.", "Here is a figure to keep.", "In numbers.")
_LAST = ("One more.", "And finally.", "Last one.")
_HOOKS = (
    "What is there to know about {about}? Let's read.",
    "{Title}, straight from the source.",
    "{Count} things to know about {about}, with their source.",
    "What does {source} say about {about}?",
    "Let's read up on {about}. {Count} points, one source.",
)
_HOOKS_FIGURE = ("{figure}. Hold on to that number.", "Remember this number: {figure}.")
_HOOKS_ASKED = ("{asked} Here is what {source} says.", "{asked} Let's read what {source} says.")
_CLOSINGS = (
    "All of this comes from {source}. Read it before you share it.",
    "That was {source}, in its own words. What would you add?",
    "Which of these would you check first? The source is on the screen.",
    "Disagree? Bring a source, and let's compare.",
    "Now you know where it comes from. What is your next question?",
)
_SELF = (
    "I'm {name}, a virtual presenter. I'll read you the parts of {source} that matter most here.",
    "I'm {name}. I'm an AI character, so I quote: everything here is from {source}.",
)


def telling(
    format: str,
    subject: Subject,
    character: CharacterSheet,
    manner: Manner,
    chance: Chance,
    chosen: Sequence[Claim],
    fillers: int,
) -> Parts:
    """(hook, beats, closing, title): the claims in order, then `fillers` questions for what the text leaves open."""
    source = spoken_name(chosen[0].source.name)
    figure = next((claim.figure for claim in chosen if claim.figure and not claim.figure.isdigit()), "")
    counted = _NUMBERS[min(len(chosen), 12) - 1]
    known = {
        **slots(subject, character),
        "source": source,
        "figure": capital(figure),
        "Count": counted,
        "Title": subject.title,
    }

    def fill(text: str) -> str:
        return text.format_map(known)

    beats = _beats(format, subject, manner, chance, chosen, source)
    if format == "talking_character":
        said = _one(_SELF, manner, chance, fill)
        beats = [
            Beat(id="", narration=said, on_screen="An AI character, quoting", picture=Shot(kind="portrait")),
            *beats,
        ]
    for line in steps(subject, manner, chance, fillers, fill, skip=("guess", "define", "narrow")) if fillers else ():
        icon = Shot(kind="icon", words=line.icon)
        said = in_place(fill(line.text), 1, 9)
        beats.append(Beat(id="", narration=said, on_screen=line.screen, picture=icon))
    hooks: Sequence[str] = _HOOKS_ASKED if subject.asked else (*_HOOKS, *_HOOKS_FIGURE) if figure else _HOOKS
    hooks = tuple(hook for hook in hooks if "{Count}" not in hook or len(chosen) > 1)
    title = (
        f"{len(chosen)} things about {subject.about}"
        if format == "listicle" and not subject.asked and len(chosen) > 1
        else subject.title
    )
    return _one(hooks, manner, chance, fill), renumbered(beats), _one(_CLOSINGS, manner, chance, fill), title


def _beats(
    format: str, subject: Subject, manner: Manner, chance: Chance, chosen: Sequence[Claim], source: str
) -> list[Beat]:
    beats: list[Beat] = []
    used: frozenset[str] = frozenset()
    for number, claim in enumerate(chosen):
        icon = icon_for(claim.text, used)
        used |= {icon}
        drawn = shot(claim.text, icon).kind in ("bars", "share")
        on_screen = headline(claim.text, subject.words, drawn=drawn)
        picture = shot(claim.text, icon, on_screen)
        lead = _lead(format, number, len(chosen), bool(claim.figure), chance)
        if format == "listicle":
            picture = picture if picture.kind in ("bars", "share") else Shot(kind="count", words=str(number + 1))
        if format == "quote":
            on_screen = f"“{claim.text.rstrip('.')}”" if len(claim.text) <= 110 else on_screen
            picture = Shot(kind="quote", words=source)
        narration = f"{lead} {claim.text}".strip() if manner.allows(lead) else claim.text
        beats.append(Beat(id="", narration=narration, on_screen=on_screen, picture=picture, source=claim.source))
    return beats


def _lead(format: str, number: int, count: int, figure: bool, chance: Chance) -> str:
    """A word or two before a claim, in a sentence of its own so that the claim stays as it is; mostly nothing."""
    if format == "listicle":
        return f"{_NUMBERS[number % 12]}."
    if format not in ("explainer", "talking_character") or count < 3:
        return ""
    roll = chance.unit()
    if number == 0:
        return chance.choice(_OPEN) if roll < 0.35 else ""
    if number == count - 1:
        return chance.choice(_LAST) if roll < 0.4 else ""
    if figure:
        return chance.choice(_FIGURE) if roll < 0.45 else ""
    return chance.choice(_NEXT) if roll < 0.3 else ""


def spoken_name(name: str) -> str:
    """How a source is called aloud: a file's name says nothing to a listener."""
    if re.search(r"[\\/]|\.\w{2,5}$|^stdin$|^-$", name) or not name.strip():
        return "the source text"
    return name.strip()


def _one(options: Sequence[str], manner: Manner, chance: Chance, fill: Callable[[str], str]) -> str:
    said = [fill(option) for option in options]
    allowed = [text for text in said if manner.allows(text)]
    return chance.choice(allowed or said)
