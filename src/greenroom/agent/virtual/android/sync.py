"""The service `sync:`: stat, list, send and receive files, in both versions, without compression.

Requests are an id of four letters, a length and a path (`SYNC.TXT` in the Android sources). Version 2 says more in its
stat and names the mode in a packet of its own.
"""

import errno
import posixpath
import stat
import struct
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from greenroom.agent.virtual.android.disk import Entry, NoSuchPath, NotAllowed
from greenroom.agent.virtual.android.stream import Stream

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

REQUEST = struct.Struct("<4sI")
STAT_1 = struct.Struct("<4sIII")
STAT_2 = struct.Struct("<4sIQQIIIIQqqq")
ENTRY_1 = struct.Struct("<4sIIII")
ENTRY_2 = struct.Struct("<4sIQQIIIIQqqqI")
PATH_MOST = 1024
CHUNK = 64 << 10
SHELL_USER = 2000
Handler = Callable[["Android", Stream, str], Awaitable[None]]


async def serve_sync(device: "Android", stream: Stream) -> None:
    """Answer requests until QUIT; what is refused is answered with FAIL and the reason."""
    while True:
        name, length = REQUEST.unpack(await stream.exactly(REQUEST.size))
        if name == b"QUIT":
            return
        if length > PATH_MOST:
            await _fail(stream, "path too long")
            return
        path = (await stream.exactly(length)).decode("utf-8", "surrogateescape")
        await device.handset.slowly()
        handler = REQUESTS.get(name)
        if handler is None:
            await _fail(stream, f"unknown command {name.decode('ascii', 'replace')}")
            return
        try:
            await handler(device, stream, path)
        except (NoSuchPath, NotAllowed) as error:
            await _fail(stream, str(error))


async def _stat_1(device: "Android", stream: Stream, path: str) -> None:
    entry = device.disk.entry(device.disk.resolve(path))
    await stream.write(STAT_1.pack(b"STAT", *_brief(entry)))


async def _stat_2(device: "Android", stream: Stream, path: str) -> None:
    await stream.write(STAT_2.pack(b"STA2", *_full(device.disk.entry(device.disk.resolve(path)))))


async def _lstat_2(device: "Android", stream: Stream, path: str) -> None:
    await stream.write(STAT_2.pack(b"LST2", *_full(device.disk.entry(device.disk.resolve(path)))))


def _lister(form: struct.Struct, name: bytes, facts: Callable[[Entry | None], tuple[int, ...]]) -> Handler:
    """A request that lists a folder, in either version."""

    async def handle(device: "Android", stream: Stream, path: str) -> None:
        out = bytearray()
        folder = device.disk.resolve(path)
        if device.disk.is_folder(folder):
            here = device.disk.entry(folder)
            named = [(".", here), ("..", here)]
            named += [(posixpath.basename(entry.path), entry) for entry in device.disk.listing(folder)]
            for shown, entry in named:
                encoded = shown.encode("utf-8", "surrogateescape")
                out += form.pack(name, *facts(entry), len(encoded)) + encoded
        out += form.pack(b"DONE", *[0] * (len(facts(None)) + 1))
        await stream.write(out)

    return handle


async def _receive_1(device: "Android", stream: Stream, path: str) -> None:
    await _receive(device, stream, path)


async def _receive_2(device: "Android", stream: Stream, path: str) -> None:
    _name, flags = REQUEST.unpack(await stream.exactly(REQUEST.size))
    if flags:
        raise NotAllowed("compression is not supported by this phone")
    await _receive(device, stream, path)


async def _receive(device: "Android", stream: Stream, path: str) -> None:
    data = memoryview(device.disk.read(device.disk.resolve(path)))
    block = 8 * CHUNK  # several DATA packets in one write: fewer turns of the flow control
    for start in range(0, len(data), block):
        out = bytearray()
        for at in range(start, min(start + block, len(data)), CHUNK):
            part = data[at : at + CHUNK]
            out += REQUEST.pack(b"DATA", len(part)) + part
        await stream.write(out)
    await stream.write(REQUEST.pack(b"DONE", 0))


async def _send_1(device: "Android", stream: Stream, request: str) -> None:
    path, _, mode = request.rpartition(",")
    await _send(device, stream, path, int(mode) if mode.isdigit() else 0o644)


async def _send_2(device: "Android", stream: Stream, path: str) -> None:
    _name, mode, flags = struct.unpack("<4sII", await stream.exactly(12))
    if flags & ~0x80000000:  # the highest bit asks for a dry run
        raise NotAllowed("compression is not supported by this phone")
    await _send(device, stream, path, mode, dry=bool(flags))


async def _send(device: "Android", stream: Stream, path: str, mode: int, *, dry: bool = False) -> None:
    """Take a file; when it is refused the rest is read and thrown away, as adbd does, and the reason said last."""
    target = device.disk.resolve(path)
    data, refused = bytearray(), ""
    if stat.S_ISLNK(mode):
        refused = f"couldn't create symlink '{path}': {_text(errno.EPERM)}"
    while True:
        name, length = REQUEST.unpack(await stream.exactly(REQUEST.size))
        if name == b"DONE":
            break
        if name != b"DATA" or length > CHUNK:
            await _fail(stream, f"invalid data message {name!r} of {length} bytes")
            stream.close()
            return
        part = await stream.exactly(length)
        if not refused and len(data) + length > device.free():
            refused, data = f"couldn't write to '{path}': {_text(errno.ENOSPC)}", bytearray()
        if not refused:
            data += part
    if not refused and not dry:
        try:
            device.disk.write(target, bytes(data), mode=mode & 0o777, modified=length)
            device.stored(target)
        except (NotAllowed, NoSuchPath) as error:
            refused = f"couldn't create file: {error}"
    if refused:
        await _fail(stream, refused)
    else:
        await stream.write(REQUEST.pack(b"OKAY", 0))


async def _fail(stream: Stream, reason: str) -> None:
    encoded = reason.encode("utf-8", "surrogateescape")
    await stream.write(REQUEST.pack(b"FAIL", len(encoded)) + encoded)


def _brief(entry: Entry | None) -> tuple[int, ...]:
    return (entry.mode, min(entry.size, 0xFFFFFFFF), entry.modified) if entry else (0, 0, 0)


def _full(entry: Entry | None) -> tuple[int, ...]:
    if entry is None:
        return (errno.ENOENT, *[0] * 10)
    node = hash(entry.path) & 0x7FFFFFFF
    times = (entry.modified,) * 3
    return (0, 66, node, entry.mode, 1, SHELL_USER, SHELL_USER, entry.size, *times)


def _text(number: int) -> str:
    return {errno.ENOSPC: "No space left on device", errno.EPERM: "Operation not permitted"}[number]


REQUESTS: dict[bytes, Handler] = {
    b"STAT": _stat_1, b"STA2": _stat_2, b"LST2": _lstat_2, b"LIST": _lister(ENTRY_1, b"DENT", _brief),
    b"LIS2": _lister(ENTRY_2, b"DNT2", _full), b"RECV": _receive_1, b"RCV2": _receive_2, b"SEND": _send_1,
    b"SND2": _send_2,
}  # fmt: skip
