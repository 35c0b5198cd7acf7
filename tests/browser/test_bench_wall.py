"""The benchmark of the wall runs: pictures of both kinds are drawn by the engine, and their ages make sense."""

from pathlib import Path

import pytest

from benchmarks import wall
from benchmarks.table import Options

pytestmark = pytest.mark.slow  # a browser of its own, and four shows in it


def test_pictures_of_both_kinds_are_drawn_and_aged(tmp_path: Path) -> None:
    table = wall.run(Options(rounds=1, scratch=tmp_path, quick=True))
    assert [row.role for row in table.rows] == ["ours", "peer"] * 2
    for row in table.rows:
        found = {measure.id: row.median(measure.id) or 0.0 for measure in table.measures}
        assert 0 < found["share"] < 150
        assert 0 < found["p50"] <= found["p95"]
        assert found["kb"] > 0.1
