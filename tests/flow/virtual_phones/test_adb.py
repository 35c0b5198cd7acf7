"""A virtual Android as the real adb of the platform tools sees it."""

import os
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.packages import write_apk
from tests.flow.virtual_phones.lab import Adb, Phones, start, stop, wait_for

LAB = Package("com.sample.lab", "Lab", version="2.0", code=7)


def test_a_shell_with_exit_codes_quotes_and_both_outputs(adb: Adb, serial: str) -> None:
    assert adb("shell", "exit 7", serial=serial).returncode == 7
    assert adb("shell", "nosuch", serial=serial).returncode == 127
    assert adb("shell", "false; echo $?", serial=serial).stdout == "1\n"
    assert adb("shell", "true && echo yes || echo no", serial=serial).stdout == "yes\n"
    said = adb("shell", 'echo \'a  b\' "c  $HOME" d\\ e "\\$x"; echo f >&2', serial=serial)
    assert (said.stdout, said.stderr) == ("a  b c  / d e $x\n", "f\n")
    assert adb("shell", "echo hi | cat | wc -c", serial=serial).stdout == "3\n"
    assert adb("shell", "if true; then", serial=serial).returncode == 1


def test_a_script_on_standard_input_runs_line_by_line(adb: Adb, serial: str) -> None:
    said = adb("shell", serial=serial, text="cd /sdcard\npwd\nexit 3\necho never\n")
    assert (said.stdout, said.returncode) == ("/sdcard\n", 3)


def test_an_interactive_shell_echoes_and_prompts(adb: Adb, serial: str) -> None:
    said = adb("shell", "-tt", serial=serial, text="id -u\rexit\r").stdout
    assert "greenroom:/ $ " in said
    assert "uid=2000(shell)" in said


def test_a_file_comes_back_as_it_was_sent(adb: Adb, serial: str, tmp_path: Path) -> None:
    sent, back = tmp_path / "sent.bin", tmp_path / "back.bin"
    sent.write_bytes(os.urandom(3_000_000))
    assert adb("push", str(sent), "/sdcard/Download/it.bin", serial=serial).returncode == 0
    assert adb("pull", "/sdcard/Download/it.bin", str(back), serial=serial).returncode == 0
    assert back.read_bytes() == sent.read_bytes()
    assert "3000000" in adb("shell", "ls -l /storage/emulated/0/Download/it.bin", serial=serial).stdout


def test_folders_are_pushed_and_pulled(adb: Adb, serial: str, tmp_path: Path) -> None:
    (tmp_path / "set" / "deep").mkdir(parents=True)
    (tmp_path / "set" / "deep" / "a b.txt").write_text("one")
    assert adb("push", str(tmp_path / "set"), "/sdcard/Documents/", serial=serial).returncode == 0
    assert adb("pull", "/sdcard/Documents/set", str(tmp_path / "back"), serial=serial).returncode == 0
    assert (tmp_path / "back" / "deep" / "a b.txt").read_text() == "one"


@pytest.mark.parametrize(
    ("path", "reason"), [("/system/x", "Read-only file system"), ("/data/data/com.x/y", "Permission denied")]
)
def test_what_the_shell_user_may_not_write_is_refused(
    adb: Adb, serial: str, tmp_path: Path, path: str, reason: str
) -> None:
    file = tmp_path / "a"
    file.write_text("a" * 200_000)
    said = adb("push", str(file), path, serial=serial)
    assert said.returncode == 1
    assert reason in said.stdout + said.stderr


def test_apps_are_installed_updated_and_removed(adb: Adb, serial: str, tmp_path: Path) -> None:
    file = tmp_path / "lab.apk"
    file.write_bytes(write_apk(LAB, padding=300_000))
    said = adb("install", str(file), serial=serial)
    assert "Success" in said.stdout, said.stderr
    assert adb("shell", "pm list packages -3 --show-versioncode lab", serial=serial).stdout == (
        "package:com.sample.lab versionCode:7\n"
    )
    base, split = tmp_path / "base.apk", tmp_path / "split.apk"
    newer = replace(LAB, code=8)
    base.write_bytes(write_apk(newer))
    split.write_bytes(write_apk(newer, split="config.en"))
    assert adb("install-multiple", str(base), str(split), serial=serial).returncode == 0
    paths = adb("shell", "pm path com.sample.lab", serial=serial).stdout.splitlines()
    assert [path.rpartition("/")[2] for path in paths] == ["base.apk", "split_config.en.apk"]
    assert "Success" in adb("uninstall", "com.sample.lab", serial=serial).stdout
    assert adb("shell", "pm path com.sample.lab", serial=serial).returncode == 1


REFUSED = [
    (replace(LAB, code=3), "INSTALL_FAILED_VERSION_DOWNGRADE"),
    (replace(LAB, code=9, signer="another"), "INSTALL_FAILED_UPDATE_INCOMPATIBLE"),
    (replace(LAB, name="com.sample.mips", abis=("mips",)), "INSTALL_FAILED_NO_MATCHING_ABIS"),
    (replace(LAB, name="com.sample.next", minimum_sdk=99), "INSTALL_FAILED_OLDER_SDK"),
    (replace(LAB, name="nodots"), "INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME"),
    (replace(LAB, name="com.sample.unsigned", signer=""), "INSTALL_PARSE_FAILED_NO_CERTIFICATES"),
    (None, "INSTALL_PARSE_FAILED_NOT_APK"),
]


@pytest.mark.parametrize(("package", "code"), REFUSED)
def test_the_installer_refuses_with_androids_codes(
    adb: Adb, serial: str, tmp_path: Path, package: Package | None, code: str
) -> None:
    file = tmp_path / "it.apk"
    file.write_bytes(write_apk(LAB))
    adb("install", str(file), serial=serial)
    file.write_bytes(write_apk(package) if package else b"no zip" * 500)
    said = adb("install", str(file), serial=serial)
    assert said.returncode == 1
    assert f"Failure [{code}" in said.stdout + said.stderr


def test_a_full_phone_takes_neither_apps_nor_large_files(adb: Adb, serial: str, phones: Phones, tmp_path: Path) -> None:
    number = phones.androids()[0]["serial"]
    phones.fault(number, full_storage=True)
    try:
        file = tmp_path / "it.apk"
        file.write_bytes(write_apk(replace(LAB, name="com.sample.big"), padding=100_000))
        said = adb("install", str(file), serial=serial)
        assert "INSTALL_FAILED_INSUFFICIENT_STORAGE" in said.stdout + said.stderr
    finally:
        phones.heal(number)


def test_the_screen_comes_raw_and_as_png(adb: Adb, serial: str) -> None:
    def shot(*words: str) -> bytes:
        line = [adb.path, "-s", serial, "exec-out", "screencap", *words]
        return subprocess.run(line, env=adb.environment, capture_output=True, timeout=20, check=True).stdout

    raw = shot()
    width, height, form, _ = struct.unpack_from("<4I", raw)
    assert (width, height, form, len(raw)) == (720, 1600, 1, 16 + 720 * 1600 * 4)
    assert shot("-p").startswith(b"\x89PNG")


def test_an_intent_starts_an_app_and_says_so(adb: Adb, serial: str) -> None:
    said = adb("shell", "am start -W -n com.greenroom.settings/.MainActivity", serial=serial).stdout
    assert "Status: ok" in said
    assert "com.greenroom.settings/" in adb("shell", "dumpsys window windows", serial=serial).stdout
    missing = adb("shell", "am start -n com.nobody/.Main", serial=serial)
    assert missing.returncode == 1
    assert "does not exist" in missing.stderr


def test_reverse_is_refused_in_words_and_root_is_not_given(adb: Adb, serial: str) -> None:
    assert "does not forward in reverse" in adb("reverse", "tcp:1", "tcp:2", serial=serial).stderr
    assert "cannot run as root" in adb("root", serial=serial).stdout


def test_a_stranger_is_unauthorised_until_the_phone_says_yes(adb: Adb) -> None:
    lab = start("--count", "1", "--small", "--auth", "ask")
    try:
        phone = lab.androids()[0]
        adb("connect", phone["address"])
        wait_for(lambda: adb.state(phone["address"]) == "unauthorized")
        wait_for(lambda: lab.tap_text(phone["serial"], "Allow").status_code == 200)
        wait_for(lambda: adb.state(phone["address"]) == "device")
        adb("disconnect", phone["address"])
        assert adb.attach(phone["address"]).shell("echo known") == "known"
    finally:
        adb("disconnect", phone["address"])
        stop(lab)


def test_a_pulled_cable_is_seen_and_the_phone_comes_back(adb: Adb, serial: str, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    shell = subprocess.Popen([adb.path, "-s", serial, "shell", "sleep 60"], env=adb.environment)
    try:
        phones.fault(number, disconnect=True)
        wait_for(lambda: adb.state(serial) != "device")
        assert shell.wait(30) != 0
    finally:
        shell.kill()
        phones.heal(number)
    adb.attach(serial)
    assert adb("shell", "echo back", serial=serial).stdout == "back\n"


def test_a_reboot_ends_the_connection_and_the_phone_returns(adb: Adb, phones: Phones) -> None:
    address = phones.androids()[1]["address"]
    adb.attach(address)
    adb("shell", "am start -n com.greenroom.settings/.MainActivity", serial=address)
    assert adb("reboot", serial=address).returncode == 0
    wait_for(lambda: adb.state(address) != "device")
    adb("disconnect", address)
    wait_for(lambda: "connected to" in adb("connect", address).stdout or adb.state(address) == "device", within=40)
    wait_for(lambda: adb.state(address) == "device")
    assert "com.greenroom.launcher" in adb("shell", "dumpsys window windows", serial=address).stdout


def test_a_half_open_phone_answers_nothing_until_it_is_healed(adb: Adb, serial: str, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    phones.fault(number, half_open=True)
    shell = subprocess.Popen([adb.path, "-s", serial, "shell", "echo late"], env=adb.environment, stdout=-1, text=True)
    with pytest.raises(subprocess.TimeoutExpired):
        shell.wait(0.7)
    assert adb.state(serial) == "device"  # what adb says is not enough to know that a phone is alive
    phones.heal(number)
    assert shell.communicate(timeout=30)[0] == "late\n"
