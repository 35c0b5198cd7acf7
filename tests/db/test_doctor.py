"""`greenroom doctor`: what it says of a sound machine, and of things that are wrong."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from greenroom.entrypoints.cli.doctor import command, examine
from greenroom.entrypoints.doctor.finding import Finding
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.settings import Settings


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GREENROOM_{name.upper()}", raising=False)
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path))
    return tmp_path


def findings() -> dict[str, Finding]:
    return {finding.name: finding for finding in examine()}


def test_nothing_is_broken_where_the_tests_run(home: Path) -> None:
    found = findings()
    assert [f for f in found.values() if f.state == "broken" and f.name != "page"] == []
    assert {"disk", "media", "database", "voice", "espeak-ng", "fonts", "video", "c2pa", "port"} <= set(found)
    assert "starts with `greenroom up`" in found["database"].message
    assert (home / "media").is_dir()


def test_whatever_is_not_well_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("GREENROOM_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    found = findings()
    assert found["espeak-ng"].state == "warn"
    assert found["database"].state == "broken"
    assert [f.name for f in found.values() if f.state != "ok" and not f.mend] == []


def test_a_database_elsewhere_is_asked(monkeypatch: pytest.MonkeyPatch, database_urls: Addresses) -> None:
    monkeypatch.setenv("GREENROOM_DATABASE_URL", database_urls.app)
    found = findings()
    assert "answers (elsewhere)" in found["database"].message
    assert found["clock"].state == "ok"
    assert found["migrations"].state == "warn"
    assert "GREENROOM_OWNER_DATABASE_URL" in found["migrations"].mend


def test_a_superuser_as_the_application_is_broken(monkeypatch: pytest.MonkeyPatch, database_urls: Addresses) -> None:
    monkeypatch.setenv("GREENROOM_DATABASE_URL", str(database_urls.superuser))
    assert findings()["roles"].state == "broken"


def test_a_media_folder_that_cannot_be_written_is_broken(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    (home / "file").touch()
    monkeypatch.setenv("GREENROOM_MEDIA", str(home / "file" / "media"))
    assert findings()["media"].state == "broken"


def test_a_busy_port_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("GREENROOM_PORT", str(taken.getsockname()[1]))
        assert findings()["port"].state == "warn"


def test_wrong_settings_are_a_finding_and_exit_status_1_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_WORKERS", "many")
    result = CliRunner().invoke(command, ["--json"], standalone_mode=False)
    assert result.return_value == 1
    (finding,) = json.loads(result.output)["findings"]
    assert (finding["name"], finding["state"]) == ("settings", "broken")
