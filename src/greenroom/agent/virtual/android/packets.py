"""ADB's packets: a 24-byte header (command, two arguments, length, checksum, magic) and at most 1 MiB of payload.

The layout is that of `protocol.txt` in the Android sources. Since version 0x01000001 nobody checks the sum.
"""

import asyncio
import struct
from dataclasses import dataclass

HEADER = struct.Struct("<6I")
MOST = 1 << 20  # bytes of payload in one packet
OLD, NEW = 0x01000000, 0x01000001  # versions: with and without the sum

CNXN, AUTH, OPEN = (int.from_bytes(name, "little") for name in (b"CNXN", b"AUTH", b"OPEN"))
OKAY, WRTE, CLSE = (int.from_bytes(name, "little") for name in (b"OKAY", b"WRTE", b"CLSE"))
STLS = int.from_bytes(b"STLS", "little")

TOKEN, SIGNATURE, PUBLIC_KEY = 1, 2, 3  # first argument of AUTH


class BadPacket(ConnectionError):
    """What came is no ADB packet; the connection cannot go on."""


@dataclass(frozen=True, slots=True)
class Packet:
    command: int
    first: int
    second: int
    data: bytes | memoryview = b""

    def pack(self, *, summed: bool) -> bytes:
        """The packet as it goes over the wire; `summed` for a peer of the old version."""
        total = sum(self.data) & 0xFFFFFFFF if summed else 0
        magic = self.command ^ 0xFFFFFFFF
        header = HEADER.pack(self.command, self.first & 0xFFFFFFFF, self.second, len(self.data), total, magic)
        return header + self.data if self.data else header


async def read_packet(reader: asyncio.StreamReader) -> Packet:
    """The next packet; BadPacket on nonsense, IncompleteReadError at the end of the connection."""
    command, first, second, length, _total, magic = HEADER.unpack(await reader.readexactly(HEADER.size))
    if magic != command ^ 0xFFFFFFFF:
        raise BadPacket(f"the magic {magic:#010x} does not fit the command {command:#010x}")
    if length > MOST:
        raise BadPacket(f"a payload of {length} bytes is more than {MOST}")
    return Packet(command, first, second, await reader.readexactly(length) if length else b"")
