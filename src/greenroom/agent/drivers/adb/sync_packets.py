"""The packets of adb's file transfer, versions 1 and 2, as bytes."""

import stat
import struct
from dataclasses import dataclass

CHUNK = 65_536  # the most data in one packet
PATH = 1024  # the longest path
HEAD = struct.Struct("<4sI")
STAT1 = struct.Struct("<III")  # mode, size, time
STAT2 = struct.Struct("<IQQIIIIQqqq")  # error, device, inode, mode, links, user, group, size, three times
SEND2 = struct.Struct("<4sII")  # id, mode, flags
RECV2 = struct.Struct("<4sI")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder on the phone; `modified` in seconds since 1970."""

    name: str
    mode: int
    size: int
    modified: int

    @property
    def folder(self) -> bool:
        return stat.S_ISDIR(self.mode)


def request(kind: bytes, path: bytes) -> bytes:
    return HEAD.pack(kind, len(path)) + path


def send_opening(path: bytes, mode: int, *, modern: bool) -> bytes:
    """What comes before the data of a push."""
    if modern:
        return request(b"SND2", path) + SEND2.pack(b"SND2", mode, 0)
    return request(b"SEND", path + b",%d" % mode)


def recv_opening(path: bytes, *, modern: bool) -> bytes:
    return request(b"RCV2", path) + RECV2.pack(b"RCV2", 0) if modern else request(b"RECV", path)


def data_packets(block: memoryview) -> bytearray:
    """A block as packets of at most 64 KiB, in one piece for one write."""
    out = bytearray()
    for at in range(0, len(block), CHUNK):
        part = block[at : at + CHUNK]
        out += HEAD.pack(b"DATA", len(part))
        out += part
    return out


def entry2(name: str, packed: bytes) -> tuple[int, Entry]:
    """The error number (0: none) and the entry of a version 2 answer."""
    error, _, _, mode, _, _, _, size, _, modified, _ = STAT2.unpack(packed)
    return error, Entry(name, mode, size, modified)


def entry1(name: str, packed: bytes) -> Entry:
    mode, size, modified = STAT1.unpack(packed)
    return Entry(name, mode, size, modified)
