"""The wire, byte by byte: what these samples say may only change together with VERSION."""

from uuid import UUID

import pytest

from greenroom.wire import binary, control, messages
from greenroom.wire.binary import Action, Flag, Key, KeyPress, Press, Scroll, Touch, Video
from greenroom.wire.messages import NAMES, Message
from greenroom.wire.proof import signed_bytes
from greenroom.wire.version import VERSION

AGENT = UUID("01a1fed8-c14b-7320-86cb-10ca3a4fb5ff")
SEEN = messages.Seen(
    number=7, serial="emulator-5554", platform="android", alive="live", because="it answers", model="Pixel 8",
    system="Android 16", width=1080, height=2400, battery=81, charging=True, temperature=30.5,
    storage_free=64_000_000_000, storage_total=None, port="1-4.2", front="org.example",
    abilities=("files", "install"), marks=("ab" * 16,),
)  # fmt: skip
_SEEN = (
    '{"number":7,"serial":"emulator-5554","platform":"android","alive":"live","because":"it answers",'
    '"model":"Pixel 8","system":"Android 16","width":1080,"height":2400,"battery":81,"charging":true,'
    '"temperature":30.5,"storage_free":64000000000,"storage_total":null,"port":"1-4.2","front":"org.example",'
    '"abilities":["files","install"],"marks":["abababababababababababababababab"]}'
)

CONTROL: list[tuple[Message, str]] = [
    (messages.Hello(1, AGENT, "0.1.0"), f'{{"type":"hello","version":1,"agent":"{AGENT}","program":"0.1.0"}}'),
    (messages.Challenge("ab" * 32), f'{{"type":"challenge","nonce":"{"ab" * 32}"}}'),
    (messages.Proof("cd" * 64), f'{{"type":"proof","signature":"{"cd" * 64}"}}'),
    (messages.Welcome(1, 2.5), '{"type":"welcome","version":1,"beat":2.5}'),
    (
        messages.Refused("revoked", "This agent’s right to connect was taken back", again=False),
        '{"type":"refused","kind":"revoked","sentence":"This agent’s right to connect was taken back","again":false}',
    ),
    (messages.Beat(4_294_967_295), '{"type":"beat","count":4294967295}'),
    (messages.Phones((SEEN,)), f'{{"type":"phones","phones":[{_SEEN}]}}'),
    (messages.PhoneChanged(SEEN), f'{{"type":"phone_changed","phone":{_SEEN}}}'),
    (messages.Open(1), '{"type":"open","version":1}'),
    (messages.Tiles((messages.Tile(3, AGENT),)), f'{{"type":"tiles","tiles":[{{"number":3,"phone":"{AGENT}"}}]}}'),
    (
        messages.Lease(7, 41, held=True, seconds=60),
        '{"type":"lease","number":7,"epoch":41,"held":true,"seconds":60}',
    ),
    (messages.LeaseSeen(7, 41), '{"type":"lease_seen","number":7,"epoch":41}'),
    (messages.Fresh((7, 9)), '{"type":"fresh","numbers":[7,9]}'),
    (messages.Send(7, "focus", on=True), '{"type":"send","number":7,"stream":"focus","on":true}'),
    (messages.KeyFrame(7, "thumbnail"), '{"type":"key_frame","number":7,"stream":"thumbnail"}'),
    (messages.Want((AGENT,)), f'{{"type":"want","phones":["{AGENT}"]}}'),
    (
        messages.Held(7, 41, "Ada", mine=False),
        '{"type":"held","number":7,"epoch":41,"holder":"Ada","mine":false}',
    ),
    (
        messages.Watch(7, "focus", stills=False),
        '{"type":"watch","number":7,"quality":"focus","stills":false}',
    ),
    (messages.Shown((messages.ShownFrame(7, 12),)), '{"type":"shown","frames":[{"number":7,"sequence":12}]}'),
    (messages.Progress(9, 7, 55), '{"type":"progress","id":9,"number":7,"percent":55}'),
    (messages.InputDone(7, 12, 850), '{"type":"input_done","number":7,"sequence":12,"took":850}'),
    (messages.Refresh(7), '{"type":"refresh","number":7}'),
    (
        messages.Do(9, 7, 41, "text", 'Grüße "1"\n', 1),
        '{"type":"do","id":9,"number":7,"epoch":41,"verb":"text","argument":"Grüße \\"1\\"\\n","many":1}',
    ),
    (messages.Done(9, 7, "", "", "x"), '{"type":"done","id":9,"number":7,"kind":"","sentence":"","answer":"x"}'),
    (
        messages.InputRefused(7, 12, "stale", 42),
        '{"type":"input_refused","number":7,"sequence":12,"kind":"stale","epoch":42}',
    ),
]

BINARY: list[tuple[binary.Input, str]] = [
    (
        Touch(0x0102, 0x29, 0x0C, 0x01_0203_0405, Action.MOVE, 0x64, 0xC8, 0x0438, 0x0960, 1, 12),
        "02 01 0102 0000000000000029 0000000c 0000000102030405 0064 00c8 0438 0960 01 0c",
    ),
    (
        KeyPress(7, 41, 13, 5, Press.LONG, Key.BACK),
        "03 01 0007 0000000000000029 0000000d 0000000000000005 02 01",
    ),
    (
        Scroll(7, 41, 14, 6, 100, 200, 1080, 2400, -100, 32767, 64),
        "04 00 0007 0000000000000029 0000000e 0000000000000006 0064 00c8 0438 0960 ff9c 7fff 40",
    ),
]
VIDEO = Video(7, Flag.KEY, 3, 1_000_000, 360, 800, b"\x00\x00\x00\x01\x67")
VIDEO_BYTES = "01 01 0007 00000003 00000000000f4240 0168 0320 00000005 0000000167"


@pytest.mark.parametrize(("message", "text"), CONTROL, ids=lambda one: type(one).__name__)
def test_control_messages(message: Message, text: str) -> None:
    assert control.write(message) == text
    assert control.read(text, {type(message)}) == message
    assert control.read(text.encode(), {type(message)}) == message


@pytest.mark.parametrize(("one", "written"), BINARY, ids=lambda one: type(one).__name__)
def test_input(one: binary.Input, written: str) -> None:
    assert binary.write_input(one) == bytes.fromhex(written)
    assert binary.read_input(bytes.fromhex(written)) == one


def test_video() -> None:
    assert binary.write_video(VIDEO) == bytes.fromhex(VIDEO_BYTES)
    assert binary.read_video(bytes.fromhex(VIDEO_BYTES)) == VIDEO
    moved = binary.read_video(binary.renumbered(bytes.fromhex(VIDEO_BYTES), 0xBEEF))
    assert (moved.phone, moved.data, moved.moment) == (0xBEEF, VIDEO.data, VIDEO.moment)


def test_what_is_signed() -> None:
    assert signed_bytes("ab" * 32, AGENT) == (
        b"greenroom agent sign-in\x00\x00\x00\x00\x03" + AGENT.bytes + b"\xab" * 32
    )


def test_every_message_has_a_sample_and_the_samples_are_of_this_version() -> None:
    assert {type(message) for message, _ in CONTROL} == set(NAMES.values())
    assert VERSION == 3, "new samples with a new version, and never one without the other"
