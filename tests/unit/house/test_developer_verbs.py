"""What test, check and generate promise: steps with their times, failures that are seen, files that are renewed."""

import sys

import pytest

from greenroom.entrypoints.cli import main
from greenroom_dev import ROOT, generate, test
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


def test_a_generated_file_that_is_not_current_is_named_and_renewed(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    files = [Generated("docs/a.md", lambda: "new\n\n"), Generated("docs/b.md", lambda: "same")]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "b.md").write_text("same\n")
    assert stale(files, write=False) == ["docs/a.md"]
    assert stale(files, write=True) == ["docs/a.md"]
    assert (tmp_path / "docs" / "a.md").read_text() == "new\n"
    assert stale(files, write=False) == []


def test_every_lane_is_run_by_all() -> None:
    folders = {folder for run in test.LANES["all"] for folder in run.folders}
    here = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))}
    assert here <= folders


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """Runs `test LANE` on one small test file instead of the house's."""

    def run(source: str, *arguments: str) -> int:
        file = tmp_path / "test_small.py"
        file.write_text(source)
        options = ("-c", "/dev/null", f"--rootdir={tmp_path}", "-p", "no:cacheprovider")
        monkeypatch.setitem(test.LANES, "fast", (test.Run("small", (str(file),), options, side_by_side=False),))
        monkeypatch.setattr(test, "checks", lambda: iter([]))
        return main.run(["test", "fast", *arguments])

    return run


SMALL = [
    ("def test_one(): pass", (), 0),
    ("def test_one(): assert 0", (), 1),
    ("import nothing_of_that_name", (), 1),
    ("", (), 1),
    ("def test_one(): assert 0\ndef test_two(): pass", ("--", "-k", "two"), 0),
    ("def test_one(): pass", ("--", "-k", "nothing"), 0),
]


@pytest.mark.parametrize(("source", "arguments", "status"), SMALL)
def test_the_verb_ends_as_its_tests_do(lanes, capfd, source: str, arguments: tuple[str, ...], status: int) -> None:
    assert lanes(source, *arguments) == status
    said = capfd.readouterr().out
    assert ("All passed" if status == 0 else "Failed: small") in said
    assert " in 0." in said, "pytest's closing line is shown"
