"""What a character may not be, and what may be said about it all the same."""

import pytest

from greenroom.cast.rules.refusals import MINOR, PERSON, SEXUAL, refusal, refusals
from greenroom.cast.templates import templates


@pytest.mark.parametrize(
    "text",
    [
        "She is 16 and loves dancing",
        "I'm fifteen, and I make videos",
        "A 17-year-old gamer",
        "a seventeen year old with a skateboard",
        "17yo streamer",
        "aged 14",
        "Age: 12",
        "He is a teenager from Leeds",
        "A cheerful schoolgirl who explains maths",
        "teen idol",
        "child presenter",
        "looks like a little girl",
        "underage",
        "a barely legal student",
        "Loli",
    ],
)
def test_a_minor_is_refused(text: str) -> None:
    assert refusal(text) == MINOR


@pytest.mark.parametrize(
    "text", ["NSFW content", "erotic stories", "she is sexy", "poses nude", "an adult film star", "sexual content"]
)
def test_sexual_content_is_refused(text: str) -> None:
    assert refusal(text) == SEXUAL


@pytest.mark.parametrize(
    "text",
    [
        "Looks like Taylor Swift",
        "sounds exactly like Morgan Freeman",
        "The voice of David Attenborough",
        "a deepfake of my boss",
        "impersonates the mayor",
        "celebrity lookalike",
        "a clone of the singer Ariana Grande",
    ],
)
def test_a_real_person_is_refused(text: str) -> None:
    assert refusal(text) == PERSON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She has 12 years of experience in banking",
        "Helps parents of teenagers talk about money",
        "Explains science to children aged 8 to 12 and their teachers",
        "She is 34 and lives by the sea",
        "I am 18",
        "He is 10 minutes early, always",
        "A child psychologist in her fifties",
        "Teaches kids to read",
        "Talks about sexual health without blushing",
        "Minor chords and major chords",
        "Looks like a lighthouse keeper",
        "sounds like Sunday morning",
        "A 50-year-old carpenter",
        "Speaks to adults of 18 and over",
        "Naming things; one thing at a time",
    ],
)
def test_plain_descriptions_pass(text: str) -> None:
    assert refusal(text) is None


@pytest.mark.parametrize("name", ["Taylor Swift", "taylor  swift", "Beyoncé", "ELON MUSK"])
def test_a_name_that_nobody_invents_is_refused_at_the_name(name: str) -> None:
    assert refusals({}, name=name) == {"name": PERSON}


def test_every_field_gets_its_own_reason() -> None:
    found = refusals(
        {"profile.biography": "A 15-year-old", "persona.tone": "sexy", "persona.traits": "calm"}, name="Nora"
    )
    assert found == {"profile.biography": MINOR, "persona.tone": SEXUAL}


def test_the_templates_ask_for_nothing_of_it() -> None:
    for one in templates():
        fields = {"biography": one.profile.biography, "examples": "\n".join(one.persona.examples)}
        assert refusals(fields, name=one.name) == {}
