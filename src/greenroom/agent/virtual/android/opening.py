"""What a client may open on a phone: the service behind each name, as adbd knows them."""

import functools
import re
import struct
from typing import TYPE_CHECKING, Protocol

from greenroom.agent.virtual.android.link import Service
from greenroom.agent.virtual.android.shell.serve import serve_bare, serve_packets
from greenroom.agent.virtual.android.stream import Stream
from greenroom.agent.virtual.android.sync import serve_sync
from greenroom.agent.virtual.picture import raw_picture

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

SHELL = re.compile(r"shell((?:,[^:]*)?):(.*)", re.DOTALL)
LISTENED = ("tcp:", "localabstract:", "local:", "localreserved:", "localfilesystem:")


class Runner(Protocol):
    """How a line is run on a stream: bare or in packets."""

    async def __call__(self, device: "Android", stream: Stream, line: str, *, prompt: bool) -> None: ...


def service_of(device: "Android", name: str) -> Service | None:
    """The service for a name; None where the phone refuses to open it."""
    if found := SHELL.fullmatch(name):
        options = found[1].split(",")[1:]
        pty = "pty" in options or ("raw" not in options and not found[2])
        serve: Runner = serve_packets if "v2" in options else serve_bare
        return functools.partial(_run, serve, device, found[2], prompt=pty and not found[2])
    head, colon, rest = name.partition(":")
    if head == "exec" and rest:
        return functools.partial(_run, serve_bare, device, rest, prompt=False)
    if name == "sync:":
        return functools.partial(serve_sync, device)
    if name == "framebuffer:":
        return functools.partial(_framebuffer, device)
    if name.startswith(LISTENED):
        return device.listener(name)
    if colon and head in ANSWERS:
        return functools.partial(ANSWERS[head], device, rest)
    return None


async def _run(serve: Runner, device: "Android", line: str, stream: Stream, *, prompt: bool) -> None:
    await device.handset.slowly()
    await serve(device, stream, line, prompt=prompt)


async def _framebuffer(device: "Android", stream: Stream) -> None:
    """Version 1: depth, size, width, height, then offset and length of red, blue, green and alpha."""
    await device.handset.ready()
    header, pixels = await raw_picture(device.handset.phone)
    width, height = struct.unpack_from("<II", header)
    await stream.write(struct.pack("<13I", 1, 32, len(pixels), width, height, 0, 8, 16, 8, 8, 8, 24, 8))
    await stream.write(pixels)


async def _reboot(device: "Android", rest: str, stream: Stream) -> None:
    stream.close()
    device.reboot()


async def _reverse(device: "Android", rest: str, stream: Stream) -> None:
    if rest == "list-forward":
        await stream.write(b"0000")
        return
    await _refuse(stream, "this phone does not forward in reverse: open its sockets from the computer instead")


async def _root(device: "Android", rest: str, stream: Stream) -> None:
    await stream.write(b"adbd cannot run as root in production builds\n")


async def _remount(device: "Android", rest: str, stream: Stream) -> None:
    await stream.write(b'Not running as root. Try "adb root" first.\n')


async def _tcpip(device: "Android", rest: str, stream: Stream) -> None:
    await stream.write(f"restarting in TCP mode port: {rest}\n".encode())


async def _refuse(stream: Stream, reason: str) -> None:
    """FAIL and a reason in the protocol's own frame of four hexadecimal digits."""
    await stream.write(f"FAIL{len(reason.encode()):04x}{reason}".encode())


ANSWERS = {"reboot": _reboot, "reverse": _reverse, "root": _root, "remount": _remount, "tcpip": _tcpip}
