"""Writes a script for a brief: the one door of the writer.

It writes many candidates, all from the seed, and keeps the one whose spoken length is nearest to what was asked.
"""

from collections.abc import Iterator

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Brief, CharacterSheet, Script, Source
from greenroom.studio.errors import Invalid
from greenroom.studio.make.script.asking import Parts, asking
from greenroom.studio.make.script.caption import caption, hashtags
from greenroom.studio.make.script.claims import Claim, claims, pick
from greenroom.studio.make.script.clean import check_text, clean_text, clean_topic, has_words
from greenroom.studio.make.script.formats import find
from greenroom.studio.make.script.length import seconds
from greenroom.studio.make.script.manner import Manner, manner, must_allow
from greenroom.studio.make.script.refuse import refuse
from greenroom.studio.make.script.sentences import sentences
from greenroom.studio.make.script.subject import Subject, is_stop, subject
from greenroom.studio.make.script.telling import telling

_TRIES = 48
_MOST = 14
_BRIEF_FORMATS, _QUOTED = ("quote", "slideshow"), 110


def write(brief: Brief, character: CharacterSheet) -> Script:
    """A script that fits the brief's seconds; the same brief and character give the same script.

    Raises Refused, Unwritable or Invalid with a sentence that says what to do.
    """
    find(brief.format)
    if not brief.language.lower().startswith("en"):
        raise Invalid(
            "The built-in writer and voice speak English; set the language to en.", fields={"language": "English only"}
        )
    topic = clean_topic(brief.topic)
    refuse(brief, character)
    about, how = subject(topic), manner(character)
    must_allow(how, topic, character.name)
    found, notes = _read(brief, about, how) if brief.text and brief.text.strip() else ([], ())
    chance = Chance(f"{character.seed}/{brief.format}/{topic}/{brief.seconds}")
    options = (
        _told(brief, about, character, how, chance, found) if found else _asked(brief, about, character, how, chance)
    )
    parts = min(options, key=lambda option: _miss(option, brief, character))
    return _script(parts, brief, about, character, chance, notes)


def _read(brief: Brief, about: Subject, how: Manner) -> tuple[list[Claim], tuple[str, ...]]:
    text = brief.text or ""
    cleaned = clean_text(text)
    check_text(cleaned.text)
    _english(cleaned.text)
    found = claims(sentences(cleaned.text), brief.text_name, about.words, text)
    allowed = [claim for claim in found if how.allows(claim.text)]
    notes = [f"Left out of the text: {', '.join(cleaned.notes)}."] if cleaned.notes else []
    if len(allowed) < len(found):
        notes.append(
            f"{len(found) - len(allowed)} sentences were left out because the character never says such words."
        )
    if not has_words(cleaned.text):
        notes.append("The text has no words that can be spoken, so this script only asks. Give plain sentences.")
    elif not allowed:
        notes.append("No sentence of the text could be said as it is, so this script only asks. Give plain sentences.")
    return allowed, tuple(notes)


def _asked(brief: Brief, about: Subject, character: CharacterSheet, how: Manner, chance: Chance) -> Iterator[Parts]:
    likely = max(2, min(_MOST, round(brief.seconds / 5)))
    for attempt in range(_TRIES):
        fork = chance.fork(f"ask{attempt}")
        count = max(1, min(_MOST, likely + fork.number(-3, 3)))
        yield asking(brief.format, about, character, how, fork, count)


def _told(
    brief: Brief, about: Subject, character: CharacterSheet, how: Manner, chance: Chance, found: list[Claim]
) -> Iterator[Parts]:
    likely = max(2, min(_MOST, round(brief.seconds / 6)))
    for attempt in range(_TRIES):
        fork = chance.fork(f"tell{attempt}")
        count = max(1, min(_MOST, likely + fork.number(-3, 3)))
        usable = [claim for claim in found if len(claim.text) <= _QUOTED] if brief.format in _BRIEF_FORMATS else found
        chosen = pick(usable or found, count, fork.real(0, 0.04))
        fillers = max(0, min(count - len(chosen), 8))
        yield telling(brief.format, about, character, how, fork, chosen, fillers)


def _miss(parts: Parts, brief: Brief, character: CharacterSheet) -> float:
    """How far off the length is, in seconds; among those that the voice can fit, more pictures are better."""
    hook, beats, closing, _ = parts
    off = seconds([hook, *(beat.narration for beat in beats), closing], character.voice) - brief.seconds
    return max(abs(off), 0.03 * brief.seconds) * (2.5 if off > 0 else 1.5) - 0.9 * len(beats)


def _script(
    parts: Parts, brief: Brief, about: Subject, character: CharacterSheet, chance: Chance, notes: tuple[str, ...]
) -> Script:
    hook, beats, closing, title = parts
    sources: tuple[Source, ...] = tuple(beat.source for beat in beats if beat.source)
    fork = chance.fork("caption")
    return Script(
        title=title,
        hook=hook,
        beats=tuple(beats),
        closing=closing,
        caption=caption(about, hook, sources, character, fork),
        hashtags=hashtags(about, fork),
        sources=sources,
        language="en",
        format=brief.format,
        notes=notes,
    )


def _english(text: str) -> None:
    """Raise Invalid when a longer text has too few of the small words that every English text is full of."""
    words = text[:30_000].split()
    if len(words) >= 60 and sum(is_stop(word.strip(".,;:!?\"'()")) for word in words) < 0.1 * len(words):
        raise Invalid(
            "The text does not look like English, and the built-in writer and voice speak English only. "
            "Give it in English.",
            fields={"text": "Not English"},
        )
