"""Typed text: what cannot be seen goes, what was meant stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.kit.text import clean_line, clean_text, slug


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words ", "two words"),
        ("a\u202egnp.exe", "agnp.exe"),  # right-to-left override
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("lone \ud800 half", "lone half"),
        ("tag\U000e0041s", "tags"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        ("नमस्ते می‌خواهم", "नमस्ते می‌خواهم"),
        ("e\u0301", "é"),
        ("line\nbreak", "line break"),
        ("\u2028", ""),
    ],
)
def test_a_line(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_stacked_accents_are_cut_and_lines_are_kept() -> None:
    assert clean_text("z" + "\u0335" * 50) == "z" + "\u0335" * 4
    assert clean_text("one\r\ntwo\rthree") == "one\ntwo\nthree"


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_hidden(typed: str) -> None:
    once = clean_text(typed)
    assert clean_text(once) == once
    assert not {unicodedata.category(char) for char in once if char not in "\n\t"} & {"Cc", "Cs", "Co", "Cn"}
    once.encode()


@given(st.text(), st.integers(3, 40))
def test_a_slug_is_an_address(typed: str, longest: int) -> None:
    made = slug(typed, longest=longest, otherwise="x")
    assert 1 <= len(made) <= longest
    assert made.replace("-", "").isalnum()
    assert made.isascii()
    assert not made.startswith("-")
    assert not made.endswith("-")


def test_slugs_keep_what_ascii_can_say() -> None:
    assert slug("Nora Ledger!") == "nora-ledger"
    assert slug("Ådne Čech") == "adne-cech"
    assert slug("小春", otherwise="character") == "character"
