"""The token map: spoken words belong to written ones, in order, each exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.studio.make.voice.words import match, written_words

WORDS = st.lists(st.text(alphabet="abc$5'-—", min_size=1, max_size=6), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_ranges_are_monotone_and_cover_every_spoken_word(written: list[str], spoken: list[str]) -> None:
    spans = match(written, spoken)
    assert len(spans) == len(written)
    assert [n for first, last in spans for n in range(first, last)] == list(range(len(spoken)))


@pytest.mark.parametrize(
    ("written", "spoken", "spans"),
    [
        ("paid $3.2 billion for", "paid 3.2 billion dollars for", [(0, 1), (1, 3), (3, 4), (4, 5)]),
        ("at 7:30 pm.", "at seven thirty P.M.", [(0, 1), (1, 3), (3, 4)]),
        ("a cat 😀", "a cat", [(0, 1), (1, 2)]),
    ],
)
def test_what_is_written_keeps_its_spoken_words(written: str, spoken: str, spans: list[tuple[int, int]]) -> None:
    found = match(written_words(written), spoken.split())
    assert len(found) == len(spans)
    assert found[0] == spans[0]
    assert found[-1] == spans[-1]


def test_signs_that_stand_alone_go_with_a_word() -> None:
    assert written_words("— so it is — he said ! …") == ["— so", "it", "is —", "he", "said ! …"]
    assert written_words("") == []
