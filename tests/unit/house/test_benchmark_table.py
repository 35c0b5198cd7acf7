"""Tables of benchmarks: medians, ratios, what is printed and what is kept."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.measure import interleave, used
from benchmarks.table import Measure, Row, Table, Target, printed, save

TABLE = Table(
    name="render",
    work="30 s of video",
    measures=(Measure("cpu", "CPU", "s"), Measure("memory", "peak", "MB", 0)),
    rows=(
        Row("ours", "ours", {"cpu": [12.0, 10.0, 11.0], "memory": [300.0]}),
        Row("moviepy", "peer", {"cpu": [55.0], "memory": [900.0]}, note="1 round"),
        Row("x264 alone", "floor", {"cpu": [10.0]}),
    ),
    targets=(Target("≤ 1.4 × floor", "1.10", True), Target("≤ 1 MB", "300 MB", False)),
    notes=("one machine",),
    versions={"av": "18.1.0"},
)


@pytest.mark.parametrize(
    ("row", "to", "ratio"), [(0, "ours", 1.0), (1, "ours", 5.0), (1, "floor", 5.5), (2, "floor", 1.0)]
)
def test_ratios_are_of_medians(row: int, to, ratio: float) -> None:
    assert TABLE.ratio(TABLE.rows[row], to) == pytest.approx(ratio)


def test_a_ratio_to_what_is_not_there_is_none() -> None:
    assert TABLE.ratio(TABLE.rows[0], "floor", "memory") is None


def test_the_printed_table_has_all_of_it() -> None:
    lines = printed(TABLE).splitlines()
    assert lines[0] == "render"
    assert [line.split() for line in lines[4:7]] == [
        ["ours", "11.0", "300", "1.00", "1.10"],
        ["moviepy", "55.0", "900", "5.00", "5.50", "1", "round"],
        ["x264", "alone", "(floor)", "10.0", "0.91", "1.00"],
    ]
    assert "reached  ≤ 1.4 × floor: 1.10" in lines
    assert "MISSED   ≤ 1 MB: 300 MB" in lines
    assert lines[-1] == "note: one machine"


def test_what_is_kept_has_samples_versions_and_machine(tmp_path: Path) -> None:
    kept = json.loads(save(TABLE, tmp_path / "results", {"cores": 2}).read_text())
    assert kept["rows"][0]["samples"]["cpu"] == [12.0, 10.0, 11.0]
    assert (kept["versions"], kept["machine"]) == ({"av": "18.1.0"}, {"cores": 2})


def test_rounds_are_interleaved() -> None:
    order = []
    work = {name: lambda name=name: order.append(name) or {"n": float(len(order))} for name in ("a", "b")}
    assert interleave(work, rounds=2) == {"a": {"n": [1.0, 3.0]}, "b": {"n": [2.0, 4.0]}}
    assert order == ["a", "b", "a", "b"]


def test_a_program_is_measured_with_its_children(tmp_path: Path) -> None:
    burn = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10_000_000))'])"
    usage = used([sys.executable, "-c", burn], folder=tmp_path)
    assert 0.01 < usage.cpu_seconds <= usage.seconds * 4
    assert usage.peak_mb > 5
