"""The command line's own rules: exit status, sentences instead of tracebacks, verbs that load only when called."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from greenroom.entrypoints.cli import main
from greenroom.kit.errors import Invalid, Problem, Unavailable


def verb(raised: BaseException | None = None, result: int | None = None) -> click.Command:
    @click.command()
    def command() -> int | None:
        if raised:
            raise raised
        return result

    return command


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch):
    """Put a verb named `try` into the table."""

    def put(command: click.Command) -> None:
        module = ModuleType("verb_to_try")
        module.command = command
        monkeypatch.setitem(sys.modules, "verb_to_try", module)
        monkeypatch.setitem(main.VERBS, "try", ("verb_to_try", "Try it."))

    return put


STATUS = [
    (None, None, 0, ""),
    (None, 3, 3, ""),
    (Invalid("Name a topic"), None, 2, "Name a topic"),
    (Unavailable("The database does not answer"), None, 70, "The database does not answer"),
    (Problem("A check blocks it", exit_code=4), None, 4, "A check blocks it"),
    (click.UsageError("no such option"), None, 2, "no such option"),
    (KeyboardInterrupt(), None, 130, "Stopped."),
    (ZeroDivisionError("by zero"), None, 70, "Internal error: ZeroDivisionError: by zero"),
]


@pytest.mark.parametrize(("raised", "result", "status", "sentence"), STATUS)
def test_how_a_verb_ends(install, capsys, raised, result, status, sentence) -> None:
    install(verb(raised, result))
    assert main.run(["try"]) == status
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_a_problem_that_carries_its_status_on_its_class_keeps_it() -> None:
    class Waits(Problem):
        exit_code = 3

    assert main.exit_code(Waits("Somebody has to approve it")) == 3


def test_the_traceback_is_there_for_those_who_ask(install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_DEBUG", "1")
    install(verb(ZeroDivisionError("by zero")))
    with pytest.raises(ZeroDivisionError):
        main.run(["try"])


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], []])
def test_wrong_use_is_2(arguments: list[str], capsys) -> None:
    assert main.run(arguments) == 2
    assert "greenroom" in capsys.readouterr().err


def test_the_help_names_every_verb_and_loads_none() -> None:
    code = (
        "import sys; from greenroom.entrypoints.cli import main; main.run(['--help']);"
        "loaded = [m for m in sys.modules if m.startswith('greenroom.entrypoints.cli.') and not m.endswith('.main')];"
        "assert not loaded, loaded; assert 'fastapi' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(f"  {name} " in done.stdout for name in [*main.VERBS, *main.CLONE_VERBS])


def test_every_verb_that_there_is_can_be_called() -> None:
    files = {file.stem for file in Path(main.__file__).parent.glob("*.py")} - {"__init__", "main"}
    assert files == {module.rpartition(".")[2] for module, _ in main.VERBS.values()}


@pytest.mark.parametrize("name", [*main.VERBS, *main.CLONE_VERBS])
def test_every_verb_explains_itself(name: str, capsys) -> None:
    assert main.run([name, "--help"]) == 0
    assert f"Usage: greenroom {name}" in capsys.readouterr().out
