"""The benchmark of taps runs: every contender's taps come to the phones, and their pictures to the wall."""

from pathlib import Path

import pytest

from benchmarks import tap
from benchmarks.table import Options

pytestmark = pytest.mark.slow  # a server with its database, an agent, adb, and three peers


def test_every_contender_is_measured(tmp_path: Path) -> None:
    table = tap.run(Options(rounds=1, scratch=tmp_path, quick=True))
    assert [row.role for row in table.rows] == ["ours", "peer", "peer", "peer", "floor"]
    ours = table.rows[0]
    assert all(measure.id in ours.samples for measure in table.measures)
    assert sum(ours.samples["lost"]) == 0
    assert all(row.samples["tap_p50"][0] > 0 for row in table.rows)
    floor = table.rows[-1].median("tap_p50")
    assert floor is not None
    assert all((row.median("tap_p50") or 0) > floor for row in table.rows[1:-1])
