"""What a person adds to a script needs a source wherever it stands; what the writer wrote passes as it is."""

import pytest

from greenroom.studio.contracts import Beat, Brief, CharacterSheet, MakeInput, Script, Shot
from greenroom.studio.make.checks import claims
from greenroom.studio.make.script.formats import FORMATS
from greenroom.studio.make.script.write import write

WHO = CharacterSheet(name="Mara", handle="mara")
TEXT = (
    "Bees sleep between five and eight hours a day. Older bees sleep at night and for longer. Studies show that a "
    "tired bee dances less clearly. Some bees sleep in flowers, holding each other's legs. However, a hive is never "
    "quite silent. In 2019 researchers counted 12,000 bees in one hive (a large one). Honey does not spoil in a jar."
)
ASKING = Brief(topic="Vaccines", seconds=20)
TELLING = Brief(topic="How bees sleep", text=TEXT, text_name="bees.md", seconds=30)


def judged(brief: Brief, script: Script | None) -> tuple[bool, str]:
    job = MakeInput(brief=brief, character=WHO, script=script)
    shown = script or write(brief, WHO)
    check = claims.sources(shown, (), claims.known(job, shown))
    return check.ok, check.level


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("hook", "Doctors say 93% of people die of this"),
        ("hook", "Ninety percent of doctors agree."),
        ("hook", "Did you know that 93% of people die of this?"),
        ("closing", "It cures 100% of cases"),
        ("closing", "Experts say so."),
        ("closing", "Half a million people tried it."),
        ("title", "Garlic prevents colds"),
        ("caption", "A look at it.\nIt always works!"),
    ],
)
def test_a_claim_that_a_person_adds_anywhere_blocks(field: str, text: str) -> None:
    script = write(ASKING, WHO)
    assert judged(ASKING, script.model_copy(update={field: text})) == (False, "block")


@pytest.mark.parametrize(
    "said",
    [
        "Vaccines cause autism in most children.",
        "Ask your doctor. Ninety percent of doctors agree.",
        "Two in three do.",
    ],
)
@pytest.mark.parametrize("shown", [False, True])
def test_every_sentence_of_a_beat_counts_spoken_or_shown(said: str, shown: bool) -> None:
    script = write(ASKING, WHO)
    added = Beat(
        id="mine",
        narration="What do you think?" if shown else said,
        on_screen=said if shown else "",
        picture=Shot(kind="pattern"),
    )
    assert judged(ASKING, script.model_copy(update={"beats": (*script.beats, added)})) == (False, "block")


def test_another_statement_is_said_to_be_unchecked() -> None:
    script = write(ASKING, WHO)
    edited = script.model_copy(update={"closing": "Bananas are grown in Iceland under glass."})
    check = claims.sources(edited, (), claims.known(MakeInput(brief=ASKING, character=WHO, script=edited), edited))
    assert (check.ok, check.level) == (False, "warn")
    assert check.reason.startswith("Not checked: nobody has said where")


@pytest.mark.parametrize(
    "text", ["What would you ask your doctor?", "Ask somebody who knows.", "Does garlic prevent colds?"]
)
def test_questions_and_requests_claim_nothing(text: str) -> None:
    script = write(ASKING, WHO)
    assert judged(ASKING, script.model_copy(update={"closing": text})) == (True, "block")


def test_a_sentence_of_the_given_text_may_be_said_anywhere() -> None:
    script = write(TELLING, WHO)
    for text in ("Bees sleep between five and eight hours a day.", "A hive is never quite silent."):
        assert judged(TELLING, script.model_copy(update={"closing": text})) == (True, "block")
    assert judged(TELLING, script.model_copy(update={"closing": "Bees sleep fifty hours a day."})) == (False, "block")


@pytest.mark.parametrize(
    "change",
    [("does not spoil", "spoils"), ("Honey", "Cake, meat, bread and milk"), ("jar.", "jar for 3000 years.")],
)
def test_a_sourced_beat_must_go_on_saying_what_its_source_says(change: tuple[str, str]) -> None:
    brief = TELLING.model_copy(update={"text": "Honey does not spoil in a jar."})
    script = write(brief, WHO)
    beat = next(beat for beat in script.beats if beat.source)
    other = beat.model_copy(update={"narration": beat.narration.replace(*change)})
    assert other != beat
    beats = tuple(other if one == beat else one for one in script.beats)
    assert judged(brief, script.model_copy(update={"beats": beats})) == (False, "block")
    long = beat.model_copy(
        update={"source": beat.source.model_copy(update={"quote": beat.source.quote + " word" * 100})}
        if beat.source
        else {}
    )
    assert judged(brief, script.model_copy(update={"beats": (long,)}))[0]


TOPICS = (
    "Compound interest", "Why do leaves change colour in autumn", "5G masts and bees", "Vaccines cause autism",
    "10 ways to save money", "top 5 facts about Mars", "how to never forget a name", "Is sugar a poison?",
    "93% of doctors agree", "half the world has no toilet", "The Hundred Years' War", "Coffee kills",
)  # fmt: skip


@pytest.mark.parametrize("format", [one.id for one in FORMATS])
@pytest.mark.parametrize("topic", TOPICS)
def test_what_the_writer_asks_passes(topic: str, format: str) -> None:
    brief = Brief(topic=topic, format=format, seconds=30)
    script = write(brief, WHO)
    assert judged(brief, None) == (True, "block")
    # Also when a person changed something else.
    assert judged(brief, script.model_copy(update={"hashtags": ("Mine",), "closing": "What now?"})) == (True, "block")


@pytest.mark.parametrize("format", [one.id for one in FORMATS])
def test_what_the_writer_quotes_passes(format: str) -> None:
    brief = TELLING.model_copy(update={"format": format})
    script = write(brief, WHO)
    assert judged(brief, None) == (True, "block")
    assert judged(brief, script.model_copy(update={"closing": "What now?"})) == (True, "block")
