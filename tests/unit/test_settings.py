"""Settings: where values come from, and that every wrong one is named at once with what to do."""

from datetime import timedelta
from pathlib import Path

import pytest

from greenroom.infra.settings import Settings, WrongSettings, default_home


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"GREENROOM_{name.upper()}", raising=False)
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path))
    return tmp_path


def complaints() -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        Settings()
    first, *lines = str(caught.value).splitlines()
    assert first == "These settings are wrong:"
    return [line.strip() for line in lines]


def test_nothing_need_be_set(home: Path) -> None:
    settings = Settings()
    assert (settings.home, settings.host, settings.port) == (home, "127.0.0.1", 8000)
    assert settings.media == home / "media"
    assert settings.database_url is None


def test_the_environment_wins_over_the_file_and_an_argument_over_both(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "settings.toml").write_text('port = 8001\nworkers = 3\nsession_idle = "PT1H"\n')
    monkeypatch.setenv("GREENROOM_PORT", "8002")
    assert (Settings().port, Settings().workers, Settings(port=8003).port) == (8002, 3, 8003)
    assert Settings().session_idle == timedelta(hours=1)


def test_another_home_brings_its_own_file(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other home")
    (other / "settings.toml").write_text("port = 8001\n")
    assert Settings(home=other).port == 8001
    assert Settings().port == 8000


def test_all_errors_come_at_once_each_naming_its_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "settings.toml").write_text("port = 99999\ncolour = 'green'\n")
    monkeypatch.setenv("GREENROOM_WORKERS", "many")
    monkeypatch.setenv("GREENROOM_WORKRES", "2")
    monkeypatch.setenv("GREENROOM_HOST", "nowhere")
    starts = [line.split(".")[0] for line in complaints()]
    assert starts == [
        "GREENROOM_HOST: must be an IP address such as 127",
        "GREENROOM_WORKERS: must be a valid integer, unable to parse string as an integer",
        "GREENROOM_WORKRES: there is no such setting; is workers meant?",
        "colour in settings",
        "port in settings",
    ]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DATABASE_URL": "mysql://x"}, "must begin with postgresql://"),
        ({"OWNER_DATABASE_URL": "postgresql://x"}, "owner_database_url needs database_url too"),
        ({"C2PA_KEY": "/x.pem"}, "c2pa_certificate and c2pa_key belong together"),
        ({"SESSION_IDLE": "P20D"}, "session_idle is longer than session_absolute"),
        ({"SESSION_IDLE": "-PT1H"}, "greater than"),
        ({"LOG_LEVEL": "loud"}, "'debug', 'info', 'warning' or 'error'"),
        ({"PUBLIC_URL": "greenroom.example"}, "valid URL"),
        ({"PORT": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_said(variables: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"GREENROOM_{name}", value)
    assert sentence in complaints()[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("port = = 1", "cannot be read"), ("home = '/elsewhere'", "set GREENROOM_HOME"), ("\x00", "cannot be read")],
)
def test_an_unusable_file_is_named(home: Path, text: str, sentence: str) -> None:
    (home / "settings.toml").write_text(text)
    with pytest.raises(WrongSettings, match=sentence) as caught:
        Settings()
    assert str(home / "settings.toml") in str(caught.value)


def test_addresses_with_passwords_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_DATABASE_URL", "postgresql://app:secret@db/greenroom")
    assert "secret" not in repr(Settings())


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_paths_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENROOM_HOME", "my home")
    monkeypatch.setenv("GREENROOM_MEDIA", "~/media")
    assert Settings().home == tmp_path / "my home"
    assert Settings().media == Path.home() / "media"


def test_a_clone_keeps_its_state_in_itself() -> None:
    assert default_home() == Path(__file__).parents[2] / "var"
