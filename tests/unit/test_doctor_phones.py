"""What `greenroom doctor` says of the phone lab where nothing runs."""

from pathlib import Path

import pytest

from greenroom.agent import tools
from greenroom.entrypoints.doctor.finding import Finding
from greenroom.entrypoints.doctor.phones import check_adb, check_agent, check_phones
from greenroom.infra.settings import Settings

AGENT = '{"server": "http://127.0.0.1:1", "agent": "0192aaaa-0000-7000-8000-000000000000", "key": "%s"}' % ("ab" * 32)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, phones=2)


def by_name(*findings: Finding) -> dict[str, Finding]:
    return {one.name: one for one in findings}


def test_adb_and_scrcpy_are_found_and_told(settings: Settings) -> None:
    found = by_name(*check_adb(settings))
    assert found["adb"].state == "ok"
    assert str(tools.adb_program()) in found["adb"].message


def test_without_adb_it_is_said_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "FETCHED", tmp_path)
    monkeypatch.setattr(tools, "ADB", ("no_such_package", "adb"))
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = check_adb(settings)
    assert (found.state, "apt-get install adb" in found.mend) == ("warn", True)


def test_an_adb_that_does_not_run_here_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "adb").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "adb").chmod(0o755)
    monkeypatch.setattr(tools, "FETCHED", tmp_path)
    monkeypatch.setattr(tools, "ADB", ("no_such_package", "adb"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tools.adb_program() is None


def test_another_file_than_scrcpys_server_is_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "FETCHED", tmp_path)
    file = tmp_path.joinpath(*tools.SCRCPY)
    file.parent.mkdir(parents=True)
    file.write_text("something else")
    found = by_name(*check_adb(settings))
    assert (found["scrcpy"].state, "differs" in found["scrcpy"].message) == ("broken", True)


def test_an_agent_whose_server_does_not_answer(settings: Settings) -> None:
    assert list(check_agent(settings)) == []
    file = settings.home / "agent" / "agent.json"
    file.parent.mkdir()
    file.write_text(AGENT)
    file.chmod(0o600)
    (found,) = check_agent(settings)
    assert (found.state, "http://127.0.0.1:1, which does not answer" in found.message) == ("warn", True)
    file.chmod(0o644)
    (found,) = check_agent(settings)
    assert (found.state, "chmod 600" in found.message) == ("broken", True)


def test_where_nothing_runs_it_is_said_what_would(settings: Settings) -> None:
    (found,) = check_phones(settings)
    assert (found.state, found.message) == ("ok", "`greenroom up` runs 2 virtual ones")
