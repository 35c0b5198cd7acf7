"""A virtual iPhone as facebook-wda sees it, and its MJPEG stream."""

import io

import httpx
import pytest
import wda
from PIL import Image

from tests.flow.virtual_phones.lab import Phones, wait_for


@pytest.fixture
def client(phones: Phones) -> wda.Client:
    phone = phones.iphone()
    phones.heal(phone["serial"])
    found = wda.Client(f"http://{phone['address']}")
    found.home()
    return found


def test_it_reads_what_the_phone_says_of_itself(client: wda.Client) -> None:
    assert client.status()["ready"]
    session = client.session()
    assert tuple(session.window_size()) == (390, 844)
    assert session.scale == 3
    assert client.app_current()["bundleId"] == "com.greenroom.launcher"
    assert client.screenshot().size == (1170, 2532)
    assert session.battery_info()["level"] == 0.87
    assert not client.locked()


def test_it_finds_elements_in_every_way_and_taps_them(client: wda.Client) -> None:
    session = client.session("com.greenroom.settings")
    assert client.app_current()["bundleId"] == "com.greenroom.settings"
    assert "XCUIElementTypeApplication" in client.source()
    assert session(label="Settings").exists
    assert session(nameContains="Setting").exists
    assert session(predicate="label BEGINSWITH[c] 'sett' AND enabled == true").exists
    assert session(classChain="**/XCUIElementTypeStaticText[`label == 'Settings'`]").exists
    assert session.xpath('//XCUIElementTypeStaticText[@label="Settings"]').exists
    assert not session(label="Nothing says this").exists
    client.home()
    session(label="Settings").get(timeout=15).click()
    wait_for(lambda: client.app_current()["bundleId"] == "com.greenroom.settings")


def test_apps_gestures_and_the_clipboard(client: wda.Client) -> None:
    session = client.session()
    session.app_launch("com.greenroom.settings")
    assert session.app_state("com.greenroom.settings").value == 4
    session.swipe(200, 700, 200, 300, 0.1)
    session.tap_hold(200, 400, 0.2)
    session.app_terminate("com.greenroom.settings")
    assert session.app_state("com.greenroom.settings").value == 1
    session.orientation = wda.LANDSCAPE
    try:
        assert tuple(session.window_size()) == (844, 390)
    finally:
        session.orientation = wda.PORTRAIT
    session.set_clipboard("Grüße")


def test_a_second_session_ends_the_first(client: wda.Client, phones: Phones) -> None:
    address = f"http://{phones.iphone()['address']}"
    first, second = (httpx.post(f"{address}/session", json={"capabilities": {}}).json()["sessionId"] for _ in range(2))
    gone = httpx.get(f"{address}/session/{first}/window/size")
    assert gone.status_code == 404
    assert gone.json()["value"]["error"] == "invalid session id"
    assert httpx.get(f"{address}/session/{second}/window/size").status_code == 200


def test_an_alert_is_read_and_answered(client: wda.Client, phones: Phones) -> None:
    session = client.session()
    assert not session.alert.exists
    phones.fault(phones.iphone()["serial"], popup="rate")
    wait_for(lambda: session.alert.exists)
    assert session.alert.buttons()
    session.alert.dismiss()
    wait_for(lambda: not session.alert.exists)


def test_w3c_actions_press_where_they_point(client: wda.Client, phones: Phones) -> None:
    session = client.session()
    left, top, width, height = session(label="Settings").get(timeout=15).bounds
    move = {"type": "pointerMove", "duration": 0, "x": left + width // 2, "y": top + height // 2}
    steps = [move, {"type": "pointerDown"}, {"type": "pause", "duration": 50}, {"type": "pointerUp"}]
    address = f"http://{phones.iphone()['address']}/session/{session.session_id}/actions"
    httpx.post(address, json={"actions": [{"type": "pointer", "id": "f", "actions": steps}]}).raise_for_status()
    wait_for(lambda: client.app_current()["bundleId"] == "com.greenroom.settings")


def test_unknown_routes_and_nonsense_are_answered_in_webdrivers_words(phones: Phones) -> None:
    address = f"http://{phones.iphone()['address']}"
    assert httpx.get(f"{address}/nowhere").json()["value"]["error"] == "unknown command"
    bad = httpx.post(f"{address}/session", content=b"{nonsense", headers={"content-type": "application/json"})
    assert (bad.status_code, bad.json()["value"]["error"]) == (400, "invalid argument")


def test_the_stream_is_jpeg_in_parts(client: wda.Client, phones: Phones) -> None:
    session = client.session()
    session.appium_settings({"mjpegScalingFactor": 50})
    with httpx.stream("GET", f"http://{phones.iphone()['mjpeg']}/") as answer:
        assert "multipart/x-mixed-replace" in answer.headers["content-type"]
        held = b""
        for part in answer.iter_raw():
            held += part
            head, _, rest = held.partition(b"\r\n\r\n")
            if head and rest:
                length = int(head.rpartition(b"Content-Length: ")[2])
                if len(rest) >= length:
                    break
    assert Image.open(io.BytesIO(rest[:length])).size == (585, 1266)
