"""Questions to the adb server: four hexadecimal digits of length, the request, then OKAY or FAIL."""

import asyncio
import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.drivers.adb.words import trouble
from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import HostBroken, Offline, Refused

MOST = 0xFFFF  # bytes of a request: its length has four digits
CONNECTING = 5.0  # seconds for the server on this very computer
ANSWERING = 5.0  # seconds for its answer: all that it knows is at hand
DIALLING = 20.0  # seconds for a phone on the network
TRANSPORT = struct.Struct("<Q")


class Failed(Exception):
    """The server answered FAIL; the text is its reason."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A phone as it is plugged in now: after a replug its number is another one, and the old one is refused.

    Serial numbers are not unique: cheap phones share one. `number` 0 is for servers that know no numbers.
    """

    serial: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Host:
    """An adb server that runs; see server.py for starting one."""

    port: int
    address: str = "127.0.0.1"

    async def ask(self, request: str, *, seconds: float | None = None) -> str:
        """The server's answer in words; Failed when it says no, HostBroken when it says nothing, or ends."""
        async with await self._request(request, seconds) as pipe:
            with _understood():
                async with asyncio.timeout(seconds or ANSWERING):
                    return (await read_text(pipe)).decode("utf-8", "replace")

    async def follow(self, request: str) -> Pipe:
        """A connection on which the server goes on answering."""
        return await self._request(request)

    async def attach(self, serial: str) -> Attached:
        """The phone behind a serial number, by its number on servers that have them; Failed when there is none."""
        try:
            async with await self._request(f"host:tport:serial:{serial}") as pipe:
                with _understood():
                    async with asyncio.timeout(ANSWERING):
                        return Attached(serial, TRANSPORT.unpack(await pipe.exactly(8))[0])
        except Failed as error:
            if "unknown host service" not in str(error):
                raise
        async with await self._request(f"host:transport:{serial}"):
            return Attached(serial)

    async def open(self, phone: Attached, service: str, *, name: str = "") -> Pipe:
        """A stream to one of the phone's services; PhoneError, told as `name`, when there is none."""
        wanted = _frame(service, name or phone.serial)
        choose = f"host:transport-id:{phone.number}" if phone.number else f"host:transport:{phone.serial}"
        try:
            pipe = await self._request(choose)
            try:
                await _exchange(pipe, wanted)
            except BaseException:
                pipe.close()
                raise
        except Failed as error:
            raise trouble(name or phone.serial, str(error)) from error
        except (EOFError, ConnectionError) as error:
            raise Offline(name or phone.serial, "lost its connection: check its cable or its network") from error
        return pipe

    async def features(self, phone: Attached, *, name: str = "") -> frozenset[str]:
        """What the phone's side of adb can do, such as shell_v2."""
        which = f"host-transport-id:{phone.number}" if phone.number else f"host-serial:{phone.serial}"
        try:
            return frozenset((await self.ask(f"{which}:features")).strip().split(","))
        except Failed as error:
            raise trouble(name or phone.serial, str(error)) from error

    async def connect(self, address: str) -> str:
        """Have the server dial a phone, as 10.0.0.7:5555; its words promise nothing: follow the list of phones."""
        async with within(DIALLING, address, "answer"):
            return await self.ask(f"host:connect:{address}", seconds=DIALLING)

    async def disconnect(self, address: str) -> str:
        try:
            return await self.ask(f"host:disconnect:{address}")
        except Failed as error:
            return str(error)  # it was not connected

    async def _request(self, request: str, seconds: float | None = None) -> Pipe:
        data = _frame(request, "adb")
        try:
            async with asyncio.timeout(CONNECTING):  # wait_for can swallow a cancellation in Python 3.11
                pipe = await Pipe.dial(self.address, self.port)
        except (OSError, TimeoutError) as error:
            raise HostBroken(f"No adb server answers on {self.address}:{self.port}; start the agent again.") from error
        try:
            with _understood():
                async with asyncio.timeout(seconds or ANSWERING):
                    await _exchange(pipe, data)
        except BaseException:
            pipe.close()
            raise
        return pipe


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    """A server that ends or says nothing more is broken, whatever it was asked."""
    try:
        yield
    except TimeoutError as error:
        raise HostBroken("The adb server does not answer; it is started again.") from error
    except (EOFError, OSError) as error:
        raise HostBroken("The adb server ended; it is started again.") from error


async def read_text(pipe: Pipe) -> bytes:
    """A text with its length in front."""
    return await pipe.exactly(_length(await pipe.exactly(4)))


async def _exchange(pipe: Pipe, data: bytes) -> None:
    await pipe.write(data)
    status = await pipe.exactly(4)
    if status == b"FAIL":
        raise Failed((await read_text(pipe)).decode("utf-8", "replace"))
    if status != b"OKAY":
        raise HostBroken(f"What listens there is no adb server: it said {status!r}.")


def _frame(request: str, name: str) -> bytes:
    try:
        data = request.encode()
    except UnicodeEncodeError as error:
        raise Refused(name, "cannot be told this: the text holds half a character") from error
    if len(data) > MOST:
        raise Refused(name, f"takes at most {MOST} bytes in one command, this has {len(data)}: send it in parts")
    return b"%04x" % len(data) + data


def _length(digits: bytes) -> int:
    try:
        return int(digits, 16)
    except ValueError as error:
        raise HostBroken(f"The adb server sent {digits!r} where a length belongs.") from error
