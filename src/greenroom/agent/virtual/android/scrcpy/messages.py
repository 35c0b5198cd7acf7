"""scrcpy's control messages of version 3: big-endian, one byte of type first (`ControlMessageReader.java`)."""

import struct
from dataclasses import dataclass

from greenroom.agent.virtual.android.stream import Stream

KEY, TEXT, TOUCH, SCROLL, BACK_OR_SCREEN_ON, NOTIFICATIONS, SETTINGS, COLLAPSE = range(8)
GET_CLIPBOARD, SET_CLIPBOARD, DISPLAY_POWER, ROTATE, UHID_CREATE, UHID_INPUT, UHID_DESTROY = range(8, 15)
KEYBOARD_SETTINGS, START_APP, RESET_VIDEO = range(15, 18)
TEXT_MOST, CLIPBOARD_MOST = 300, (1 << 18) - 14
CLIPBOARD, ACK = 0, 1  # what the phone says

HEADS = {
    KEY: struct.Struct(">BiiI"), TOUCH: struct.Struct(">BqiiHHHII"), SCROLL: struct.Struct(">iiHHhhI"),
    BACK_OR_SCREEN_ON: struct.Struct(">B"), GET_CLIPBOARD: struct.Struct(">B"), DISPLAY_POWER: struct.Struct(">B"),
    UHID_DESTROY: struct.Struct(">H"), NOTIFICATIONS: struct.Struct(">"), SETTINGS: struct.Struct(">"),
    COLLAPSE: struct.Struct(">"), ROTATE: struct.Struct(">"), KEYBOARD_SETTINGS: struct.Struct(">"),
    RESET_VIDEO: struct.Struct(">"), TEXT: struct.Struct(">I"), SET_CLIPBOARD: struct.Struct(">qBI"),
    START_APP: struct.Struct(">B"), UHID_CREATE: struct.Struct(">HHHB"), UHID_INPUT: struct.Struct(">HH"),
}  # fmt: skip


class BadMessage(ValueError):
    """No control message of version 3; the server ends the session, as the real one does."""


@dataclass(frozen=True, slots=True)
class Message:
    kind: int
    fields: tuple[int, ...]
    data: bytes = b""

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")


async def read_message(stream: Stream) -> Message:
    """The next message; BadMessage on nonsense, IncompleteReadError at the end."""
    kind = (await stream.exactly(1))[0]
    head = HEADS.get(kind)
    if head is None:
        raise BadMessage(f"Unknown event type: {kind}")
    fields = head.unpack(await stream.exactly(head.size)) if head.size else ()
    if kind in (TEXT, SET_CLIPBOARD, START_APP, UHID_INPUT):
        most = TEXT_MOST if kind == TEXT else CLIPBOARD_MOST
        if fields[-1] > most:
            raise BadMessage(f"a text of {fields[-1]} bytes is more than {most}")
        return Message(kind, fields[:-1], await stream.exactly(fields[-1]))
    if kind == UHID_CREATE:
        name = await stream.exactly(fields[-1])
        (size,) = struct.unpack(">H", await stream.exactly(2))
        await stream.exactly(size)
        return Message(kind, fields[:-1], name)
    return Message(kind, fields)


def clipboard_message(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">BI", CLIPBOARD, len(data)) + data


def ack_message(sequence: int) -> bytes:
    return struct.pack(">Bq", ACK, sequence)
