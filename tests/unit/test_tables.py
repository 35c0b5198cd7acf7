"""Tables on a terminal: what fits, what is cut, and text that would move the cursor or turn the line around."""

import pytest

from greenroom.entrypoints.client.tables import Column, cut, isolated, safe, table, wide

COLUMNS = (Column("id", lambda row: row["id"]), Column("name", lambda row: row["name"], loose=True))


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("🐙", 2), ("", 0)])
def test_cells_are_counted_as_a_terminal_does(text: str, cells: int) -> None:
    assert wide(text) == cells


@pytest.mark.parametrize(("text", "width", "shown"), [("abcdef", 4, "abc…"), ("日本語", 4, "日…"), ("abc", 3, "abc")])
def test_what_is_too_long_is_cut_at_a_whole_character(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
    assert wide(shown) <= width


def test_only_loose_columns_give_way() -> None:
    lines = table([["0123456789", "a long name that does not fit"]], COLUMNS, 24)
    assert lines[1].startswith("0123456789  a long")
    assert all(wide(line) <= 24 for line in lines)


def test_columns_stay_aligned_under_wide_text() -> None:
    last = Column("x", lambda row: "")
    lines = table([["日本", "one", "|"], ["ab", "two", "|"]], (*COLUMNS, last), None)
    assert {wide(line[: line.index("|")]) for line in lines[1:]} == {wide(lines[0][: lines[0].index("X")])}


def test_nothing_moves_the_cursor_or_turns_the_line() -> None:
    assert safe("\x1b[2Ja\x07\u202eb\nc\u009b1m") == "[2Jab c1m"
    assert isolated("مارا") == "\u2068مارا\u2069"
    assert isolated("Mara") == "Mara"
