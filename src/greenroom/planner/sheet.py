"""A table of posts as CSV: reading it line by line, and the template. Pure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.kit.errors import Invalid
from greenroom.kit.text import clean_text

COLUMNS = ("content", "account", "date", "time", "zone", "caption", "hashtags")
NEEDED = ("content", "account", "date", "time")
MOST = 1000
"""Lines of one table."""

TEMPLATE = (
    "content,account,date,time,zone,caption,hashtags\r\n"
    'Why bread rises,mara-lindqvist,2026-12-01,09:00,Europe/Berlin,"Yeast, warmth and patience.",bread baking\r\n'
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it begins in the file, and its cells by column; what is not there is empty."""

    number: int
    cells: dict[str, str]


def read_table(data: bytes) -> list[Line]:
    """The lines of a CSV file in UTF-8, apart by commas or semicolons. Invalid with what is wrong and where."""
    text = _text(data)
    if not text.strip():
        raise _wrong("The file is empty; begin with the template")
    rows = _rows(text)
    _, header = next(rows)
    columns = _header(header)
    found: list[Line] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(found) == MOST:
            raise _wrong(f"The file has more than {MOST} lines; send it in parts")
        if len(row) > len(columns):
            raise _wrong(f"Line {number} has {len(row)} cells for {len(columns)} columns; put quotes around commas")
        cells = dict(zip(columns, (_cell(cell) for cell in row), strict=False))
        found.append(Line(number, {name: cells.get(name, "") for name in COLUMNS}))
    if not found:
        raise _wrong("The file has a header and no lines")
    return found


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(cell: str) -> str:
    """As it was meant: an apostrophe that guards against formulas goes, and so does what can't be seen."""
    cell = clean_text(cell)
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong("The file is in UTF-16; save it as CSV UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _wrong(f"Line {line} is not UTF-8; save the file as CSV UTF-8") from error
    if "\0" in text:
        raise _wrong("The file has a zero byte in it, so it is no CSV; save it again as CSV UTF-8")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on."""
    first = text.lstrip("\r\n").partition("\n")[0]
    apart = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=apart, strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _wrong(f"Line {begins} is no CSV ({error}); look at its quotes") from error


def _header(row: list[str]) -> list[str]:
    names = [clean_text(cell).lower() for cell in row]
    if unknown := [name for name in names if name not in COLUMNS]:
        raise _wrong(f"The column {unknown[0][:40]!r} is not known; the columns are {', '.join(COLUMNS)}")
    if missing := [name for name in NEEDED if name not in names]:
        raise _wrong(f"The column {missing[0]!r} is missing; the first line names the columns {', '.join(COLUMNS)}")
    if len(set(names)) < len(names):
        raise _wrong("A column stands there twice; the first line names each once")
    return names


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"file": sentence})
