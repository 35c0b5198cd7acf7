"""Scripts for a topic alone: they ask, invite and show how to find out, and claim nothing."""

from collections.abc import Callable, Sequence

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Beat, CharacterSheet, Shot
from greenroom.studio.make.script import openings, scenes
from greenroom.studio.make.script.lines import LINES, Line
from greenroom.studio.make.script.manner import Manner
from greenroom.studio.make.script.sentences import sentences
from greenroom.studio.make.script.subject import Subject, capital

_ORDER = ("guess", "define", "narrow", "source", "count", "other", "price", "time", "try", "ask", "tell")
_NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
Parts = tuple[str, list[Beat], str, str]


def asking(
    format: str, subject: Subject, character: CharacterSheet, manner: Manner, chance: Chance, count: int
) -> Parts:
    """(hook, beats, closing, title) with about `count` beats."""

    def fill(text: str) -> str:
        return text.format_map(slots(subject, character))

    beats = beats_for(format, subject, manner, chance, count, fill)
    if format == "talking_character":
        beats = _introduced(beats, manner, chance, fill)
    if format == "listicle":
        beats = [_numbered(beat, number) for number, beat in enumerate(beats)]
    beats = _with_phrases(beats, manner, chance) if format in ("explainer", "talking_character") else beats
    title = _title(format, subject, len(beats))
    hook = _hook(format, subject, manner, chance, fill, len(beats))
    return hook, beats, _said(openings.CLOSINGS, manner, chance, fill), title


def beats_for(
    format: str, subject: Subject, manner: Manner, chance: Chance, count: int, fill: Callable[[str], str]
) -> list[Beat]:
    """The middle of the script: steps in their natural order, a scene, or questions to carry."""
    if format == "story":
        chosen: Sequence[Line] = _scene(chance.choice(scenes.SCENES), count, chance)
    elif format == "quote":
        chosen = chance.shuffled(scenes.CARRY)[: max(2, count)]
    else:
        chosen = steps(subject, manner, chance, count, fill)
    kind = "quote" if format == "quote" else "icon"
    said = [(line, in_place(fill(line.text), number, len(chosen))) for number, line in enumerate(chosen)]
    if format == "slideshow":
        said = [(line, _short(text)) for line, text in said]
    return [_beat(line, text, number, kind) for number, (line, text) in enumerate(said) if manner.allows(text)]


def slots(subject: Subject, character: CharacterSheet) -> dict[str, str]:
    """What stands for the topic in a line, by its grammar."""
    question = subject.kind in ("question", "claim")
    inner = subject.asked[:1].lower() + subject.asked[1:] if subject.kind == "question" else subject.about
    return {
        "about": subject.about,
        "asked": subject.asked,
        "name": character.name,
        "cover": inner if question and inner.endswith("?") else f"{inner}.",
        "asks": f"asks: {inner}" if subject.kind == "question" else f"asks you about {subject.about}.",
    }


def in_place(text: str, number: int, count: int) -> str:
    """Without a word of order that does not fit the place: nothing begins with Then, only the end has Last."""
    for word, fits in (
        ("First, ", number == 0),
        ("Next, ", number > 0),
        ("Then ", number > 0),
        ("Now ", number > 0),
        ("Last, ", number == count - 1),
    ):
        if text.startswith(word) and not fits:
            return capital(text[len(word) :])
    return text


def _short(text: str) -> str:
    """A slide says one thing: the first sentence or two, no more than a breath."""
    said = [sentence.text for sentence in sentences(text)]
    return f"{said[0]} {said[1]}" if len(said) > 1 and len(said[0]) + len(said[1]) < 56 else said[0]


def steps(
    subject: Subject, manner: Manner, chance: Chance, count: int, fill: Callable[[str], str], skip: Sequence[str] = ()
) -> list[Line]:
    """Up to `count` lines, one a move where there are enough moves, in the order a careful person would go."""
    moves = [move for move in _ORDER if move not in skip]
    usable = [line for line in LINES if line.move in moves and _suits(line, subject)]
    chosen: list[Line] = []
    for move in chance.shuffled(moves)[:count]:
        line = manner.choose([line for line in usable if line.move == move], chance, fill)
        if line:
            chosen.append(line)
    rest = [line for line in usable if line not in chosen]
    while len(chosen) < count and rest:
        line = manner.choose(rest, chance, fill)
        if line is None:
            break
        rest.remove(line)
        chosen.append(line)
    return _once_named(sorted(chosen, key=lambda line: _ORDER.index(line.move)))


def _suits(line: Line, subject: Subject) -> bool:
    """Lines of other areas do not fit, nor do lines that name the topic when it is a whole sentence."""
    sentence = subject.kind in ("question", "claim")
    return (not line.areas or subject.area in line.areas) and not (sentence and "{about}" in line.text)


def _once_named(chosen: list[Line]) -> list[Line]:
    """At most two lines name the topic again; hearing it in every sentence grates."""
    named = [line for line in chosen if "{about}" in line.text]
    return [line for line in chosen if line not in named[2:]]


def _scene(told: Sequence[Line], count: int, chance: Chance) -> list[Line]:
    """The scene with its beginning and end, and as much of the middle as there is time for."""
    spare = max(0, len(told) - max(3, count))
    dropped = set(chance.shuffled(range(2, len(told) - 1))[:spare])
    return [line for number, line in enumerate(told) if number not in dropped]


def _beat(line: Line, text: str, number: int, kind: str) -> Beat:
    shown = "portrait" if line.icon == "portrait" else "icon"
    picture = Shot(kind=shown, words=line.icon)
    on_screen = text if kind == "quote" and len(text) <= 80 else line.screen
    return Beat(id=f"beat-{number + 1}", narration=text, on_screen=on_screen, picture=picture)


def _introduced(beats: list[Beat], manner: Manner, chance: Chance, fill: Callable[[str], str]) -> list[Beat]:
    """The character says who it is, and is seen again now and then."""
    line = manner.choose(openings.SELF, chance, fill) or openings.SELF[0]
    first = _beat(line, fill(line.text), 0, "icon")
    shown = [
        beat.model_copy(update={"picture": Shot(kind="portrait", words=beat.picture.words)})
        if number % 3 == 2
        else beat
        for number, beat in enumerate(beats)
    ]
    return renumbered([first, *shown])


def _numbered(beat: Beat, number: int) -> Beat:
    said = beat.narration
    for word in ("First, ", "Now ", "Next, ", "Then ", "Last, "):
        said = capital(said.removeprefix(word))
    picture = Shot(kind="count", words=str(number + 1))
    return beat.model_copy(update={"narration": f"{_NUMBERS[number % 12]}. {said}", "picture": picture})


def _with_phrases(beats: list[Beat], manner: Manner, chance: Chance) -> list[Beat]:
    """One aside in the character's tone, or one of its own phrases, before a beat in the middle."""
    own = [phrase if phrase[-1:] in ".!…" else f"{phrase}." for phrase in manner.phrases]
    asides = [phrase[:1].upper() + phrase[1:] for phrase in own] or list(openings.BETWEEN.get(manner.tones[0], ()))
    asides = [aside for aside in asides if manner.allows(aside)]
    if len(beats) < 3 or not asides or (not own and chance.unit() < 0.4):
        return beats
    at = chance.number(1, len(beats) - 2)
    spoken = f"{chance.choice(asides)} {beats[at].narration}"
    return [beat.model_copy(update={"narration": spoken}) if n == at else beat for n, beat in enumerate(beats)]


def _hook(format: str, subject: Subject, manner: Manner, chance: Chance, fill: Callable[[str], str], count: int) -> str:
    if subject.kind == "claim":
        return _said(openings.HOOKS_CLAIM, manner, chance, fill)
    if subject.asked:
        return _said(openings.HOOKS_ASKED, manner, chance, fill)
    if format == "listicle":
        return fill(f"{_NUMBERS[min(count, 12) - 1]} questions to answer before you look up {{about}}.")
    if format == "quote":
        return fill("A few questions about {about}, to carry around for a day.")
    return _said(openings.HOOKS, manner, chance, fill)


def _said(lines: Sequence[Line], manner: Manner, chance: Chance, fill: Callable[[str], str]) -> str:
    line = manner.choose(lines, chance, fill)
    return fill(line.text) if line else fill("Let's look at {about}.")


def _title(format: str, subject: Subject, count: int) -> str:
    if subject.kind in ("question", "claim"):
        return subject.title
    if format == "listicle":
        return (
            f"{count} questions about {subject.about}"
            if subject.kind == "thing"
            else f"{subject.title}: {count} questions"
        )
    return subject.title


def renumbered(beats: Sequence[Beat]) -> list[Beat]:
    return [beat.model_copy(update={"id": f"beat-{number}"}) for number, beat in enumerate(beats, 1)]
