"""A virtual Android as adbutils sees it."""

import io

import adbutils
from PIL import Image

from tests.flow.virtual_phones.lab import Phones


def test_it_reads_what_the_phone_says_of_itself(device: adbutils.AdbDevice) -> None:
    assert device.prop.model == "Greenroom One"
    assert tuple(device.window_size()) == (720, 1600)
    assert device.rotation() == 0
    assert device.is_screen_on()
    battery = device.battery()
    assert (battery.level, battery.scale, battery.temperature) == (87, 100, 27.4)
    assert "com.greenroom.settings" in device.list_packages()
    info = device.app_info("com.greenroom.notes")
    assert info is not None
    assert info.version_code == 320


def test_exit_codes_in_both_versions_of_the_shell(device: adbutils.AdbDevice) -> None:
    assert device.shell2("ls /nothing").returncode == 1
    said = device.shell2("echo a; echo b >&2; exit 4", v2=True)
    assert (said.returncode, said.stdout, said.stderr) == (4, "a\n", "b\n")


def test_apps_keys_and_the_tree(device: adbutils.AdbDevice) -> None:
    device.app_start("com.greenroom.settings")
    assert device.app_current().package == "com.greenroom.settings"
    assert 'text="Settings"' in device.dump_hierarchy()
    device.app_stop("com.greenroom.settings")
    assert device.app_current().package == "com.greenroom.launcher"


def test_pictures_by_screencap_and_framebuffer_agree(device: adbutils.AdbDevice) -> None:
    shot, buffer = device.screenshot(error_ok=False), device.framebuffer()
    assert shot.size == buffer.size == (720, 1600)
    assert shot.convert("RGB").tobytes() == buffer.convert("RGB").tobytes()


def test_a_black_screen_and_a_low_battery(device: adbutils.AdbDevice, phones: Phones) -> None:
    number = phones.androids()[0]["serial"]
    phones.fault(number, black=True, low_battery=True)
    try:
        assert device.screenshot(error_ok=False).convert("L").getextrema() == (0, 0)
        assert device.battery().level <= 4
    finally:
        phones.heal(number)


def test_files_by_bytes(device: adbutils.AdbDevice) -> None:
    data = bytes(range(256)) * 1000
    device.sync.push(data, "/data/local/tmp/some.bin", check=True)
    assert device.sync.read_bytes("/data/local/tmp/some.bin") == data
    assert "some.bin" in [one.path for one in device.sync.list("/data/local/tmp")]
    assert not device.sync.exists("/data/local/tmp/none.bin")


def test_a_pushed_picture_is_shared_with_the_feeds_composer(device: adbutils.AdbDevice) -> None:
    held = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 30, 90)).save(held, "PNG")
    device.sync.push(held.getvalue(), "/sdcard/Pictures/pink.png")
    listed = device.shell("content query --uri content://media/external/images/media")
    assert "_data=/storage/emulated/0/Pictures/pink.png" in listed
    said = device.shell(
        "am start -a android.intent.action.SEND -t image/png "
        "--eu android.intent.extra.STREAM file:///sdcard/Pictures/pink.png -n com.greenroom.feed/.MainActivity"
    )
    assert "Error" not in said
    assert device.app_current().package == "com.greenroom.feed"
    device.shell(
        "am start -a android.intent.action.SEND --eu android.intent.extra.STREAM file:///sdcard/Pictures/pink.png"
    )
    assert 'resource-id="com.greenroom.gallery:id/share_target"' in device.dump_hierarchy()
