"""Handles, disclosure, colours, templates: decisions on a character without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.cast.contracts import Disclosure, Palette
from greenroom.cast.rules.colours import READABLE, contrast, unreadable
from greenroom.cast.rules.disclosure import says_so, undisclosed
from greenroom.cast.rules.handles import LONGEST, handle_from
from greenroom.cast.templates import named, template, templates
from greenroom.kit.errors import Invalid


def test_handles_count_up_from_the_second() -> None:
    assert handle_from("Nora Ledger", ()) == "nora-ledger"
    assert handle_from("Nora Ledger", {"nora-ledger"}) == "nora-ledger-2"
    assert handle_from("Nora Ledger", {"nora-ledger", "nora-ledger-2"}) == "nora-ledger-3"
    assert handle_from("小春", ()) == "character"


@given(st.text(max_size=100), st.integers(0, 12))
def test_a_handle_is_new_and_short(name: str, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others):
        taken.add(handle_from(name, taken))
    assert len(taken) == others
    assert all(len(handle) <= LONGEST for handle in taken)


@pytest.mark.parametrize(
    "text",
    [
        "Made with AI.",
        "AI-generated",
        "Virtual presenter",
        "Mit KI gemacht",
        "Hecho con IA",
        "本视频由人工智能生成",
        "I don't exist; my videos are written and spoken with AI.",
    ],
)
def test_these_say_it_openly(text: str) -> None:
    assert says_so(text)


@pytest.mark.parametrize(
    "text",
    [
        "I love cooking",
        "Nora",
        "...",
        "Maid with love",
        "Not AI",
        "This isn’t AI at all",
        "I am a real human, not an AI",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not says_so(text)


def test_each_statement_of_the_disclosure_is_judged() -> None:
    assert undisclosed(Disclosure()) == {}
    hidden = Disclosure(profile="A cook from Lyon", caption="Enjoy!", label="AI-generated")
    assert set(undisclosed(hidden)) == {"disclosure.profile", "disclosure.caption"}


@pytest.mark.parametrize("short", ["AI", "A.I.", "It's AI", "Virtual", "AI!!!!!!!!!!", "人工"])
def test_a_word_is_no_statement_except_on_the_picture(short: str) -> None:
    wrong = undisclosed(Disclosure(profile=short, caption=short, label=short))
    assert set(wrong) == {"disclosure.profile", "disclosure.caption"}


@pytest.mark.parametrize("said", ["Made with AI.", "Mit KI gemacht", "本视频由人工智能生成", "由人工智能生成"])
def test_a_short_sentence_is_a_statement(said: str) -> None:
    assert undisclosed(Disclosure(profile=said, caption=said)) == {}


@pytest.mark.parametrize("field", ["profile", "caption", "label"])
@pytest.mark.parametrize("empty", ["", "   ", "\u200b\u202e"])
def test_the_disclosure_cannot_be_emptied(field: str, empty: str) -> None:
    with pytest.raises(ValueError, match="can be seen"):
        Disclosure(**{field: empty})


def test_contrast_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    assert unreadable(Palette(paper="#ffffff", ink="#777777"))
    assert not unreadable(Palette())


def test_the_templates_are_good_characters() -> None:
    assert len(templates()) >= 4
    for one in templates():
        assert undisclosed(one.disclosure) == {}, one.id
        assert contrast(one.palette.paper, one.palette.ink) >= READABLE, one.id
        assert "{" not in one.model_dump_json().replace('{"', "").replace('":{', ""), one.id
        assert one.persona.never_says, one.id
        assert one.persona.examples, one.id


def test_a_template_takes_another_name() -> None:
    base = template("ledger")
    assert base is not None
    renamed = named(base, "Ida Brook")
    assert "Ida" in renamed.profile.biography
    assert "Nora" not in renamed.model_dump_json()
    assert template(None) is None
    assert template("blank") is None
    with pytest.raises(Invalid, match="ledger"):
        template("nobody")
