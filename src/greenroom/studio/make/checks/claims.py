"""Holds every sentence that is said, shown or written under the video against what somebody gave as its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from greenroom.kit.errors import Problem
from greenroom.studio.contracts import Beat, Brief, Check, MakeInput, Scene, Script
from greenroom.studio.make.checks.result import Figures, failed, passed
from greenroom.studio.make.checks.wording import figures, imperative, plain, strange, strong, turned
from greenroom.studio.make.script.claims import claims
from greenroom.studio.make.script.clean import clean_text
from greenroom.studio.make.script.sentences import sentences
from greenroom.studio.make.script.subject import subject
from greenroom.studio.make.script.write import write

_SHORT = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What needs no further source: `given` by the text, and the writer's own `written` words that claim nothing."""

    given: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence, and where it is: the name of its field or beat, and the beat itself."""

    text: str
    place: str
    beat: Beat | None = None
    shown: bool = False


def known(job: MakeInput, script: Script) -> Known:
    """The sentences of the brief's text, and all that the writer wrote for this brief."""
    own = script
    if job.script is not None:
        try:
            own = write(job.brief, job.character)
        except Problem:
            own = script.model_copy(update={"title": "", "hook": "", "beats": (), "closing": "", "caption": ""})
    told = job.character.disclosure
    ready = [*(said.text for said in _all(own)), *_cut(told.caption), *_cut(told.profile), *_cut(told.label)]
    return Known(_given(job.brief), frozenset(plain(text) for text in ready), job.brief.text or "")


def sources(script: Script, scenes: Sequence[Scene], ground: Known | None = None) -> Check:
    """A figure or a strong statement without a source blocks, and so does one that no longer says what its source
    says; any other statement that a person added is said to be unchecked.
    """
    ground = ground or Known()
    starts = {scene.id: scene.start for scene in scenes}
    unchecked: list[_Said] = []
    for said in _all(script):
        wrong, open_ = _judge(said, ground)
        if wrong:
            return failed("sources", "Sources", wrong, at=_at(said, starts), measured={"place": said.place})
        if open_:
            unchecked.append(said)
    if unchecked:
        first = unchecked[0]
        more = f" (and {len(unchecked) - 1} more)" if len(unchecked) > 1 else ""
        reason = f"Not checked: nobody has said where “{first.text[:80]}”{more} comes from."
        measured: Figures = {"place": first.place, "unchecked": len(unchecked)}
        return failed("sources", "Sources", reason, level="warn", score=0.5, at=_at(first, starts), measured=measured)
    count = sum(beat.source is not None for beat in script.beats)
    reason = f"{count} statements, each with its source." if count else "Nothing is claimed."
    return passed("sources", "Sources", reason, measured={"claims": count})


def _judge(said: _Said, ground: Known) -> tuple[str, bool]:
    """(why it blocks, or nothing; whether it is a statement that nobody has checked)"""
    bare = plain(said.text)
    if not bare or bare in ground.given:
        return "", False
    source = said.beat.source if said.beat else None
    if source is not None:
        quote = ground.text[source.offset : source.offset + source.length] or source.quote
        if _supported(said, quote):
            return "", False
        if bare not in ground.written and said.beat and not said.shown and said.text == _claim(said.beat):
            return _differs(said.text, quote), False
    if bare in ground.written:
        return "", False
    if figures(said.text) or (source is None and said.beat and not said.shown and said.beat.picture.figures):
        return (
            f"“{said.text[:80]}” has a figure and no source. Take the figure out, or give the text it comes from."
        ), False
    if said.text.rstrip(" \"'”’)").endswith("?"):
        return "", False
    if strong(said.text):
        return (
            f"“{said.text[:80]}” is claimed and has no source. Take it out, ask it as a question, or give the text "
            f"it comes from."
        ), False
    return "", len(bare.split()) >= _SHORT and not imperative(said.text)


def _supported(said: _Said, quote: str) -> bool:
    missing = strange(said.text, quote)
    return (
        missing <= 0.34
        and not figures(said.text) - figures(quote)
        and not strong(said.text) - strong(quote)
        and (said.shown or not turned(said.text, quote))
    )


def _differs(text: str, quote: str) -> str:
    odd = sorted(figures(text) - figures(quote))
    if odd and strange(text, quote) <= 0.34:
        return f"The figure {odd[0]} is not in the source of “{text[:80]}”. Correct it."
    return f"“{text[:80]}” says something else than its source. Use the source's words or remove the claim."


def _all(script: Script) -> Iterator[_Said]:
    """Every sentence in the order of the video, then those under it."""
    for place, text in (("title", script.title), ("hook", script.hook)):
        yield from (_Said(one, place) for one in _cut(text))
    for beat in script.beats:
        yield from (_Said(one, beat.id, beat) for one in _cut(beat.narration))
        yield from (_Said(one, beat.id, beat, shown=True) for one in _cut(beat.on_screen))
    for place, text in (("closing", script.closing), ("caption", script.caption)):
        yield from (_Said(one, place) for one in _cut(text))


def _cut(text: str) -> Iterable[str]:
    return [sentence.text for line in text.splitlines() for sentence in sentences(line)]


def _claim(beat: Beat) -> str:
    """The longest sentence of a beat is the one that its source is for."""
    return max(_cut(beat.narration), key=len, default="")


def _given(brief: Brief) -> frozenset[str]:
    if not brief.text or not brief.text.strip():
        return frozenset()
    found = sentences(clean_text(brief.text).text)
    words = subject(brief.topic).words if brief.topic.strip(" ?!.") else ()
    ready = claims(found, brief.text_name, words, brief.text)
    stated = (sentence.text for sentence in found if not sentence.text.endswith("?"))
    return frozenset(plain(text) for text in (*stated, *(claim.text for claim in ready)))


def _at(said: _Said, starts: dict[str, float]) -> float | None:
    scene = {"hook": "title", "closing": "end"}.get(said.place, said.place)
    return starts.get(scene)
