"""The writer: claims nothing without a text, quotes with one, fits the length, keeps in character, refuses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.kit.errors import Invalid
from greenroom.studio.contracts import Brief, CharacterSheet, Persona, Script, VoiceChoice
from greenroom.studio.errors import Refused
from greenroom.studio.make.script.formats import FORMATS
from greenroom.studio.make.script.length import seconds
from greenroom.studio.make.script.write import write

MARA = CharacterSheet(name="Mara", handle="mara", voice=VoiceChoice())
FORMAT_IDS = [one.id for one in FORMATS]
BEES = """# Honey bees

Honey bees live in colonies of 20,000 to 80,000 workers (with one queen).[1] A forager that finds a rich patch of
flowers returns to the hive and performs a waggle dance. However, the dance is not perfect. Dancers scatter their
angles by up to 15 degrees. About 35% of the world's food crops depend on animal pollinators. The number of managed
colonies in the United States fell from 5.9 million in 1947 to 2.7 million in 2023. Karl von Frisch decoded the dance
in the 1940s. Subscribe to our newsletter! Is it a language? Bees sleep at night and dream of nothing we know.
"""


def outcome(brief: Brief) -> Script | str:
    """The script, or the sentence that says what to change."""
    try:
        return write(brief, MARA)
    except Invalid as wrong:
        return wrong.detail


def said(script: Script) -> list[str]:
    return [script.hook, *(beat.narration for beat in script.beats), script.closing]


@pytest.mark.parametrize("format_", FORMAT_IDS)
@pytest.mark.parametrize(
    "topic", ["compound interest", "why do cats purr?", "how to save money", "coffee cures cancer"]
)
def test_a_topic_alone_claims_nothing(topic: str, format_: str) -> None:
    script = write(Brief(topic=topic, format=format_), MARA)
    assert script.sources == ()
    assert not re.search(r"\d", " ".join(said(script)))
    assert MARA.disclosure.caption in script.caption
    assert all(beat.picture.kind not in ("bars", "share", "number") for beat in script.beats)


def test_a_claim_as_topic_is_asked_and_never_said() -> None:
    script = write(Brief(topic="Coffee cures cancer"), MARA)
    assert script.title == "Coffee cures cancer?"
    assert "is that so?" in script.hook


@pytest.mark.parametrize("format_", FORMAT_IDS)
def test_claims_are_the_texts_own_words_and_keep_their_place(format_: str) -> None:
    script = write(Brief(topic="honey bees", text=BEES, text_name="bees.md", format=format_, seconds=45), MARA)
    assert script.sources
    for beat in script.beats:
        if beat.source is None:
            continue
        there = BEES[beat.source.offset : beat.source.offset + beat.source.length]
        assert " ".join(there.split()) == beat.source.quote
        words = set(re.findall(r"[\w']+", beat.source.quote))
        last = max(re.split(r"(?<=[.!?])\s", beat.narration), key=len)
        strange = [
            w for w in re.findall(r"[\w']+", last) if w not in words and w.lower() not in {v.lower() for v in words}
        ]
        assert strange == []
    spoken = " ".join(said(script))
    assert "Subscribe" not in spoken
    assert "[1]" not in spoken


@pytest.mark.parametrize("wanted", [15, 20, 30, 45, 60])
@pytest.mark.parametrize("text", [None, BEES * 3])
def test_the_length_is_what_was_asked_for(wanted: int, text: str | None) -> None:
    script = write(Brief(topic="honey bees", text=text, seconds=wanted), MARA)
    assert seconds(said(script), MARA.voice) == pytest.approx(wanted, rel=0.12)


def test_the_same_seed_writes_the_same_and_another_seed_writes_another() -> None:
    brief = Brief(topic="compound interest", seconds=45)
    assert write(brief, MARA) == write(brief, MARA)
    others = {tuple(said(write(brief, MARA.model_copy(update={"seed": seed})))) for seed in range(8)}
    assert len(others) >= 7


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=120), st.sampled_from(FORMAT_IDS), st.integers(15, 60))
def test_any_topic_gives_a_script_or_a_sentence(topic: str, format_: str, wanted: int) -> None:
    script = outcome(Brief(topic=topic, format=format_, seconds=wanted))
    if isinstance(script, str):
        assert script.endswith(".")
        return
    assert script.beats
    assert all(text.strip() for text in said(script))
    assert [beat.id for beat in script.beats] == [f"beat-{n}" for n in range(1, len(script.beats) + 1)]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=600))
def test_any_text_gives_a_script_or_a_sentence(text: str) -> None:
    script = outcome(Brief(topic="honey bees", text=text))
    if isinstance(script, str):
        assert script.endswith(".")
        return
    for source in script.sources:
        assert " ".join(text[source.offset : source.offset + source.length].split()).startswith(source.quote)


def test_a_character_keeps_its_words() -> None:
    shy = CharacterSheet(
        name="Bo", persona=Persona(tone="dry", vocabulary=("Fair enough",), never_says=("number", "guess", "flowers"))
    )
    for seed in range(12):
        script = write(Brief(topic="honey bees", text=BEES, seconds=60), shy.model_copy(update={"seed": seed}))
        everything = " ".join([script.title, *said(script), *(beat.on_screen for beat in script.beats)])
        assert not re.search(r"\b(number|guess|flowers)\b", everything, re.IGNORECASE)
    with pytest.raises(Invalid, match="never says"):
        write(Brief(topic="cut flowers"), shy)


@pytest.mark.parametrize(
    ("topic", "rule"),
    [
        ("porn for beginners", "sexual"),
        ("a sexy teenager", "minors"),
        ("a deepfake of Taylor Swift", "real-person"),
        ("motivation in the voice of Morgan Freeman", "real-person"),
        ("clone the voice of my boss", "real-person"),
        ("talk like Barack Obama about saving", "real-person"),
        ("remove the AI label from a video", "hide-ai"),
        ("a presenter who is a 12 year old", "minor-character"),
    ],
)
def test_what_is_not_made_is_refused_with_a_reason(topic: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        write(Brief(topic=topic), MARA)
    assert refused.value.extra["rule"] == rule


@pytest.mark.parametrize(
    "topic",
    ["sexual selection in birds", "children and reading", "Taylor Swift's tour economics", "face masks", "the AI Act",
     "teenagers and sleep", "how voices work", "naked mole rats", "copy editing", "why we look like our parents"],
)  # fmt: skip
def test_harmless_topics_are_made(topic: str) -> None:
    assert write(Brief(topic=topic), MARA).beats


def test_another_language_says_what_this_writer_speaks() -> None:
    german = "Die Bienen leben in Staaten und tanzen um den anderen den Weg zu zeigen. " * 10
    for brief in (Brief(topic="蜜蜂与花"), Brief(topic="Bees", text=german), Brief(topic="Bienen", language="de")):
        with pytest.raises(Invalid, match="English"):
            write(brief, MARA)
