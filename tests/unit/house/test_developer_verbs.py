"""What test, check and generate promise: steps with their times, failures that are seen, files that are renewed."""

import re
import sys
from pathlib import Path

import pytest

from greenroom_dev import ROOT, test
from greenroom_dev.generate import Generated, stale
from greenroom_dev.steps import Step, run_all


def step(name: str, code: str) -> Step:
    return Step(name, [sys.executable, "-c", code])


def test_a_failed_step_fails_the_whole_and_shows_its_output(capsys) -> None:
    assert not run_all([step("good", "print('fine')"), step("bad", "import sys; sys.exit('why it failed')")])
    said = capsys.readouterr().out
    assert "why it failed" in said
    assert "fine" not in said
    assert [line.split()[:2] for line in said.splitlines() if " s" in line] in (
        [["ok", "good"], ["FAIL", "bad"]],
        [["FAIL", "bad"], ["ok", "good"]],
    )


def test_steps_that_end_well_pass(capsys) -> None:
    assert run_all([step("one", ""), step("two", "")])


def test_a_program_that_is_not_there_fails(capsys) -> None:
    assert not run_all([Step("gone", ["/nowhere/at-all"])])


def test_a_generated_file_that_is_not_current_is_named_and_renewed(tmp_path: Path) -> None:
    files = [Generated("docs/a.md", lambda: "new\n\n"), Generated("docs/b.md", lambda: "same")]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "b.md").write_text("same\n")
    assert stale(files, write=False, root=tmp_path) == ["docs/a.md"]
    assert stale(files, write=True, root=tmp_path) == ["docs/a.md"]
    assert (tmp_path / "docs" / "a.md").read_text() == "new\n"
    assert stale(files, write=False, root=tmp_path) == []


def test_every_lane_is_run_by_all() -> None:
    folders = {folder for run in test.LANES["all"] for folder in run.folders}
    here = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))}
    assert here <= folders


SMALL = [
    ("def test_one(): pass", (), []),
    ("def test_one(): assert 0", (), ["small"]),
    ("", (), ["small"]),
    ("def test_one(): pass", ("-k", "nothing"), []),
]


@pytest.mark.slow
@pytest.mark.parametrize(("source", "more", "failed"), SMALL)
def test_a_lane_fails_with_its_tests_and_when_it_has_none(
    tmp_path: Path, capfd, source: str, more: tuple[str, ...], failed: list[str]
) -> None:
    file = tmp_path / "test_small.py"
    file.write_text(source)
    alone = ("-c", "/dev/null", f"--rootdir={tmp_path}", "-p", "no:cacheprovider")
    assert test.run_lanes([test.Run("small", (str(file),), alone, spread="nothing")], more) == failed
    closing = capfd.readouterr().out.splitlines()[-1]
    assert re.search(r"(passed|failed|error|no tests ran|deselected).* in [\d.]+s", closing)
