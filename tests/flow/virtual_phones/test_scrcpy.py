"""A virtual Android as a scrcpy client sees it, with a small client of our own that decodes with PyAV."""

import re
import struct

import adbutils
import numpy as np
import pytest

from tests.flow.virtual_phones.lab import wait_for
from tests.flow.virtual_phones.scrcpy_client import KEY, Scrcpy

STILL = 100  # bytes of a picture that repeats the last one, at most


def middle_of(device: adbutils.AdbDevice, text: str) -> tuple[int, int]:
    found = re.search(rf'text="{text}"[^>]*bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', device.dump_hierarchy())
    assert found
    left, top, right, bottom = map(int, found.groups())
    return (left + right) // 2, (top + bottom) // 2


def test_the_picture_is_the_screen_and_a_touch_opens_an_app(device: adbutils.AdbDevice) -> None:
    x, y = middle_of(device, "Settings")
    with Scrcpy(device) as session:
        assert (session.name, session.codec, session.width, session.height) == ("Greenroom One", 0x68323634, 360, 800)
        frames = session.frames()
        picture = next(frames)
        assert (session.configs, session.keys) == (1, 1)
        while not np.array_equal(picture, picture := next(frames)):
            pass  # it was on its way home
        shot = np.asarray(device.screenshot(error_ok=False).resize((360, 800)))
        assert np.abs(picture.astype(int) - shot.astype(int)).mean() < 8
        session.tap(x // 2, y // 2)
        changed = next(frames)
        assert changed.shape == picture.shape
        wait_for(lambda: device.app_current().package == "com.greenroom.settings")


def test_a_still_screen_is_repeated_each_second_and_costs_little(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        frames = session.frames()
        shown = next(frames)
        while not np.array_equal(shown, shown := next(frames)):
            pass  # it was on its way home
        flags, data = session.packet()
    assert not flags & KEY
    assert len(data) < STILL


def test_a_screen_that_came_to_rest_is_sent_once_more_whole_and_then_only_repeated(device: adbutils.AdbDevice) -> None:
    x, y = middle_of(device, "Settings")
    with Scrcpy(device) as session:
        frames = session.frames()
        shown = next(frames)
        while not np.array_equal(shown, shown := next(frames)):
            pass  # it was on its way home
        session.tap(x // 2, y // 2)
        wait_for(lambda: device.app_current().package == "com.greenroom.settings")
        sent = [session.packet()]
        while any(len(data) > STILL for _, data in sent[-3:]) or len(sent) < 10:
            sent.append(session.packet())
    last = max(at for at, (_, data) in enumerate(sent) if len(data) > STILL)
    assert sent[last][0] & KEY
    assert not any(flags & KEY for flags, _ in sent[last + 1 :])


def test_reset_and_rotation_begin_anew(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        frames = session.frames()
        next(frames)
        session.control.sendall(b"\x11")
        while session.keys < 2:
            next(frames)
        assert session.configs == 2
        session.control.sendall(b"\x0b")
        try:
            shape = next(picture.shape for picture in frames if picture.shape != (800, 360, 3))
            assert shape == (360, 800, 3)
            assert session.configs == 3
        finally:
            device.shell("settings put system user_rotation 0")


def test_a_touch_for_another_size_is_lost_rather_than_misplaced(device: adbutils.AdbDevice) -> None:
    x, y = middle_of(device, "Settings")
    with Scrcpy(device) as session:
        next(session.frames())
        session.tap(x, y, size=(720, 1600))
        session.control.sendall(struct.pack(">BB", 8, 0))  # its answer comes after the touch was looked at
        assert session.control.recv(5)[0] == 0
        assert device.app_current().package == "com.greenroom.launcher"


def test_the_clipboard_is_set_with_an_acknowledgement_and_read(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        text = "Grüße 👋".encode()
        session.control.sendall(struct.pack(">BqBI", 9, 77, 0, len(text)) + text)
        assert session.control.recv(9) == struct.pack(">Bq", 1, 77)
        session.control.sendall(struct.pack(">BB", 8, 0))
        wanted = struct.pack(">BI", 0, len(text)) + text
        assert session.control.recv(len(wanted)) == wanted


def test_what_is_copied_on_the_phone_is_told(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        next(session.frames())
        device.shell("cmd clipboard set-text copied")
        assert session.control.recv(12) == struct.pack(">BI", 0, 6) + b"copied"
    with Scrcpy(device, options={"clipboard_autosync": "false"}) as session:
        next(session.frames())
        device.shell("cmd clipboard set-text again")
        session.control.settimeout(0.2)
        with pytest.raises(TimeoutError):
            session.control.recv(1)


def test_audio_is_answered_as_disabled(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device, options={"audio": "true", "control": "false"}) as session:
        assert session.control.recv(4) == b"\0\0\0\0"


def test_an_app_is_started_and_a_key_goes_home(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        name = b"+com.greenroom.settings"
        session.control.sendall(struct.pack(">BB", 16, len(name)) + name)
        wait_for(lambda: device.app_current().package == "com.greenroom.settings")
        session.control.sendall(struct.pack(">BBiiI", 0, 0, 3, 0, 0))
        wait_for(lambda: device.app_current().package == "com.greenroom.launcher")


@pytest.mark.parametrize(
    ("version", "options", "reason"),
    [
        ("2.7", {}, "does not match the client"),
        ("3.3.4", {"video_codec": "h265"}, "Could not create default video encoder"),
        ("3.3.4", {"tunnel_forward": "false"}, "no reverse tunnel"),
    ],
)
def test_what_it_cannot_do_is_said(
    device: adbutils.AdbDevice, version: str, options: dict[str, str], reason: str
) -> None:
    jar = "/data/local/tmp/scrcpy-server.jar"
    device.sync.push(b"jar", jar)
    words = " ".join(f"{name}={value}" for name, value in ({"tunnel_forward": "true"} | options).items())
    said = device.shell(f"CLASSPATH={jar} app_process / com.genymobile.scrcpy.Server {version} {words}")
    assert reason in said


def test_an_unknown_message_ends_the_session(device: adbutils.AdbDevice) -> None:
    with Scrcpy(device) as session:
        next(session.frames())
        session.control.sendall(b"\xee")
        session.video.settimeout(5)
        with pytest.raises(ConnectionError):
            list(iter(session.packet, None))


def test_text_goes_by_keys_and_other_signs_by_the_clipboard(device: adbutils.AdbDevice) -> None:
    device.app_start("com.greenroom.notes")
    x, y = middle_of(device, "Search")
    device.click(x, y)
    with Scrcpy(device) as session:
        for text in ("café ", "日本"):
            data = text.encode()
            session.control.sendall(struct.pack(">BI", 1, len(data)) + data)
        pasted = "日本".encode()
        session.control.sendall(struct.pack(">BqBI", 9, 1, 1, len(pasted)) + pasted)
        assert session.control.recv(9)[0] == 1
    assert 'text="café 日本"' in device.dump_hierarchy()
    assert device.shell2("input text 日本").returncode == 1
