"""Records on a terminal: aligned columns, or JSON lines. Nothing that a record says can move the cursor."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from greenroom.kit.text import clean_line

GAP = 2
LEAST = 8
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class Column:
    """A title and how a record's cell reads. A `loose` column gives way when the terminal is narrow."""

    title: str
    cell: Callable[[dict[str, Any]], object]
    loose: bool = False


def show(records: Iterable[dict[str, Any]], columns: Sequence[Column], *, as_json: bool, none: str) -> None:
    """Print the records, as the API gave them or as a table; `none` is said when there is none."""
    if as_json:
        for record in records:
            show_json(record)
        return
    rows = [[safe(column.cell(record)) for column in columns] for record in records]
    if not rows:
        click.echo(none, err=True)
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in table(rows, columns, width):
        click.echo(line)


def show_one(record: dict[str, Any], lines: Sequence[tuple[str, object]], *, as_json: bool) -> None:
    """Print one record: as JSON, or a line for each thing that it says."""
    if as_json:
        show_json(record)
        return
    said = [(label, safe(value)) for label, value in lines if value not in (None, "", [], ())]
    widest = max((wide(label) for label, _ in said), default=0)
    for label, value in said:
        click.echo(f"{label.ljust(widest)}  {isolated(value)}")


def show_json(record: dict[str, Any]) -> None:
    """Exactly the API's object, in one line. ASCII only, so that no terminal reads a command in it."""
    click.echo(json.dumps(record, separators=(",", ":")))


def table(rows: Sequence[Sequence[str]], columns: Sequence[Column], width: int | None) -> list[str]:
    """Header and rows as lines; loose columns are cut until a line fits into `width`."""
    head = [column.title.upper() for column in columns]
    widths = [max(wide(line[at]) for line in (head, *rows)) for at in range(len(columns))]
    if width is not None:
        narrow(widths, [column.loose for column in columns], width)
    return [aligned(line, widths) for line in (head, *rows)]


def narrow(widths: list[int], loose: Sequence[bool], width: int) -> None:
    """Take from the widest loose column, a cell at a time, until the line fits or nothing is left to take."""
    while sum(widths) + GAP * (len(widths) - 1) > width:
        at = max((at for at, gives in enumerate(loose) if gives), key=lambda at: widths[at], default=None)
        if at is None or widths[at] <= LEAST:
            return
        widths[at] -= 1


def aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cut(cell, width) for cell, width in zip(line, widths, strict=True)]
    padded = [isolated(cell) + " " * (width - wide(cell)) for cell, width in zip(cells, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()


def safe(value: object) -> str:
    """One line without control characters, escapes or marks that reorder text."""
    return "" if value is None else clean_line(str(value))


def isolated(text: str) -> str:
    """Text written from right to left, kept from reordering the cells beside it (UAX 9, isolates)."""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return f"{_ISOLATE}{text}{_END}"
    return text


def cut(text: str, width: int) -> str:
    """At most `width` cells of it, with an ellipsis for what is left out."""
    if wide(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _cells(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def wide(text: str) -> int:
    """Cells of a terminal that the text takes."""
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
