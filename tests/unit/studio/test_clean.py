"""What people paste becomes plain words at their places, or a sentence that says what to change."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from greenroom.kit.errors import Invalid
from greenroom.studio.errors import Unwritable
from greenroom.studio.make.script.clean import clean_text, clean_topic
from greenroom.studio.make.script.sentences import sentences


@given(st.text(max_size=400))
@example("<b>a</b> &amp; [x](http://y) **z** ```\ncode\n```")
@example("a &nbsp; &#8238; &bogus; &#x110000;")
def test_cleaning_keeps_every_character_at_its_place(text: str) -> None:
    cleaned = clean_text(text).text
    assert len(cleaned) == len(text)
    assert all(a == b for a, b in zip(text, cleaned, strict=True) if b.isalnum() and a.isalnum())


@given(st.text(max_size=200))
def test_a_topic_is_one_clean_line_or_a_sentence_to_act_on(topic: str) -> None:
    said = outcome(topic)
    assert said.strip()
    assert not any(c in said for c in "\n\r\x00\u202e\u200b")


def outcome(topic: str) -> str:
    """The clean topic, or the sentence that says what to change."""
    try:
        return clean_topic(topic)
    except Invalid as wrong:
        return wrong.detail if wrong.detail.endswith(".") else ""


@pytest.mark.parametrize(
    ("topic", "bare"),
    [
        ("  Bees\u202e and \u200bflowers\x00 ", "Bees and flowers"),
        ("<img src=x onerror=alert(1)>Bees</img>", "Bees"),
        ("**Bees** & _flowers_", "Bees & flowers"),
        ("WHY IS THE SKY BLUE", "why is the sky blue"),
        ("Why do cats purr?", "Why do cats purr?"),
    ],
)
def test_topics(topic: str, bare: str) -> None:
    assert clean_topic(topic) == bare


@pytest.mark.parametrize("topic", ["", " ", "🎉🎉", "?!…", "42", "https://example.org"])
def test_a_topic_without_words_says_so(topic: str) -> None:
    with pytest.raises(Unwritable, match="Write in a few words"):
        clean_topic(topic)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<script>", "<!--", "```\n", "[a", "<a", "a@", "*", "&a", "(", "e.g. ", "\n\n", "word "]
)
def test_a_megabyte_of_anything_takes_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    sentences(clean_text(text).text)
    assert time.process_time() - began < 10  # seconds for a job of one; a quadratic rule takes minutes


def test_scripts_comments_and_addresses_are_left_out() -> None:
    cleaned = clean_text("Bees fly. <script>steal()</script><!-- no --> See https://x.org or a@b.org now.")
    assert " ".join(cleaned.text.split()) == "Bees fly. See or now."
    assert cleaned.notes == ("scripts and styles", "comments", "addresses")


@given(st.text(alphabet="ab .!?\n-", max_size=300))
def test_sentences_point_at_themselves(text: str) -> None:
    found = sentences(text)
    for sentence in found:
        assert " ".join(text[sentence.offset : sentence.offset + sentence.length].split()) == sentence.text
    assert [s.offset for s in found] == sorted(s.offset for s in found)


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Dr. Lee met Mr. Ray at 5 p.m. on Jan. 3. They spoke, e.g. about bees. U.S. bees, that is."
    assert len(sentences(text)) == 3
