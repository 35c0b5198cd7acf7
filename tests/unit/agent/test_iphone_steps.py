"""What is read from go-ios and said of an iPhone on its way up, and where it hangs; without a process."""

from pathlib import Path

import pytest

from greenroom.agent.iphones import steps
from greenroom.agent.iphones.notes import Note, read_line
from greenroom.agent.iphones.pace import Pace
from greenroom.agent.iphones.places import port_of
from greenroom.agent.iphones.steps import ALL, Readiness, Step
from greenroom.agent.iphones.usbmux import Attached


@pytest.mark.parametrize(
    ("line", "read"),
    [
        # 1.2.0, run here against a usbmuxd without pair records
        (
            '{"time":"…","level":"ERROR","msg":"failed getting info","err":"is the device paired?"}',
            Note("error", "failed getting info: is the device paired?"),
        ),
        (
            '{"time":"…","level":"WARN","msg":"failed to start tunnel","module":"t","udid":"0-1","error":"x"}',
            Note("warn", "failed to start tunnel: x", "0-1"),
        ),
        (
            '{"time":"…","level":"INFO","msg":"installing","status":"VerifyingApplication","percentComplete":40}',
            Note("info", "installing", percent=40),
        ),
        ('{"level":"INFO","msg":"installing","percentComplete":"x"}', Note("info", "installing")),
        # as releases before 1.2.0 wrote it
        ('{"error":"e","level":"error","msg":"Failed running WDA","time":"…"}', Note("error", "Failed running WDA: e")),
        ("panic: runtime error: invalid memory address", Note("panic", "panic: runtime error: invalid memory address")),
        ('{"DeveloperModeEnabled":false}', {"DeveloperModeEnabled": False}),
        ("goroutine 1 [running]:", None),
        ("", None),
    ],
)
def test_lines_of_go_ios_are_notes_or_documents(line: str, read: object) -> None:
    assert read_line(line) == read


@pytest.mark.parametrize(
    ("version", "numbers"), [("17.5.1", (17, 5)), ("16", (16, 0)), ("26.0", (26, 0)), ("", (0, 0)), ("x.y", (0, 0))]
)
def test_the_system_is_two_numbers(version: str, numbers: tuple[int, int]) -> None:
    assert steps.system({"ProductVersion": version}) == numbers


def test_webdriveragent_is_found_by_its_name_however_it_was_signed() -> None:
    renamed = {"CFBundleIdentifier": "com.acme.wda.xctrunner", "CFBundleExecutable": "WebDriverAgentRunner-Runner"}
    by_id = {"CFBundleIdentifier": "com.facebook.WebDriverAgentRunner.xctrunner.TEAM"}
    shop = {"CFBundleIdentifier": "com.example.shop", "CFBundleExecutable": "Shop"}
    assert steps.bundle([shop, renamed]) == "com.acme.wda.xctrunner"
    assert steps.bundle([by_id]) == "com.facebook.WebDriverAgentRunner.xctrunner.TEAM"
    for nothing in ([shop], [], None, {"a": 1}, ["x"]):
        assert steps.bundle(nothing) is None


def test_every_step_has_its_state() -> None:
    stuck = Readiness(Step.TUNNEL, "look at its cable")
    assert stuck.sentence == "is at step 4 of 9, tunnel is up: look at its cable"
    assert list(stuck.states.values()) == ["done"] * 3 + ["stuck"] + ["todo"] * 5
    assert list(Readiness(Step.TUNNEL).states.values()) == ["done"] * 3 + ["doing"] + ["todo"] * 5
    assert set(Readiness(Step.PICTURE, ready=True).states.values()) == {"done"}
    assert len(ALL) == 9


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (steps.untrusted("Device not found: 0-1: dial unix"), "go-ios does not see it; unplug the iPhone"),
        (steps.no_tunnel((18, 1), ""), "unlock the iPhone and look at its cable"),
        (steps.no_image("could not mount: DeviceLocked"), "unlock the iPhone: its developer image"),
        (steps.no_image("boom"), "its developer image can't be mounted; restart the iPhone (go-ios: boom)"),
        (steps.not_running("Did not find test app for 'x' on device. Is it installed?"), "WebDriverAgent is no longer"),
        (steps.not_running("failed to connect to testmanagerd"), "the tunnel to the iPhone broke"),
        (steps.not_running(""), "WebDriverAgent ended; it is started again"),
    ],
)
def test_what_to_do_is_said_in_words(said: str, expected: str) -> None:
    assert said.startswith(expected)


def test_a_hostile_complaint_stays_short_and_plain() -> None:
    stuck = steps.Stuck(Step.RUNS, steps.not_running("\u202e<b>" + "x" * 5000))
    assert len(stuck.says) <= 150
    assert "\u202e" not in stuck.says


def test_pauses_double_and_end_at_the_longest() -> None:
    assert [Pace(first=1, most=60).pause(failures) for failures in (0, 1, 2, 3, 6, 10_000)] == [1, 2, 4, 8, 60, 60]


def test_linux_tells_the_port_by_the_serial_number(tmp_path: Path) -> None:
    for name, serial in (("1-4.2", "00008110000A11112222801E"), ("1-4", "a hub"), ("usb1", "0000:00:14.0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "serial").write_text(f"{serial}\n")
    assert port_of(Attached("00008110-000A11112222801E", 3, 65_540), tmp_path) == "1-4.2"
    assert port_of(Attached("00008110-FFFFFFFFFFFFFFFF", 4, 65_540), tmp_path) == ""
    assert port_of(Attached("00008110-000A11112222801E", 3, 0x14241000), tmp_path / "no such") == "20-2.4.1"
