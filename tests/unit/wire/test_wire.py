"""The wire keeps what it is given, refuses what it should, and says nothing but Malformed to what is hostile."""

import json
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.wire import binary, control, messages
from greenroom.wire.binary import Action, Flag, Key, KeyPress, Press, Scroll, Touch, Video
from greenroom.wire.errors import Malformed
from greenroom.wire.fields import Between, Hex
from greenroom.wire.limits import LARGEST_CONTROL, LARGEST_EPOCH, LARGEST_FRAME, LARGEST_VIDEO, MOST_PHONES
from greenroom.wire.messages import FROM_AGENT, FROM_STRANGER, FROM_WALL, NAMES, TO_AGENT, TO_WALL
from greenroom.wire.version import VERSION, mismatch

EVERY = frozenset(NAMES.values())
TEXT = st.characters(codec="utf-8", exclude_characters="\0")


def valid(hint: Any) -> st.SearchStrategy[Any]:
    """Values that an annotation allows."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return bounded(parts[0], parts[1])
    if origin is Literal:
        return st.sampled_from(parts)
    if type(None) in parts:
        return st.none() | valid(parts[0])
    if hint is bool:
        return st.booleans()
    if hint is UUID:
        return st.uuids()
    return record(hint)


def bounded(kind: Any, bound: Any) -> st.SearchStrategy[Any]:
    if isinstance(bound, Hex):
        return st.binary(min_size=bound.size, max_size=bound.size).map(bytes.hex)
    assert isinstance(bound, Between)
    if kind is str:
        return st.text(TEXT, min_size=int(bound.least), max_size=min(int(bound.most), 40))
    if kind is int:
        return st.integers(int(bound.least), int(bound.most))
    if kind is float:
        return st.floats(bound.least, bound.most)
    return st.lists(valid(get_args(kind)[0]), max_size=3).map(tuple)


def record(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{name: valid(hint) for name, hint in hints.items()})


@given(st.one_of([record(kind) for kind in NAMES.values()]))
@settings(max_examples=200)
def test_messages_come_back_as_they_went(message: messages.Message) -> None:
    text = control.write(message)
    assert control.read(text, EVERY) == message
    assert control.write(control.read(text.encode(), EVERY)) == text


U16, U32, U64 = st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)
HEAD = {
    "many": st.integers(1, MOST_PHONES),
    "phone": U16,
    "epoch": st.integers(0, LARGEST_EPOCH),
    "sequence": U32,
    "moment": U64,
}
I16 = st.integers(-(2**15), 2**15 - 1)


@st.composite
def inputs(draw: st.DrawFn) -> binary.Input:
    head = {name: draw(kind) for name, kind in HEAD.items()}
    if draw(st.booleans()):
        return KeyPress(**head, press=draw(st.sampled_from(Press)), key=draw(st.sampled_from(Key)))
    width, height = draw(st.integers(1, 2**16 - 1)), draw(st.integers(1, 2**16 - 1))
    place = {"x": draw(st.integers(0, width - 1)), "y": draw(st.integers(0, height - 1))}
    head |= {**place, "width": width, "height": height}
    if draw(st.booleans()):
        return Touch(**head, action=draw(st.sampled_from(Action)), pointer=draw(st.integers(0, 255)))
    return Scroll(**head, right=draw(I16), down=draw(I16))


@given(inputs())
def test_inputs_come_back_as_they_went(one: binary.Input) -> None:
    written = binary.write_input(one)
    assert binary.read_input(written) == one
    for cut in range(len(written)):
        with pytest.raises(Malformed):
            binary.read_input(written[:cut])
    with pytest.raises(Malformed):
        binary.read_input(written + b"\0")


@given(U16, st.sampled_from([0, 1, 3, 4, 5, 7]), U32, U64, st.binary(min_size=1, max_size=300))
def test_video_comes_back_as_it_went(phone: int, flags: int, sequence: int, moment: int, data: bytes) -> None:
    frame = Video(phone, Flag(flags), sequence, moment, 360, 800, data)
    written = binary.write_video(frame)
    assert binary.read_video(written) == frame
    for cut in (0, 1, binary.VIDEO_HEADER - 1, binary.VIDEO_HEADER, len(written) - 1):
        with pytest.raises(Malformed):
            binary.read_video(written[:cut])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_whatever_is_sent_only_malformed_comes_of_it(sent: str | bytes) -> None:
    with pytest.raises(Malformed):
        control.read(sent, EVERY)


@given(st.binary(max_size=64) | inputs().map(binary.write_input), st.integers(0, 63), st.integers(0, 255))
def test_bytes_that_flip_are_read_or_malformed(data: bytes, place: int, byte: int) -> None:
    bent = bytes([*data[:place], byte, *data[place + 1 :]])
    for read in (binary.read_input, binary.read_video):
        try:
            read(bent)
        except Malformed:
            continue


@given(record(messages.Do), st.data())
def test_a_field_of_another_kind_is_malformed(message: messages.Do, data: st.DataObject) -> None:
    body = json.loads(control.write(message))
    name = data.draw(st.sampled_from(sorted(body)))
    body[name] = data.draw(st.sampled_from([None, -1, 1.5, True, [], {}, "\ud800", "\0", 2**70, "x" * 10_001]))
    with pytest.raises(Malformed):
        control.read(json.dumps(body), EVERY)


HOSTILE = [
    "", "null", "[]", "{", '{"type":"beat"}', '{"type":"beat","count":1,"more":1}', '{"type":"beat","count":NaN}',
    '{"type":"beat","count":1e999}', '{"type":"beat","count":1,"count":2}', '{"type":"beat","type":"beat","count":1}',
    '{"type":["beat"],"count":1}', '{"type":"beat","count":"1"}', '{"type":"beat","count":1.0}',
    '{"type":"nobody","count":1}', "[" * 100_000, '{"a":' * 50_000, '{"type":"beat","count":' + "9" * 100_000 + "}",
    '{"type":"done","id":1,"number":1,"kind":"\\ud800","sentence":""}',
    '{"type":"done","id":1,"number":1,"kind":"\\u0000","sentence":""}',
    '{"type":"done","id":1,"number":65536,"kind":"","sentence":""}',
    '{"type":"hello","version":1,"agent":"01A1FED8-C14B-7320-86CB-10CA3A4FB5FF","program":""}',
    '{"type":"hello","version":1,"agent":"{1a1fed8-c14b-7320-86cb-10ca3a4fb5ff}","program":""}',
    '{"type":"challenge","nonce":"' + "AB" * 32 + '"}', '{"type":"challenge","nonce":"' + "０" * 64 + '"}',
    " " * LARGEST_CONTROL + '{"type":"beat","count":1}', "ü" * (LARGEST_CONTROL - 10), "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:40]))
def test_hostile_messages(text: str) -> None:
    with pytest.raises(Malformed):
        control.read(text, EVERY)


@pytest.mark.parametrize("size", [LARGEST_VIDEO + 1, 1_000_000, 1_048_576])
def test_frames_of_a_megabyte_are_refused(size: int) -> None:
    assert size > LARGEST_FRAME
    with pytest.raises(Malformed):
        binary.read_video(bytes([1, 1, 0, 7]) + bytes(size - 4))
    with pytest.raises(Malformed):
        binary.write_video(Video(7, Flag.KEY, 1, 1, 360, 800, bytes(size)))
    with pytest.raises(Malformed):
        control.read('{"type":"beat","count":1}' + " " * size, EVERY)


BENT_VIDEO = [
    Video(7, Flag.JPEG, 1, 1, 360, 800, b"x"),
    Video(7, Flag.KEY, 1, 1, 0, 800, b"x"),
    Video(7, Flag.KEY, 1, 1, 360, 800, b""),
    Video(70_000, Flag.KEY, 1, 1, 360, 800, b"x"),
    Video(-1, Flag.KEY, 1, 1, 360, 800, b"x"),
]


@pytest.mark.parametrize("frame", BENT_VIDEO)
def test_video_that_the_other_end_would_refuse_is_not_sent(frame: Video) -> None:
    with pytest.raises(Malformed):
        binary.write_video(frame)


BENT_INPUT = [
    Touch(7, 1, 1, 1, Action.DOWN, 360, 1, 360, 800),
    Touch(7, 1, 1, 1, Action.DOWN, 1, 800, 360, 800),
    Touch(7, 1, 1, 1, Action.DOWN, 0, 0, 0, 0),
    Touch(7, 1, 1, 1, Action.DOWN, 1, 1, 360, 800, 0, 0),
    Touch(7, 1, 1, 1, Action.DOWN, 1, 1, 360, 800, 0, 65),
    Touch(7, -1, 1, 1, Action.DOWN, 1, 1, 360, 800),
    Touch(7, 2**63, 1, 1, Action.DOWN, 1, 1, 360, 800),
    Scroll(7, 1, 1, 1, 1, 1, 360, 800, 40_000, 0),
]


@pytest.mark.parametrize("one", BENT_INPUT)
def test_input_that_the_other_end_would_refuse_is_not_sent(one: binary.Input) -> None:
    with pytest.raises(Malformed):
        binary.write_input(one)


def test_the_longest_list_of_phones_fits() -> None:
    worst = messages.Seen(
        number=65535, serial="\x01" * 120, platform="android", alive="unauthorised", because="\x01" * 200,
        model="\x01" * 120, system="\x01" * 120, width=65535, height=65535, battery=100, charging=False,
        temperature=-99.99999999999999, storage_free=2**60, storage_total=2**60, port="\x01" * 120,
        front="\x01" * 120, abilities=("clipboard_write",) * 20, marks=("ab" * 16,) * 4,
    )  # fmt: skip
    text = control.write(messages.Phones((worst,) * MOST_PHONES))
    assert len(text.encode()) < LARGEST_CONTROL
    with pytest.raises(Malformed):
        control.write(messages.Phones((worst,) * (MOST_PHONES + 1)))


def test_each_end_says_only_what_is_its_own() -> None:
    """A wall is no agent, and nobody gives orders before it has proved who it is."""
    order = control.write(messages.Do(1, 7, 41, "text", "x", 1))
    for allowed in (FROM_STRANGER, FROM_AGENT, TO_WALL):
        with pytest.raises(Malformed, match="sent here"):
            control.read(order, allowed)
    lease = control.write(messages.Lease(7, 42, held=True, seconds=60))
    for allowed in (FROM_STRANGER, FROM_AGENT, FROM_WALL):
        with pytest.raises(Malformed, match="sent here"):
            control.read(lease, allowed)
    assert FROM_STRANGER | FROM_AGENT | TO_AGENT | FROM_WALL | TO_WALL == EVERY


def test_two_versions_say_in_one_sentence_what_to_upgrade() -> None:
    assert mismatch(VERSION, VERSION) is None
    assert mismatch(3, 2) == (
        "Upgrade the agent: it speaks version 2 and the server speaks version 3; both need the same"
    )
    assert mismatch(3, 4) == (
        "Upgrade the server: it speaks version 3 and the agent speaks version 4; both need the same"
    )
