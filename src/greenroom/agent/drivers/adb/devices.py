"""The list of phones that an adb server keeps, read from both of its forms, and followed as it changes."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass

from greenroom.agent.drivers.adb.host import Attached, Failed, Host, read_text
from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.errors import HostBroken, plain
from greenroom.agent.liveness import Link

LOOK = 5.0  # seconds without news after which a server has to prove that it is not hung
PROTO = "devicetracker_proto_format"
LINE = re.compile(r"^(?P<serial>\S+)[ \t]+(?P<state>no permissions.*?|.*?)(?P<pairs>(?:[ \t]+[\w-]+:\S+)*)[ \t]*$")
PAIR = re.compile(r"([\w-]+):(\S+)")
FIELD = re.compile(r'^\s*(\w+):\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*$')
ESCAPE = re.compile(r"\\([0-7]{1,3}|.)")
LETTERS = {"n": 10, "r": 13, "t": 9}
PORT = re.compile(r"(?:usb:)?([0-9]+-[0-9]+(?:\.[0-9]+)*)")
LOCATION = re.compile(r"(?:usb:)?([0-9]{1,10})X")
SAME = {"unauthorized": "unauthorised", "nopermission": "no permissions", "no permissions": "no permissions"}


@dataclass(frozen=True, slots=True)
class Device:
    """`state` is adb's word (device, offline, unauthorised, connecting, recovery, …); `path`: where on USB."""

    serial: str
    state: str
    number: int = 0
    model: str = ""
    product: str = ""
    path: str = ""
    usb: bool = False

    @property
    def attached(self) -> Attached:
        return Attached(self.serial, self.number)

    @property
    def port(self) -> str:
        """The USB port, hubs first ("1-4.2"); empty where adb shows none, as for phones on the network."""
        if match := PORT.fullmatch(self.path):
            return match[1]
        match = LOCATION.fullmatch(self.path)
        return port_of_location(int(match[1])) if match else ""

    @property
    def link(self) -> Link:
        if self.state == "device":
            return Link.UP
        return Link.UNAUTHORISED if self.state in ("unauthorised", "authorizing") else Link.DOWN


async def track(host: Host) -> AsyncGenerator[tuple[Device, ...], None]:
    """The list now, and again after every change; HostBroken when the server ends."""
    try:
        features = (await host.ask("host:host-features")).split(",")
        form, read = ("proto-text", read_proto) if PROTO in features else ("l", read_lines)
        async with await host.follow(f"host:track-devices-{form}") as pipe:
            while True:
                yield read((await _next(host, pipe)).decode("utf-8", "replace"))
    except Failed as error:
        raise HostBroken(f"The adb server does not list its phones: {plain(str(error))}.") from error
    except (EOFError, OSError) as error:
        raise HostBroken("The adb server ended; it is started again.") from error


async def _next(host: Host, pipe: Pipe) -> bytes:
    """The next list, however long nothing changes, as long as the server answers."""
    reading = asyncio.ensure_future(read_text(pipe))
    try:
        while not (await asyncio.wait([reading], timeout=LOOK))[0]:
            await host.ask("host:version")
        return reading.result()
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def devices(host: Host) -> tuple[Device, ...]:
    """The list as it is now."""
    return read_lines(await host.ask("host:devices-l"))


def read_lines(text: str) -> tuple[Device, ...]:
    """The long form: serial, state, then pairs; a state may hold spaces and a link to documents."""
    return tuple(_from_line(match) for line in text.splitlines() if (match := LINE.match(line)))


def read_proto(text: str) -> tuple[Device, ...]:
    """The text form of a protocol buffer: one `device {` block a phone."""
    return tuple(_from_fields(fields) for fields in _blocks(text))


def port_of_location(location: int) -> str:
    """The port in a location of macOS: eight bits for the bus, then four for each port on the way, zero after the last.

    adb shows it there as decimal digits and an X, as usb:337641472X.
    """
    bus, digits = location >> 24 & 0xFF, f"{location & 0xFFFFFF:06x}".rstrip("0")
    return f"{bus}-{'.'.join(str(int(one, 16)) for one in digits)}" if digits and "0" not in digits else ""


def _from_line(match: re.Match[str]) -> Device:
    pairs = dict(PAIR.findall(match["pairs"]))
    path = pairs.get("usb", "")
    return Device(
        serial=match["serial"],
        state=_state(match["state"]),
        number=_whole(pairs.get("transport_id", "")),
        model=plain(pairs.get("model", ""), 100),
        product=pairs.get("product", ""),
        path=path,
        usb=bool(path),
    )


def _blocks(text: str) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    inside = False
    for line in text.splitlines():
        if line.strip() == "device {":
            fields, inside = {}, True
        elif line.strip() == "}" and inside:
            inside = False
            yield fields
        elif inside and (match := FIELD.match(line)):
            fields[match[1]] = _unescape(match[2]) if match[2] is not None else match[3]


def _from_fields(fields: dict[str, str]) -> Device:
    return Device(
        serial=fields.get("serial", ""),
        state=_state(fields.get("state", "")),
        number=_whole(fields.get("transport_id", "")),
        model=plain(fields.get("model", ""), 100),
        product=fields.get("product", ""),
        path=fields.get("bus_address", ""),
        usb=fields.get("connection_type", "") == "USB",
    )


def _state(word: str) -> str:
    low = word.strip().lower()
    return next((mapped for known, mapped in SAME.items() if low.startswith(known)), low)


def _unescape(text: str) -> str:
    """C escapes, which stand for bytes of UTF-8."""
    if "\\" not in text:
        return text
    data = bytearray()
    at = 0
    for match in ESCAPE.finditer(text):
        data += text[at : match.start()].encode()
        code = match[1]
        data.append(int(code, 8) & 0xFF if code[0] in "01234567" else LETTERS.get(code, ord(code) & 0xFF))
        at = match.end()
    return (data + text[at:].encode()).decode("utf-8", "replace")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
