"""The switches of virtual phones, and the command that runs them."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import adbutils
import httpx
import psutil
import pytest

from greenroom_dev import ROOT
from tests.flow.virtual_phones.lab import Adb, Phones, start, stop, wait_for


def test_a_slow_phone_lets_wait(device: adbutils.AdbDevice, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    assert phones.fault(number, slow=0.4)["faults"] == {"slow": 0.4}
    began = time.monotonic()
    assert device.shell("echo slow") == "slow"
    assert time.monotonic() - began > 0.4
    phones.heal(number)


def test_a_hanging_phone_takes_input_once_it_is_well_again(device: adbutils.AdbDevice, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    phones.fault(number, hang=True)
    stream = device.shell("am start -n com.greenroom.settings/.MainActivity", stream=True)
    assert device.shell("echo alive") == "alive"  # the shell lives while the screen hangs
    assert device.app_current().package == "com.greenroom.launcher"
    phones.heal(number)
    wait_for(lambda: device.app_current().package == "com.greenroom.settings")
    stream.close()


def test_an_app_crashes_and_a_popup_is_in_the_way(device: adbutils.AdbDevice, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    device.app_start("com.greenroom.notes")
    phones.fault(number, crash="com.greenroom.notes")
    assert device.app_current().package == "com.greenroom.launcher"
    assert "keeps stopping" in device.dump_hierarchy()
    device.keyevent("HOME")
    phones.heal(number)
    phones.fault(number, popup="Something nobody knows")
    assert "Something nobody knows" in device.dump_hierarchy()


def test_touches_are_written_down_while_somebody_asks(device: adbutils.AdbDevice, phones: Phones) -> None:
    asked = f"{phones.control}/touches"
    device.click(500, 1500)
    assert httpx.post(asked, json={"on": True}).json() == []
    before = time.monotonic_ns() // 1000
    device.click(500, 1500)
    found = wait_for(lambda: httpx.get(asked).json())
    assert [one[:4] for one in found] == [[phones.androids()[0]["serial"], act, 500, 1500] for act in ("down", "up")]
    assert before < found[0][4] < time.monotonic_ns() // 1000
    assert httpx.post(asked, json={"on": False}).json() == []
    device.click(500, 1500)
    assert device.shell("echo done") == "done"
    assert httpx.get(asked).json() == []


def test_a_flapping_phone_comes_and_goes(adb: Adb, phones: Phones) -> None:
    phone = phones.androids()[2]
    adb.attach(phone["address"])
    phones.fault(phone["serial"], flap=0.3)
    try:
        wait_for(lambda: adb.state(phone["address"]) != "device")
    finally:
        phones.heal(phone["serial"])
    adb.attach(phone["address"])


def test_a_phone_that_forgot_us_asks_again(adb: Adb, phones: Phones) -> None:
    phone = phones.androids()[2]
    adb.attach(phone["address"])
    phones.fault(phone["serial"], unauthorised=True)
    try:
        wait_for(lambda: adb.state(phone["address"]) != "device")
        adb("disconnect", phone["address"])
        adb("connect", phone["address"])
        wait_for(lambda: adb.state(phone["address"]) == "unauthorized")
        wait_for(lambda: phones.tap_text(phone["serial"], "Allow").status_code == 200)
        wait_for(lambda: adb.state(phone["address"]) == "device")
    finally:
        phones.heal(phone["serial"])
    assert httpx.post(
        f"{phones.control}/phones/{phones.iphone()['serial']}/faults", json={"unauthorised": True}
    ).is_error


def test_a_phone_turns_in_the_middle(device: adbutils.AdbDevice, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    assert phones.fault(number, rotation=1)["size"] == [1600, 720]
    assert device.rotation() == 1
    assert tuple(device.window_size()) == (1600, 720)
    assert phones.fault(number, rotation=0)["size"] == [720, 1600]


@pytest.mark.parametrize("faults", [{"explode": True}, {"slow": "very"}, {"rotation": None}, ["slow"]])
def test_what_is_no_fault_is_refused_with_a_sentence(phones: Phones, faults: object) -> None:
    number = phones.androids()[0]["serial"]
    answer = httpx.post(f"{phones.control}/phones/{number}/faults", json=faults)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert httpx.post(f"{phones.control}/phones/NOBODY/faults", json={}).status_code == 404


def test_the_control_api_lists_phones_and_shows_screens(phones: Phones) -> None:
    listed = httpx.get(f"{phones.control}/phones").json()
    assert [one["serial"] for one in listed] == [one["serial"] for one in phones.phones]
    picture = httpx.get(f"{phones.control}/phones/{listed[0]['serial']}/screen.png")
    assert picture.content.startswith(b"\x89PNG")
    assert "half_open" in httpx.get(f"{phones.control}/faults").json()


def run(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "greenroom", "vphone", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


def test_the_command_prints_addresses_takes_faults_and_stops(phones: Phones) -> None:
    process = run("--port", "0", "--fault", "GRV00001:slow=0.1", "--small")
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(3)]
    assert lines[0].split()[:2] == ["android", "GRV00001"]
    control = lines[1].split()[1]
    assert lines[2] == "Ready.\n"
    assert httpx.get(f"{control}/phones").json()[0]["faults"] == {"slow": 0.1}
    process.terminate()
    assert process.communicate(timeout=60)[0] == "Stopped.\n"
    assert process.returncode == 0


def test_taken_ports_are_said(phones: Phones) -> None:
    taken = phones.androids()[0]["address"].rpartition(":")[2]
    process = run("--port", taken)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 70
    assert f"The ports from {taken} on are not free" in said


def test_sixty_idle_phones_are_one_small_process(adb: Adb) -> None:
    lab = start("--count", "60")
    addresses = [one["address"] for one in lab.androids()]
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda address: adb("connect", address), addresses))
        wait_for(lambda: {one.serial for one in adb.client().device_list()} >= set(addresses), within=60)
        assert psutil.Process(lab.process.pid).memory_info().rss < 200_000_000
    finally:
        stop(lab)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda address: adb("disconnect", address), addresses))
