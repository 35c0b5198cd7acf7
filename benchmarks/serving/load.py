"""`python -m benchmarks.serving.load PORT PATH SECONDS CONNECTIONS [COOKIE]`: a load of requests, one after the other
on each connection, and what they took, as JSON.

HTTP/1.1 by hand: a client library would take more of the processor than the server that is measured.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field

import click

WARM = 0.5
"""Seconds at the beginning that are not counted."""


@dataclass(slots=True)
class Seen:
    """Seconds that each counted answer took, and the bytes of the last one."""

    seconds: list[float] = field(default_factory=list)
    size: int = 0


@click.command()
@click.argument("port", type=int)
@click.argument("path")
@click.argument("seconds", type=float)
@click.argument("connections", type=int)
@click.argument("cookie", default="")
def main(port: int, path: str, seconds: float, connections: int, cookie: str) -> None:
    """Ask, and print how it went."""
    click.echo(json.dumps(asyncio.run(load(port, path, seconds, connections, cookie))))


async def load(port: int, path: str, seconds: float, connections: int, cookie: str) -> dict[str, float]:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *([f"Cookie: {cookie}"] if cookie else [])]
    request = "\r\n".join([*lines, "", ""])
    seen = Seen()
    begun = time.perf_counter() + WARM
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(ask(port, request.encode(), begun, begun + seconds, seen))
    took = sorted(seen.seconds)
    return {
        "rate": len(took) / seconds,
        "p50": 1000 * took[len(took) // 2],
        "p95": 1000 * took[int(len(took) * 0.95)],
        "answers": len(took),
        "size": seen.size,
    }


async def ask(port: int, request: bytes, begun: float, until: float, seen: Seen) -> None:
    """Requests on one connection until the time is over. Fails at the first answer that is not 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    while (at := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise click.ClickException(head.decode("latin-1"))
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        now = time.perf_counter()
        if at >= begun:
            seen.seconds.append(now - at)
            seen.size = length
    writer.close()


if __name__ == "__main__":
    main()
