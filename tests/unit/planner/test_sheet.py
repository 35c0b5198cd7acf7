"""Tables of posts as people's spreadsheets write them: what is read, and what is refused with what to change."""

import csv
import io

import pytest

from greenroom.kit.errors import Invalid
from greenroom.planner.sheet import COLUMNS, MOST, TEMPLATE, read_table

HEAD = "content,account,date,time,zone,caption,hashtags\r\n"
ROW = "Bread,mara,2026-12-01,09:00,,,\r\n"


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        pytest.param((HEAD + ROW).encode(), {"content": "Bread", "time": "09:00"}, id="plain"),
        pytest.param((HEAD + ROW).encode("utf-8-sig"), {"content": "Bread"}, id="byte order mark"),
        pytest.param((HEAD + ROW).replace(",", ";").encode(), {"content": "Bread", "zone": ""}, id="semicolons"),
        pytest.param((HEAD + ROW).replace("\r\n", "\n").encode(), {"account": "mara"}, id="line feeds"),
        pytest.param(f"\r\n{HEAD}\r\n{ROW}\r\n,,,,,,\r\n".encode(), {"account": "mara"}, id="empty lines"),
        pytest.param(b"Time,DATE,account,Content\r\n09:00,2026-12-01,mara,Bread\r\n", {"content": "Bread"}, id="order"),
        pytest.param((HEAD + "Bread,mara,2026-12-01,09:00\r\n").encode(), {"caption": ""}, id="short line"),
        pytest.param(
            (HEAD + '"Bread, and ""butter""",mara,2026-12-01,09:00,,"Two\r\nlines",\r\n').encode(),
            {"content": 'Bread, and "butter"', "caption": "Two\nlines"},
            id="quotes",
        ),
        pytest.param(
            (HEAD + "\u202eBread\u200b,mara,2026-12-01,09:00,,,\r\n").encode(), {"content": "Bread"}, id="hidden marks"
        ),
        pytest.param((HEAD + "'=1+1,mara,2026-12-01,09:00,,'-5,\r\n").encode(), {"content": "=1+1"}, id="guarded"),
        pytest.param((HEAD + "=cmd()|'x',mara,2026-12-01,09:00,,,\r\n").encode(), {"content": "=cmd()|'x'"}, id="dde"),
        pytest.param((HEAD + "パン,麻良,2026-12-01,09:00,,🍞,\r\n").encode(), {"caption": "🍞"}, id="other scripts"),
    ],
)
def test_what_is_read(data: bytes, cells: dict[str, str]) -> None:
    (line,) = read_table(data)
    assert line.cells.keys() == set(COLUMNS)
    assert {name: line.cells[name] for name in cells} == cells


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"  \r\n ", "is empty", id="blank"),
        pytest.param(HEAD.encode(), "a header and no lines", id="header only"),
        pytest.param(ROW.encode(), "'bread' is not known; the columns are content, account", id="no header"),
        pytest.param(b"content,account,date\r\na,b,c\r\n", "'time' is missing", id="column missing"),
        pytest.param(b"content,account,date,time,time\r\na,b,c,d,e\r\n", "twice", id="column twice"),
        pytest.param((HEAD + ROW).encode("utf-16"), "UTF-16; save it as CSV UTF-8", id="utf-16"),
        pytest.param((HEAD + ROW + "Käse,m,,,,,\r\n").encode("latin-1"), "Line 3 is not UTF-8", id="latin-1"),
        pytest.param((HEAD + "a\0b,mara,,,,,\r\n").encode(), "zero byte", id="zero byte"),
        pytest.param((HEAD + '"Bread,mara\r\n').encode(), "Line 2 is no CSV", id="quote left open"),
        pytest.param((HEAD + "Bread, butter,mara,2026-12-01,09:00,,,\r\n").encode(), "Line 2 has 8 cells", id="comma"),
        pytest.param((HEAD + ROW * (MOST + 1)).encode(), f"more than {MOST} lines", id="too long"),
        pytest.param(b"PK\x03\x04" + b"\xd0" * 40, "not UTF-8", id="a spreadsheet itself"),
    ],
)
def test_what_is_refused_says_what_to_change(data: bytes, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(data)
    assert told in refused.value.detail


def test_a_line_is_known_by_where_it_begins() -> None:
    table = HEAD + 'Bread,mara,,,,"Two\r\nlines",\r\n\r\n' + ROW
    assert [line.number for line in read_table(table.encode())] == [2, 5]


def test_the_template_is_a_table() -> None:
    (line,) = read_table(TEMPLATE.encode())
    assert line.cells["date"] == "2026-12-01"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(TEMPLATE)) for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_was_guarded_against_formulas_comes_back_as_it_was(cell: str) -> None:
    (line,) = read_table((HEAD + f"'{cell},mara,2026-12-01,09:00,,'t is so,\r\n").encode())
    assert (line.cells["content"], line.cells["caption"]) == (cell, "'t is so")
