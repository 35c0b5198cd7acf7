"""scrcpy's messages byte by byte (golden vectors of scrcpy's own tests), its options and its sizes."""

import asyncio

import pytest

from greenroom.agent.virtual.android.packets import Packet
from greenroom.agent.virtual.android.scrcpy.messages import (
    HEADS,
    BadMessage,
    Message,
    ack_message,
    clipboard_message,
    read_message,
)
from greenroom.agent.virtual.android.scrcpy.options import BadOptions, parse_options, video_size
from greenroom.agent.virtual.android.stream import Stream


def nowhere(packet: Packet) -> None:
    """For streams that only read."""


async def read(data: bytes) -> Message:
    stream = Stream(nowhere, 1, 1, 4096)
    stream.feed(data)
    stream.end()
    return await read_message(stream)


async def test_golden_vectors() -> None:
    touch = await read(
        bytes.fromhex("02001234567887654321000000640000 00c804380780ffff0000000100000001".replace(" ", ""))
    )
    assert touch.fields == (0, 0x1234567887654321, 100, 200, 1080, 1920, 0xFFFF, 1, 1)
    scroll = await read(bytes.fromhex("0300000104000004020438 07807fff800000000001".replace(" ", "")))
    assert scroll.fields == (260, 1026, 1080, 1920, 32767, -32768, 1)
    text = await read(b"\x01\0\0\0\x0dhello, world!")
    assert text.text == "hello, world!"
    clip = await read(b"\x09\x01\x02\x03\x04\x05\x06\x07\x08\x01\0\0\0\x0dhello, world!")
    assert (clip.fields, clip.text) == ((0x0102030405060708, 1), "hello, world!")
    started = await read(b"\x10\x09firefox-x"[:11])
    assert started.text == "firefox-x"


def test_every_message_of_the_version_is_known() -> None:
    sizes = {kind: head.size for kind, head in HEADS.items()}
    assert sorted(sizes) == list(range(18))
    assert [sizes[kind] for kind in (0, 2, 3, 4, 8, 10)] == [13, 31, 20, 1, 1, 1]


@pytest.mark.parametrize("data", [b"\x12", b"\xff", b"\x01\0\0\x01\x2d"])
async def test_what_is_unknown_or_too_long_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        await read(data)


async def test_a_message_cut_short_is_the_end() -> None:
    with pytest.raises(asyncio.IncompleteReadError):
        await read(b"\x02\0\0")


def test_what_the_phone_says() -> None:
    assert clipboard_message("é") == b"\0\0\0\0\x02\xc3\xa9"
    assert ack_message(258) == b"\x01\0\0\0\0\0\0\x01\x02"


@pytest.mark.parametrize(
    ("size", "most", "meant"),
    [
        ((1080, 2400), 0, (1080, 2400)),
        ((1080, 2400), 1280, (576, 1280)),
        ((1080, 2400), 800, (360, 800)),
        ((2400, 1080), 800, (800, 360)),
        ((1080, 2340), 800, (368, 800)),
        ((1079, 1917), 0, (1080, 1912)),
    ],
)
def test_sizes_are_scrcpys(size: tuple[int, int], most: int, meant: tuple[int, int]) -> None:
    assert video_size(*size, most) == meant


def test_options() -> None:
    options = parse_options(
        ["3.3.4", "scid=0000002a", "tunnel_forward=true", "max_fps=15", "audio=false", "max_size=803"]
    )
    assert (options.name, options.fps, options.audio, options.most) == ("scrcpy_0000002a", 15.0, False, 800)
    for words in ([], ["4.0"], ["3.3.4"], ["3.3.4", "tunnel_forward=true", "max_fps=many"]):
        with pytest.raises(BadOptions):
            parse_options(words)
