"""WebDriverAgent's answers and its live picture, whatever comes."""

import io
import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from greenroom.agent.drivers.wda.about import battery, info, screen
from greenroom.agent.drivers.wda.mjpeg import BadParts, Parts, jpeg_size
from greenroom.agent.drivers.wda.wire import SessionLost, read_answer, read_base64, read_session
from greenroom.agent.errors import Busy, NotSupported, PhoneError, Refused
from greenroom.agent.phone_values import Battery


def part(data: bytes) -> bytes:
    return (
        b"--BoundaryString\r\nContent-type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data) + data + b"\r\n\r\n"
    )


def bare(data: bytes) -> bytes:
    """As mainline sends it: nothing behind the picture but one line end."""
    return b"--BoundaryString\r\nContent-type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data) + data + b"\r\n"


@pytest.mark.parametrize("wrap", [part, bare])
@given(pictures=st.lists(st.binary(max_size=300)), cuts=st.lists(st.integers(0, 3000), max_size=20))
def test_pictures_come_out_the_same_wherever_they_are_cut(
    wrap: Callable[[bytes], bytes], pictures: list[bytes], cuts: list[int]
) -> None:
    data = b"".join(map(wrap, pictures))
    places = sorted({min(one, len(data)) for one in cuts} | {0, len(data)})
    parts, found = Parts(), []
    for start, end in pairwise(places):
        found += parts.feed(data[start:end])
    assert found == pictures


@pytest.mark.parametrize(
    "data", [b"x" * 3000, b"--B\r\nContent-type: text/html\r\n\r\n", b"--B\r\nContent-Length: 999999999\r\n\r\n"]
)
def test_what_is_no_live_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadParts):
        Parts().feed(data)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpegs_size_is_read_from_its_head(progressive: bool) -> None:
    out = io.BytesIO()
    Image.new("RGB", (585, 1266)).save(out, "JPEG", progressive=progressive)
    assert jpeg_size(out.getvalue()) == (585, 1266)


@given(st.binary(max_size=100))
def test_no_bytes_break_the_reading_of_a_jpegs_head(data: bytes) -> None:
    jpeg_size(b"\xff\xd8" + data)


def answer(status: int, value: object) -> object:
    return read_answer("phone3", status, json.dumps({"value": value, "sessionId": "S"}).encode())


def test_a_value_is_handed_on() -> None:
    assert answer(200, {"ready": True}) == {"ready": True}
    assert answer(200, None) is None
    assert read_answer("phone3", 200, b'{"status": 0, "value": 3}') == 3


@pytest.mark.parametrize(
    ("status", "value", "kind"),
    [
        (404, {"error": "unknown command", "message": "Unhandled endpoint"}, NotSupported),
        (500, {"error": "unknown error", "message": "The device is locked"}, Busy),
        (408, {"error": "timeout", "message": "Timed out while waiting"}, Busy),
        (500, {"error": "unknown error", "message": "Unable to launch com.x because it is not installed"}, Refused),
        (500, {"error": "invalid argument", "message": "bad\x07 point"}, Refused),
        (502, "nothing", Refused),
    ],
)
def test_errors_become_sentences_about_the_phone(status: int, value: object, kind: type[PhoneError]) -> None:
    with pytest.raises(kind) as caught:
        answer(status, value)
    assert caught.value.detail.startswith("phone3 ")
    assert caught.value.detail.isprintable()


def test_a_lost_session_is_told_apart() -> None:
    with pytest.raises(SessionLost):
        answer(404, {"error": "invalid session id", "message": "Session does not exist"})


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000])
def test_what_is_no_webdriveragent_is_named(body: bytes) -> None:
    with pytest.raises(Refused, match="WebDriverAgent"):
        read_answer("phone3", 200, body)


def test_a_sessions_id_stands_in_either_place() -> None:
    assert read_session(b'{"sessionId": "A", "value": {}}') == "A"
    assert read_session(b'{"sessionId": null, "value": {"sessionId": "B"}}') == "B"
    assert read_session(b'{"value": null}') == ""


def test_base64_with_line_ends_is_read_and_nonsense_refused() -> None:
    assert read_base64("phone3", "aGVs\r\nbG8=") == b"hello"
    with pytest.raises(Refused):
        read_base64("phone3", "a")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"level": 0.87, "state": 2}, Battery(87, True)),
        ({"level": 1, "state": 3}, Battery(100, True)),
        ({"level": 0.5, "state": 1}, Battery(50, False)),
        ({"level": -1, "state": 0}, None),
        ({}, None),
        (None, None),
    ],
)
def test_batteries(value: object, found: Battery | None) -> None:
    assert battery(value) == found


def test_an_iphone_is_described_in_pixels() -> None:
    points, scale = screen({"screenSize": {"width": 390, "height": 844}, "scale": 3})
    status = {"os": {"name": "iOS", "version": "17.5"}}
    found = info(status, {"model": "iPhone15,2", "currentLocale": "de_DE"}, {"level": 0.4, "state": 1}, points, scale)
    assert (found.size, found.system, found.locale, found.model) == ((1170, 2532), "iOS 17.5", "de-DE", "iPhone15,2")
    assert info(None, None, None, (0, 0), 1.0).battery is None
