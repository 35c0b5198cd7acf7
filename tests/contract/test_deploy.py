"""The units for systemd and launchd: read by the system's own reader, and what they start is what the command takes."""

import configparser
import plistlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest

from greenroom.entrypoints.cli.agent import EXIT_OUT
from greenroom.entrypoints.cli.main import greenroom
from greenroom_dev import ROOT

PROGRAM = "/opt/greenroom/bin/greenroom"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
PLISTS = sorted((ROOT / "deploy" / "launchd").glob("*.plist"))


class Unit(configparser.RawConfigParser):
    """Names have capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read_unit(file: Path) -> Unit:
    unit = Unit(strict=True)
    unit.read_string(file.read_text())
    return unit


def read_plist(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = plistlib.loads(file.read_bytes())
    return found


def taken(words: list[str]) -> list[str]:
    """The verbs that the command line finds in them; raises click's error where it does not take them."""
    command: click.Command = greenroom
    context, verbs = click.Context(command), []
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert name
        assert found
        context, command = click.Context(found, parent=context, info_name=name), found
        verbs.append(name)
    command.parse_args(context, list(words))
    return verbs


def systemd_says(file: Path, folder: Path) -> str:
    """What it finds wrong with the unit; nothing on a machine without systemd."""
    here = folder / file.name
    here.write_text(file.read_text().replace(PROGRAM, shutil.which("true") or ""))
    verify = ["systemd-analyze", "verify", "--man=no", str(here)]
    return subprocess.run(verify, capture_output=True, text=True, check=False).stderr if shutil.which(verify[0]) else ""


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_a_unit_starts_what_there_is_and_is_closed_in(file: Path, tmp_path: Path) -> None:
    service = read_unit(file)["Service"]
    program, *words = service["ExecStart"].split()
    assert program == PROGRAM
    assert taken(words) == {"greenroom": ["up"], "greenroom-agent": ["agent", "run"]}[file.stem]
    assert service["Restart"] == "always"
    assert service["User"] not in ("", "root")
    assert service["Environment"] == f"GREENROOM_HOME=/var/lib/{service['StateDirectory']}"
    closed = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "CapabilityBoundingSet": ""}
    assert {name: service.get(name) for name in closed} == closed
    assert systemd_says(file, tmp_path) == ""


def test_an_agent_that_was_shut_out_is_not_started_again() -> None:
    (file,) = (one for one in UNITS if "agent" in one.name)
    assert read_unit(file)["Service"]["RestartPreventExitStatus"] == str(EXIT_OUT)


@pytest.mark.parametrize("file", PLISTS, ids=lambda file: file.stem)
def test_a_plist_starts_what_there_is(file: Path) -> None:
    job = read_plist(file)
    assert job["Label"] == file.stem
    program, *words = job["ProgramArguments"]
    assert program == PROGRAM
    assert taken(words) == {"greenroom.server": ["up"], "greenroom.agent": ["agent", "run"]}[file.stem]
    assert job["KeepAlive"] == {"SuccessfulExit": False}
    assert job["RunAtLoad"] is True
    assert job["UserName"] != "root"
    assert job["EnvironmentVariables"]["GREENROOM_HOME"] == job["WorkingDirectory"]


def test_there_is_one_of_each_kind_for_each_program() -> None:
    assert {one.stem for one in UNITS} == {"greenroom", "greenroom-agent"}
    assert {one.stem for one in PLISTS} == {"greenroom.server", "greenroom.agent"}
