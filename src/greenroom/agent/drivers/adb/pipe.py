"""One socket to the adb server. Nothing is read ahead, because what is spoken on it changes half way."""

import asyncio
import socket
from types import TracebackType

CHUNK = 65_536


class Pipe:
    """Reads raise EOFError at the end; an abandoned read or write leaves the pipe good for `close` only."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._loop = asyncio.get_running_loop()
        self._writing = asyncio.Lock()

    @classmethod
    async def dial(cls, address: str, port: int) -> "Pipe":
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
        except BaseException:
            sock.close()
            raise
        return cls(sock)

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        """All of it; writers take turns."""
        async with self._writing:
            await self._loop.sock_sendall(self._socket, data)

    async def some(self, most: int = CHUNK) -> bytes:
        """What there is, empty at the end."""
        return await self._loop.sock_recv(self._socket, most)

    async def exactly(self, count: int) -> bytes:
        data = bytearray(count)
        if await self.fill(memoryview(data)) < count:
            raise EOFError("the connection ended early")
        return bytes(data)

    async def fill(self, room: memoryview) -> int:
        """Read into `room` in place until it is full or the other side ends; how many bytes came."""
        done = 0
        while done < len(room):
            count = await self._loop.sock_recv_into(self._socket, room[done:])
            if count == 0:
                break
            done += count
        return done

    async def rest(self, most: int) -> bytes:
        """All up to the end; ValueError when that is more than `most` bytes."""
        parts, size = [], 0
        while part := await self.some():
            size += len(part)
            if size > most:
                raise ValueError(f"an answer of more than {most} bytes")
            parts.append(part)
        return b"".join(parts)

    def close(self) -> None:
        self._socket.close()

    async def __aenter__(self) -> "Pipe":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
