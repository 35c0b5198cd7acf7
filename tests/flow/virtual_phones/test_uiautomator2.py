"""A virtual Android as uiautomator2 sees it: its own server's JSON-RPC over adb."""

from collections.abc import Iterator

import adbutils
import pytest
import uiautomator2

from tests.flow.virtual_phones.lab import wait_for


@pytest.fixture
def d(device: adbutils.AdbDevice) -> Iterator[uiautomator2.Device]:
    found = uiautomator2.connect(device)
    found.settings["wait_timeout"] = 20.0
    yield found
    found.stop_uiautomator(wait=False)


def test_it_starts_an_app_clicks_by_text_and_by_xpath(d: uiautomator2.Device) -> None:
    d.app_start("com.greenroom.settings")
    assert d.app_current()["package"] == "com.greenroom.settings"
    assert d.info["displayWidth"] == 720
    d(text="Apps").click()
    assert d(text="Perch").wait(timeout=15)
    d.press("back")
    assert d(text="Dark theme").wait(timeout=15)
    d.press("home")
    assert d.app_current()["package"] == "com.greenroom.launcher"
    d.xpath('//*[@text="Settings"]').click()
    wait_for(lambda: d.app_current()["package"] == "com.greenroom.settings")


def test_it_types_into_fields(d: uiautomator2.Device) -> None:
    d.app_start("com.greenroom.notes")
    d(resourceId="com.greenroom.notes:id/search").set_text("Grüße aus der Küche")
    assert d(className="android.widget.EditText").get_text() == "Grüße aus der Küche"
    d(className="android.widget.EditText").set_text("lemons")
    assert d(className="android.widget.EditText").get_text() == "lemons"
    assert d(textContains="lemon", className="android.widget.TextView").wait(timeout=15)


def test_what_is_not_there_is_not_found(d: uiautomator2.Device) -> None:
    assert not d(text="Nothing says this").exists
    assert d(text="Nothing says this").wait(timeout=0.2) is False
    with pytest.raises(uiautomator2.UiObjectNotFoundError):
        d(text="Nothing says this").info  # noqa: B018 - reading it asks the phone


def test_pictures_rotation_and_the_clipboard(d: uiautomator2.Device) -> None:
    assert d.screenshot().size == (720, 1600)
    d.set_orientation("left")
    try:
        assert d.window_size() == (1600, 720)
        assert d.screenshot().size == (1600, 720)
    finally:
        d.set_orientation("natural")
    d.set_clipboard("Grüße")
    assert d.clipboard == "Grüße"


def test_only_one_holds_uiautomation(d: uiautomator2.Device, device: adbutils.AdbDevice) -> None:
    assert d.info["screenOn"]
    assert "already registered" in device.shell("uiautomator dump /sdcard/x.xml 2>&1")


def test_the_server_ends_with_whoever_started_it(device: adbutils.AdbDevice) -> None:
    found = uiautomator2.connect(device)
    found.stop_uiautomator(wait=False)
    wait_for(lambda: "dumped to" in device.shell("uiautomator dump /sdcard/x.xml 2>&1"))
