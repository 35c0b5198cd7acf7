"""One request to the faulty platform, and its server as a process of its own."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from greenroom_dev import ROOT
from greenroom_dev.faulty.faults import Faults


class NotConnected(Exception):
    """Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]


async def ask(
    port: int,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    *,
    within: float = 1.5,
    before: Callable[[], None] = lambda: None,
) -> Answer:
    """The answer; NotConnected when nothing was sent, OSError or TimeoutError when nobody knows what happened.

    `before` is called once there is a connection, right before the request is written.
    """
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError as error:
        raise NotConnected from error
    try:
        async with asyncio.timeout(within):
            before()
            content = json.dumps(body or {}).encode()
            writer.write(f"{method} {path} HTTP/1.1\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content)
            await writer.drain()
            whole = await reader.read()
    finally:
        writer.close()
    head, _, said = whole.partition(b"\r\n\r\n")
    if not head:
        raise ConnectionResetError("hung up without an answer")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split(" ")[1]), headers, json.loads(said))


@contextmanager
def serving(folder: Path, *, seed: int, faults: Faults | None = None) -> Iterator[int]:
    """The server in a process of its own for the time of the block; gives its port. The folder has its ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "greenroom_dev.faulty.server", str(folder), str(seed)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    try:
        assert process.stdout is not None  # noqa: S101  # it is a pipe, as asked for above
        port = int(process.stdout.readline())
        if faults is not None:
            asyncio.run(ask(port, "PUT", "/faults", asdict(faults)))
        yield port
    finally:
        process.kill()
        process.communicate()
