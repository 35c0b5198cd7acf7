"""scrcpy's two sockets, byte for byte: its own golden vectors, and streams cut wherever chance cuts them."""

import io
import struct
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.drivers.adb.scrcpy import control
from greenroom.agent.drivers.adb.scrcpy.demux import BadStream, Demux, Packet, read_meta
from greenroom.agent.drivers.adb.scrcpy.options import start_line
from greenroom.agent.drivers.adb.scrcpy.replies import Clipboard, Receipt, Replies
from greenroom.agent.drivers.adb.scrcpy.sps import BadSps, read_sps, units
from greenroom.agent.phone_values import Quality


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


GOLDEN = [
    (
        control.touch("down", 100, 200, (1080, 1920), pointer=0x1234567887654321, button=1, buttons=1),
        "02 00 1234567887654321 00000064 000000c8 0438 0780 ffff 00000001 00000001",
    ),
    (control.scroll(260, 1026, (1080, 1920), 16, -16, buttons=1), "03 00000104 00000402 0438 0780 7fff 8000 00000001"),
    (control.key("up", 66, repeat=5, meta=0x41), "00 01 00000042 00000005 00000041"),
    (control.text("hello, world!"), "01 0000000d 68656c6c6f2c20776f726c6421"),
    (control.back_or_screen_on("up"), "04 01"),
    (control.notifications(), "05"),
    (control.get_clipboard(copy=1), "08 01"),
    (
        control.set_clipboard(0x0102030405060708, "hello, world!", paste=True),
        "09 0102030405060708 01 0000000d 68656c6c6f2c20776f726c6421",
    ),
    (control.display_power(True), "0a 01"),
    (control.rotate(), "0b"),
    (control.start_app("firefox"), "10 07 66697265666f78"),
    (control.reset_video(), "11"),
]


@pytest.mark.parametrize(("made", "golden"), GOLDEN, ids=[f"kind {made[0]}" for made, _ in GOLDEN])
def test_control_messages_are_those_of_scrcpys_own_tests(made: bytes, golden: str) -> None:
    assert made == bytes_of(golden)


def test_a_finger_that_leaves_has_no_pressure_and_is_the_generic_finger() -> None:
    message = control.touch("up", 1, 2, (216, 480))
    assert message[2:10] == b"\xff" * 7 + b"\xfe"
    assert message[22:24] == b"\0\0"
    assert len(message) == 32


@pytest.mark.parametrize(
    "make",
    [
        lambda: control.text("x" * 301),
        lambda: control.set_clipboard(1, "ü" * 131_073, paste=False),
        lambda: control.start_app("a" * 256),
    ],
)
def test_what_is_too_long_for_a_message_is_not_cut_in_silence(make: Callable[[], bytes]) -> None:
    with pytest.raises(ValueError, match="takes"):
        make()


packets = st.lists(
    st.builds(Packet, st.booleans(), st.booleans(), st.integers(0, (1 << 62) - 1), st.binary(max_size=300))
)


def packed(packet: Packet) -> bytes:
    flags = packet.moment | (packet.config << 63) | (packet.key << 62)
    return struct.pack(">QI", flags, len(packet.data)) + packet.data


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({min(one, len(data)) for one in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(places)]


@given(packets, st.lists(st.integers(0, 4000), max_size=30))
def test_the_video_comes_out_the_same_wherever_it_is_cut(sent: list[Packet], cuts: list[int]) -> None:
    demux, found = Demux(), []
    for part in cut(b"".join(map(packed, sent)), cuts):
        found += demux.feed(part)
    assert found == sent


def test_a_packet_too_large_to_be_true_ends_the_stream() -> None:
    with pytest.raises(BadStream):
        Demux().feed(struct.pack(">QI", 0, 17 << 20))


def test_the_head_tells_the_size_and_refuses_other_codecs() -> None:
    assert read_meta(struct.pack(">III", 0x68323634, 1080, 2400)) == (1080, 2400)
    with pytest.raises(BadStream, match="not H"):
        read_meta(struct.pack(">III", 0x68323635, 1080, 2400))


replies = st.lists(
    st.one_of(st.builds(Clipboard, st.text(max_size=40)), st.builds(Receipt, st.integers(-(1 << 63), (1 << 63) - 1)))
)


def reply(one: Clipboard | Receipt) -> bytes:
    if isinstance(one, Receipt):
        return struct.pack(">Bq", 1, one.sequence)
    data = one.text.encode()
    return struct.pack(">BI", 0, len(data)) + data


@given(replies, st.lists(st.integers(0, 500), max_size=20))
def test_replies_come_out_the_same_wherever_they_are_cut(sent: list[Clipboard | Receipt], cuts: list[int]) -> None:
    reader, found = Replies(), []
    lights = struct.pack(">BHH", 2, 1, 3) + b"abc"  # nobody asked for them: passed over
    for part in cut(lights + b"".join(map(reply, sent)) + lights, cuts):
        found += list(reader.feed(part))
    assert found == sent


@pytest.mark.parametrize("data", [b"\x07", struct.pack(">BI", 0, 1 << 30)])
def test_what_is_no_reply_is_refused(data: bytes) -> None:
    with pytest.raises(BadStream):
        list(Replies().feed(data))


def encoded(width: int, height: int, **options: str) -> bytes:
    """One key frame of x264, with its parameter sets in front."""
    out = io.BytesIO()
    with av.open(out, "w", format="h264") as file:
        stream = file.add_stream("libx264", rate=Fraction(15), options={"preset": "veryfast", **options})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.zeros((height, width, 3), np.uint8), format="rgb24")
        file.mux([*stream.encode(picture), *stream.encode(None)])
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "height", "options", "profile"),
    [
        (216, 480, {"profile": "baseline"}, "42"),
        (1080, 2400, {"profile": "baseline"}, "42"),  # 1080 is cropped out of 1088
        (480, 216, {"profile": "main"}, "4d"),
        (486, 1078, {"profile": "high"}, "64"),
        (720, 480, {"profile": "high", "x264-params": "interlaced=1"}, "64"),
    ],
)
def test_size_and_codec_are_read_from_what_an_encoder_writes(
    width: int, height: int, options: dict[str, str], profile: str
) -> None:
    data = encoded(width, height, **options)
    found = read_sps(data)
    assert (found.width, found.height) == (width, height)
    sps = next(unit for unit in units(data) if unit[0] & 31 == 7)
    assert found.codec == f"avc1.{sps[1:4].hex()}"
    assert found.codec.startswith(f"avc1.{profile}")


def test_a_parameter_set_that_ends_early_is_refused() -> None:
    with pytest.raises(BadSps, match="early"):
        read_sps(bytes_of("00000001 6742c029"))
    with pytest.raises(BadSps, match="no sequence"):
        read_sps(bytes_of("00000001 68ce3c80"))


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reading_of_parameter_sets(data: bytes) -> None:
    for start in (b"", b"\0\0\0\1\x67", b"\0\0\1\x67\x64\0\x1f"):
        try:
            found = read_sps(start + data)
        except BadSps:
            continue
        assert 0 < found.width <= 16_384
        assert 0 < found.height <= 16_384


def test_the_start_line_is_scrcpys_and_nothing_in_it_can_act_on_a_shell() -> None:
    line = start_line("/data/local/tmp/x.jar", "3.3.4", 0x1234, Quality(640, 15, 1_000_000), phone="phone2")
    assert line.startswith("CLASSPATH=/data/local/tmp/x.jar app_process / com.genymobile.scrcpy.Server 3.3.4 ")
    assert " scid=00001234 " in line
    assert " max_size=640 max_fps=15 video_bit_rate=1000000 " in line
    assert " stay_awake=false " in line  # the end of one session would take it from the one beside it
    assert " cleanup=false " in line
    with pytest.raises(ValueError, match="scrcpy"):
        start_line("/x", "3.3.4", 1, Quality("1;reboot"), phone="phone2")  # type: ignore[arg-type]  # the point of it
