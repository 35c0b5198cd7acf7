"""The adb server's language: lists of phones, errors in words, shell packets, quoting proven by a real shell."""

import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.agent.drivers.adb.devices import Device, read_lines, read_proto
from greenroom.agent.drivers.adb.input import parts
from greenroom.agent.drivers.adb.quote import command
from greenroom.agent.drivers.adb.shell import HEADER, ShellReader
from greenroom.agent.drivers.adb.words import trouble
from greenroom.agent.errors import Busy, Lost, Offline, PhoneError, Refused, TimedOut, Unauthorised, plain
from greenroom.agent.liveness import Link

RULES = "(user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html]"
LINES = f"""0123456789ABCDEF       device usb:1-4.2 product:panther model:Pixel_7 device:panther transport_id:3
R5CW1234567            unauthorized usb:1-4.3 transport_id:4
10.0.0.7:5555          offline product:x model:A_B device:y transport_id:12
ZY22                   no permissions {RULES} usb:2-1 transport_id:5
emulator-5554          device product:sdk transport_id:6

"""
PROTO = """device {
  serial: "0123456789ABCDEF"
  state: DEVICE
  bus_address: "1-4.2"
  product: "panther"
  model: "Pixel_7"
  device: "panther"
  connection_type: USB
  negotiated_speed: 480
  max_speed: 5000
  transport_id: 3
}
device {
  serial: "R5CW1234567"
  state: UNAUTHORIZED
  bus_address: "1-4.3"
  connection_type: USB
  transport_id: 4
}
device {
  serial: "10.0.0.7:5555"
  state: OFFLINE
  product: "x"
  model: "Gr\\303\\274n \\"one\\""
  connection_type: SOCKET
  transport_id: 12
}
"""


def test_the_long_list_is_read_with_states_that_hold_spaces() -> None:
    first, second, third, fourth, fifth = read_lines(LINES)
    assert first == Device("0123456789ABCDEF", "device", 3, "Pixel_7", "panther", "1-4.2", True)
    assert (second.state, second.link) == ("unauthorised", Link.UNAUTHORISED)
    assert (third.serial, third.state, third.number, third.usb) == ("10.0.0.7:5555", "offline", 12, False)
    assert (fourth.state, fourth.number, fourth.link) == ("no permissions", 5, Link.DOWN)
    assert fifth.link is Link.UP


def test_the_text_of_the_protocol_buffer_says_the_same() -> None:
    first, second, third = read_proto(PROTO)
    assert first == read_lines(LINES)[0]
    assert (second.state, second.link, second.number) == ("unauthorised", Link.UNAUTHORISED, 4)
    assert (third.model, third.usb, third.link) == ('Grün "one"', False, Link.DOWN)


@given(st.text())
def test_no_text_breaks_the_lists(text: str) -> None:
    assert isinstance(read_lines(text), tuple)
    assert isinstance(read_proto("device {\n" + text + "\n}\n"), tuple)


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        (
            "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set",
            Unauthorised,
            "accept the prompt on its screen",
        ),
        ("device still authorizing", Unauthorised, "accept the prompt"),
        ("device offline", Offline, "unplug it"),
        ("device 'R5CW' not found", Offline, "check its cable"),
        ("no device with transport id '7'", Offline, "check its cable"),
        ("device still connecting", Busy, "still connecting"),
        ("insufficient permissions for device: user in plugdev group", Refused, "udev"),
        ("closed", Refused, "does not offer"),
        ("something\x1b[31m new\x00", Refused, "refused: something[31m new"),
    ],
)
def test_adbs_words_become_sentences_about_the_phone(words: str, kind: type[PhoneError], says: str) -> None:
    error = trouble("phone2", words)
    assert type(error) is kind
    assert error.detail.startswith("phone2 ")
    assert says in error.detail


@given(st.text())
def test_no_name_and_no_words_of_a_phone_bring_control_characters_into_a_sentence(text: str) -> None:
    for sentence in (Refused(text, text).detail, Lost(text).detail, TimedOut(text, text, 2.5).detail, plain(text)):
        assert sentence.isprintable()
        assert "\u202e" not in sentence
        assert len(sentence) < 800


hostile = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
nasty = st.sampled_from(
    ["", "'", "''", "$(id)", "`id`", "a;b", "--", "-rf", "*", "~", "\\", "\n", '"', "!!", "é", "%s", "a'b\"c\\"]
)


@settings(max_examples=100)
@given(st.lists(hostile | nasty, min_size=1, max_size=6))
def test_a_real_shell_hands_on_exactly_the_words(words: list[str]) -> None:
    line = command(["printf", r"%s\0", *words], phone="phone2")
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == words


def test_a_zero_character_is_refused_and_variables_are_quoted_too() -> None:
    with pytest.raises(Refused, match="zero character"):
        command(["echo", "a\0b"], phone="phone2")
    line = command(["sh", "-c", 'echo "$A"'], phone="phone2", variables={"A": "x; y'z"})
    assert subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True).stdout == b"x; y'z\n"


packets = st.lists(st.tuples(st.integers(0, 5), st.binary(max_size=200)))


@given(packets, st.lists(st.integers(0, 2000), max_size=20))
def test_shell_packets_come_out_the_same_wherever_they_are_cut(sent: list[tuple[int, bytes]], cuts: list[int]) -> None:
    data = b"".join(HEADER.pack(kind, len(part)) + part for kind, part in sent)
    places = sorted({min(one, len(data)) for one in cuts} | {0, len(data)})
    reader, found = ShellReader(), []
    for start, end in pairwise(places):
        found += list(reader.feed(data[start:end]))
    assert found == sent


@pytest.mark.parametrize("data", [HEADER.pack(9, 0), HEADER.pack(1, 1 << 30)])
def test_what_is_no_shell_packet_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no shell packet"):
        list(ShellReader().feed(data))


def as_android_types(argument: str) -> str:
    """InputShellCommand.sendText: %s becomes a space."""
    return argument.replace("%s", " ")


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=1000)
    | st.lists(st.sampled_from("% s"), max_size=30).map("".join)
)
def test_text_by_command_arrives_as_it_was(text: str) -> None:
    assert "".join(map(as_android_types, parts(text))) == text
