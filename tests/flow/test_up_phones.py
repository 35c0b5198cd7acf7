"""The phones that `greenroom up` brings along: there at once, the same ones every time, gone with it."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psutil
import pytest

from greenroom.entrypoints.doctor.phones import check_phones
from greenroom.infra.settings import Settings
from greenroom_dev.desk import Desk
from tests.support.figures import Figures
from tests.support.installation import Installation, wait_until

SOON = timedelta(seconds=60)
ANDROID, IPHONE = "GRV00001", "00008110-0000000000000001"


def phones(desk: Desk) -> dict[str, dict[str, Any]]:
    """By serial."""
    return {one["serial"]: one for one in desk.get("/phones")["items"]}


def all_live(desk: Desk, count: int) -> Callable[[], bool]:
    return lambda: [one["alive"] for one in phones(desk).values()] == ["live"] * count


def adb_servers(installation: Installation) -> list[psutil.Process]:
    home = str(installation.home)
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == "adb" and process.cwd().startswith(home):
                found.append(process)
        except psutil.Error:
            continue
    return found


def killed(installation: Installation, name: str) -> None:
    os.kill(installation.process(name).pid, signal.SIGKILL)


def log(installation: Installation) -> str:
    return (installation.home / "logs" / "up.log").read_text()


@pytest.mark.timeout(300)
def test_two_phones_are_on_the_wall_and_stay_the_same_ones(installation: Installation, figures: Figures) -> None:
    installation.variables["GREENROOM_PHONES"] = "2"
    running = installation.up()
    wait_until(lambda: installation.runs("fleet"), within=SOON)
    desk = Desk.first(running)
    began = time.monotonic()
    wait_until(all_live(desk, 2), within=SOON)
    both = time.monotonic() - began
    first = phones(desk)
    assert {(one["serial"], one["platform"], one["client_id"]) for one in first.values()} == {
        (ANDROID, "android", None), (IPHONE, "ios", None)
    }  # fmt: skip
    (agent,) = desk.get("/agents")["items"]
    assert (agent["name"], agent["state"]) == ("Virtual phones", "connected")
    _the_lab_knows_nothing_of_the_database(installation)
    found = check_phones(Settings(home=installation.home))
    assert [(one.name, one.state) for one in found] == [("lab agent", "ok"), ("phones", "ok")]
    lease = desk.post(f"/phones/{first[ANDROID]['id']}/lease")
    assert lease["epoch"] >= 1

    killed(installation, "agent")
    began = time.monotonic()
    wait_until(lambda: any(one["alive"] == "offline" for one in phones(desk).values()), within=SOON)
    gone = time.monotonic() - began
    wait_until(lambda: installation.runs("agent"), within=SOON)
    began = time.monotonic()
    wait_until(all_live(desk, 2), within=SOON)
    back = time.monotonic() - began
    killed(installation, "fleet")
    wait_until(lambda: not all_live(desk, 2)(), within=SOON)
    wait_until(all_live(desk, 2), within=SOON)
    figures(
        "up", f"phones live {both:.1f} s after the first sign-in; agent killed: offline {gone:.1f} s, back {back:.1f} s"
    )

    assert adb_servers(installation)
    processes = [installation.process(name) for name in ("fleet", "agent")]
    installation.down()
    assert adb_servers(installation) == []
    assert not any(process.is_running() for process in processes)

    running = installation.up()
    desk = Desk(running.url, desk.cookie)
    wait_until(all_live(desk, 2), within=SOON)
    assert {one["id"] for one in phones(desk).values()} == {one["id"] for one in first.values()}

    desk.delete(f"/agents/{agent['id']}")
    wait_until(lambda: "The virtual phones are not shown: This agent was shut out" in log(installation), within=SOON)
    wait_until(lambda: not installation.runs("agent") and not installation.runs("fleet"), within=SOON)
    assert "starting it again" not in log(installation)


def _the_lab_knows_nothing_of_the_database(installation: Installation) -> None:
    for name in ("fleet", "agent"):
        process = installation.process(name)
        environment = process.environ()
        assert {one for one in environment if one.startswith("GREENROOM_")} == {"GREENROOM_HOME", "GREENROOM_LOG_LEVEL"}
        assert environment["GREENROOM_HOME"] == str(installation.home / "lab")
        assert not any("psycopg" in one.path for one in process.memory_maps())
    assert (installation.home / "lab" / "agent" / "agent.json").stat().st_mode & 0o777 == 0o600


def test_no_phones_are_none(installation: Installation) -> None:
    installation.variables["GREENROOM_WORKERS"] = "0"
    installation.command("up", "--detach", "--phones", "0")
    Desk.first(installation.running)
    assert not installation.runs("fleet")
    assert not (installation.home / "lab").exists()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_twenty_phones_are_all_live(installation: Installation, figures: Figures) -> None:
    assert installation.command("up", "--detach", "--phones", "20").returncode == 0
    desk = Desk.first(installation.running)
    began = time.monotonic()
    wait_until(all_live(desk, 20), within=2 * SOON)
    figures("up", f"twenty phones live {time.monotonic() - began:.1f} s after the first sign-in")
    assert sorted(one["platform"] for one in phones(desk).values()) == ["android"] * 14 + ["ios"] * 6
