"""What a benchmark gives back, and how it is printed and kept.

A module benchmarks/NAME.py has `run(options: Options) -> Table`. Rows are ours, each peer and the floor; a row holds
the samples of all rounds, and their medians are what is shown and compared.
"""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

Role = Literal["ours", "peer", "floor"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for."""

    rounds: int  # interleaved rounds; a benchmark may do fewer where one takes minutes, and says so in its notes
    scratch: Path  # an empty folder that is deleted afterwards
    quick: bool = False  # a small version of the work, to see whether the benchmark runs at all


@dataclass(frozen=True, slots=True)
class Measure:
    """One column. The first measure of a table is the one that ratios are made of."""

    id: str
    label: str
    unit: str
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    role: Role
    samples: Mapping[str, Sequence[float]]  # measure id -> one value a round
    note: str = ""

    def median(self, measure: str) -> float | None:
        values = self.samples.get(measure)
        return statistics.median(values) if values else None


@dataclass(frozen=True, slots=True)
class Target:
    """A promise of this benchmark, and whether this run keeps it."""

    text: str
    measured: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    work: str  # the same for all rows, in a line or two
    measures: Sequence[Measure]
    rows: Sequence[Row]
    targets: Sequence[Target] = ()
    notes: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def ratio(self, row: Row, to: Role, measure: str | None = None) -> float | None:
        """A row's median over that of ours or of the floor; None when one of the two is not there."""
        which = measure or self.measures[0].id
        base = next((other for other in self.rows if other.role == to), None)
        value, other = row.median(which), base.median(which) if base else None
        return value / other if value is not None and other else None


def printed(table: Table) -> str:
    """The table as text for a terminal."""
    head = ["", *(f"{m.label} [{m.unit}]" for m in table.measures), "÷ ours", "÷ floor", ""]
    lines = [head, *(cells(table, row) for row in table.rows)]
    blank = [column for column in range(len(head)) if not any(line[column] for line in lines[1:])]
    lines = [[cell for column, cell in enumerate(line) if column not in blank] for line in lines]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    body = ["  ".join(aligned(line, widths)).rstrip() for line in lines]
    kept = [f"{'reached' if t.reached else 'MISSED '}  {t.text}: {t.measured}" for t in table.targets]
    notes = [f"note: {note}" for note in table.notes]
    return "\n".join([table.name, table.work, "", *body, "", *kept, *notes]).rstrip() + "\n"


def cells(table: Table, row: Row) -> list[str]:
    values = [number(row.median(m.id), m.digits) for m in table.measures]
    alone = sum(one.role == "ours" for one in table.rows) > 1
    ratios = ["", ""] if alone else [number(table.ratio(row, "ours"), 2), number(table.ratio(row, "floor"), 2)]
    return [row.name if row.role != "floor" else f"{row.name} (floor)", *values, *ratios, row.note]


def number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def aligned(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *rest = (
        cell.ljust(width) if at == 0 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return [first, *rest]


def save(table: Table, folder: Path, machine: Mapping[str, object]) -> Path:
    """Keep the samples, the versions and the machine as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{table.name}.json"
    content = {**asdict(table), "machine": dict(machine)}
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return file
