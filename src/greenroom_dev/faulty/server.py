"""The faulty platform's server: `python -m greenroom_dev.faulty.server FOLDER SEED` prints its port, serves, and lies.

    PUT    /faults                       what goes wrong from now on
    POST   /ACCOUNT/containers           an upload that nobody sees; may be repeated
    POST   /ACCOUNT/posts                makes a post public, a new one for each call
    GET    /ACCOUNT/posts?marker=…       the list, some time behind what is out
    GET    /ACCOUNT/posts/ID             the post as its list shows it
    PUT    /ACCOUNT/posts/ID             other words for it; the same ones again change nothing
    DELETE /ACCOUNT/posts/ID

Everybody may do everything: it is a fake, and every answer says so.
"""

import asyncio
import json
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from greenroom_dev.faulty.faults import Faults
from greenroom_dev.faulty.ledger import Ledger

SAYS = "a fake platform for Greenroom's own tests; nothing here is public"


class HungUp(Exception):
    """The connection ends here, without an answer."""


class Server:
    def __init__(self, folder: Path, seed: int) -> None:
        self.faults = Faults()
        self._ledger = Ledger(folder)
        self._chance = random.Random(seed)  # noqa: S311  # faults, not secrets

    async def serve(self) -> None:
        listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        print(listening.sockets[0].getsockname()[1], flush=True)
        async with listening:
            await listening.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection. What it asks for happens also when whoever asked is gone by then."""
        try:
            method, path, body = await _request(reader)
            status, answer, headers = await self._answer(method, path, body)
            writer.write(_response(status, {"fake": SAYS, **answer}, headers))
            await writer.drain()
            writer.close()
        except (HungUp, OSError, asyncio.IncompleteReadError):
            writer.transport.abort()

    async def _answer(
        self, method: str, path: str, body: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
        address = urlsplit(path)
        match (method, *address.path.strip("/").split("/")):
            case ("PUT", "faults"):
                self.faults = replace(self.faults, **body)
                return 200, asdict(self.faults), {}
            case ("POST", _, "containers"):
                self._maybe_hang_up(self.faults.reads)
                return 201, {"container": f"c-{body['marker']}"}, {}
            case ("POST", str(account), "posts"):
                return await self._post(account, body)
            case ("GET", str(account), "posts"):
                marker = parse_qs(address.query).get("marker", [None])[0]
                self._maybe_hang_up(self.faults.reads)
                return 200, {"posts": [asdict(entry) for entry in self._ledger.seen(account, marker)]}, {}
            case ("GET", _, "posts", str(id)):
                self._maybe_hang_up(self.faults.reads)
                found = self._ledger.shown(id)
                return (200, asdict(found), {}) if found else (404, {"error": "it is not there"}, {})
            case ("PUT", _, "posts", str(id)):
                return await self._edit(id, body)
            case ("DELETE", _, "posts", str(id)):
                return (200 if self._ledger.remove(id) else 404), {}, {}
        return 404, {"error": "there is nothing here"}, {}

    async def _post(
        self, account: str, body: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:  # fmt: skip
        if body.get("container") != f"c-{body['marker']}":
            return 422, {"error": "upload it first"}, {}

        def make() -> tuple[int, Mapping[str, Any]]:
            lag, of = self.faults.lag, body.get("of", 1)
            return 201, {"id": self._ledger.add(account, body["marker"], body["text"], lag=lag, of=of).id}

        return await self._harmed(make)

    async def _edit(self, id: str, body: Mapping[str, Any]) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
        if not self.faults.corrects:
            return 405, {"error": "posts stay as they are here"}, {}

        def change() -> tuple[int, Mapping[str, Any]]:
            there = self._ledger.edit(id, body["text"], lag=self.faults.lag)
            return (200, {"id": id}) if there else (404, {"error": "it is not there"})

        return await self._harmed(change)

    async def _harmed(
        self, done: Callable[[], tuple[int, Mapping[str, Any]]]
    ) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
        """What is to be done, with whatever goes wrong before, while and after it."""
        faults, drawn, queued = self.faults, self._chance.random(), self._chance.random()
        if (drawn := drawn - faults.drop) < 0:
            raise HungUp
        if (drawn := drawn - faults.slow_down) < 0:
            return 429, {"error": "slow down"}, {"Retry-After": "1"}
        await asyncio.sleep(queued * faults.queue)
        status, answer = done()
        if (drawn := drawn - faults.error_after) < 0:
            return 500, {"error": "something went wrong"}, {}
        if (drawn := drawn - faults.reset_after) < 0:
            raise HungUp
        if drawn - faults.slow_after < 0:
            await asyncio.sleep(faults.slow)
        return status, answer, {}

    def _maybe_hang_up(self, share: float) -> None:
        if self._chance.random() < share:
            raise HungUp


async def _request(reader: asyncio.StreamReader) -> tuple[str, str, Mapping[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ")
    lengths = [line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    return method, path, json.loads(body or b"{}")


def _response(status: int, answer: Mapping[str, Any], headers: Mapping[str, str]) -> bytes:
    body = json.dumps(answer).encode()
    lines = [
        f"HTTP/1.1 {status} -",
        "Connection: close",
        f"Content-Length: {len(body)}",
        "Content-Type: application/json",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


if __name__ == "__main__":
    asyncio.run(Server(Path(sys.argv[1]), int(sys.argv[2])).serve())
