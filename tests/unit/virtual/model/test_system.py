"""What the system does by itself: faults and batteries set from outside, locks, files, permissions, lasting memory."""

import pytest

from greenroom.agent.virtual.contracts import ANDROID, Package, Refused
from greenroom.agent.virtual.model.phone import Phone
from tests.unit.virtual.model.hands import find, phone, tap, texts, wait


def test_a_fault_that_is_switched_on_shows_at_the_next_moment() -> None:
    at = phone("notes")
    version = at.version()
    at.faults.low_battery = True
    wait(at)
    assert at.version() > version
    assert "Battery low" in texts(at)
    at.key(4)
    assert find(at, "battery")[0].description == "Battery 4 %"


def test_the_battery_as_set_is_what_the_bar_says() -> None:
    at = phone()
    at.battery.level = 12
    wait(at)
    assert find(at, "battery")[0].description == "Battery 12 %"


def test_the_app_in_front_crashes_when_the_fault_says_so() -> None:
    at = phone("notes")
    at.faults.crash = "com.greenroom.notes"
    wait(at)
    assert "Notes keeps stopping" in texts(at)
    assert at.front()[0] == "com.greenroom.launcher"


def test_a_full_storage_takes_no_file_and_no_package() -> None:
    at = phone()
    at.faults.full_storage = True
    with pytest.raises(Refused, match="No space left on device"):
        at.files["/sdcard/a.txt"] = b"a"
    with pytest.raises(Refused, match="INSTALL_FAILED_INSUFFICIENT_STORAGE"):
        at.install(Package("org.a", "A"))
    wait(at)
    assert "Storage almost full" in texts(at)


def test_files_have_one_name_however_they_are_written() -> None:
    files = phone().files
    files["/storage/emulated/0/DCIM/../Download/./a.bin"] = b"12345"
    assert files["/sdcard/Download/a.bin"] == b"12345"
    assert files.listing("/sdcard") == ["DCIM", "Download", "Pictures"]
    assert files.used == 5
    for path in ("/sdcard/Download/a.bin/b", "/sdcard"):
        with pytest.raises(Refused):
            files[path] = b""
    del files["/mnt/sdcard/Download/a.bin"]
    assert files.used == 0


def test_an_app_from_outside_asks_for_its_permissions_once() -> None:
    at = phone()
    at.install(Package("org.a", "Åpp", permissions=("camera", "photos")))
    at.launch("org.a")
    assert "Åpp wants to use Camera" in texts(at)
    tap(at, "permission_deny")
    tap(at, "permission_allow")
    assert ("org.a", "photos") in at.granted
    assert ("org.a", "camera") not in at.granted
    at.stop("org.a")
    at.launch("org.a")
    assert not at.popups


def test_a_restarted_phone_is_locked_and_runs_nothing() -> None:
    at = phone("notes")
    at.notify("a", "b")
    at.reboot()
    assert at.locked
    assert list(at.apps) == ["com.greenroom.launcher"]
    assert "8:00" in texts(at)


def test_a_dark_screen_takes_no_touch_and_has_no_tree() -> None:
    at = phone("settings")
    at.key(26)
    assert at.tree().children == ()
    at.touch("down", 500, 500, at.now)
    at.touch("up", 500, 500, at.now + 0.05)
    at.key(3)
    at.key(224)
    assert at.locked
    assert find(at, "clock")


def test_the_clock_is_the_phones_own() -> None:
    at = phone()
    wants = at.advance(at.now)
    assert wants == pytest.approx(60)
    at.advance(60)
    assert find(at, "clock")[0].text == "8:01"


def test_every_change_is_told_and_a_look_changes_nothing() -> None:
    at = Phone(ANDROID)
    told = []
    at.changed = lambda: told.append(at.version())
    at.tree(), at.frame(width=90), at.front()
    assert told == []
    at.notify("a", "b")
    assert told == [at.version()]


def test_pages_that_were_left_leave_nothing_behind() -> None:
    at = phone("shop")
    for _ in range(300):
        at.app.open("product", 1)
        at.windows()
        at.app.back()
        at.windows()
    assert len(at.scrolls) <= 151


def test_words_with_signs_that_cannot_be_typed_are_written_without_them() -> None:
    at = phone("notes")
    tap(at, "search")
    at.text("a\x00b\ud800c\x1b[31m👨‍👩‍👧")
    assert find(at, "search")[0].text == "abc[31m👨‍👩‍👧"
