"""Messages from scrcpy's control socket: the clipboard, receipts for what was put on it, keyboard lights."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.agent.drivers.adb.scrcpy.demux import BadStream

CLIPBOARD, RECEIPT, LIGHTS = 0, 1, 2
LARGEST = 1 << 20  # bytes of a clipboard


@dataclass(frozen=True, slots=True)
class Clipboard:
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    sequence: int


class Replies:
    """Feed it bytes however they are cut."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[Clipboard | Receipt]:
        self._rest += data
        while (size := self._size()) is not None:
            message = bytes(self._rest[:size])
            del self._rest[:size]
            if message[0] == CLIPBOARD:
                yield Clipboard(message[5:].decode("utf-8", "replace"))
            elif message[0] == RECEIPT:
                yield Receipt(struct.unpack_from(">q", message, 1)[0])

    def _size(self) -> int | None:
        """How long the first message is, if all of it is here."""
        rest = self._rest
        if not rest:
            return None
        if rest[0] == RECEIPT:
            size = 9
        elif rest[0] == CLIPBOARD:
            size = 5 + struct.unpack_from(">I", rest, 1)[0] if len(rest) >= 5 else 5
        elif rest[0] == LIGHTS:
            size = 5 + struct.unpack_from(">H", rest, 3)[0] if len(rest) >= 5 else 5
        else:
            raise BadStream(f"a message of kind {rest[0]}")
        if size > LARGEST:
            raise BadStream(f"a message of {size} bytes")
        return size if len(rest) >= size else None
