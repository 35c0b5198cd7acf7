"""A person at a wall, as a process that can be frozen: presses on while it holds a phone, and after it lost it.

`python -m tests.chaos.holder SOCKET COOKIE PHONE`: says `open`, `mine EPOCH` whenever it is told that it holds the
phone, and why whenever a press was refused. It presses 40 times a second with that epoch, which is also where it
presses, and never gives up: what a replaced holder sends is for others to refuse.
"""

import asyncio
import contextlib
import sys
import time
from urllib.parse import urlsplit
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect

from greenroom.wire import binary, control
from greenroom.wire.binary import Action, Touch
from greenroom.wire.messages import TO_WALL, Held, InputRefused, Open, Refused, Want
from greenroom.wire.version import VERSION

PAUSE = 1 / 40
WIDTH, HEIGHT = 720, 1600
MARGIN = 100
"""From the left edge, where gestures of the system begin."""
TURN = 50
"""Epochs after which places repeat."""
APART = 10
"""Pixels between the places of two epochs; a phone's input is coarser than its screen."""


def place(epoch: int) -> int:
    """Where a holder of this epoch presses."""
    return MARGIN + epoch % TURN * APART


async def hold(socket: str, cookie: str, phone: UUID) -> None:
    site = urlsplit(socket)
    headers = {"Cookie": f"greenroom={cookie}", "Origin": f"http://{site.netloc}"}
    async with connect(socket, additional_headers=headers, compression=None, max_size=None) as line:
        await line.send(control.write(Open(VERSION)))
        await line.send(control.write(Want((phone,))))
        print("open", flush=True)
        known: asyncio.Queue[Held] = asyncio.Queue()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_listen(line, known))
            tasks.create_task(_press(line, known))


async def _listen(line: ClientConnection, known: asyncio.Queue[Held]) -> None:
    async for data in line:
        if isinstance(data, bytes):
            continue
        match control.read(data, TO_WALL):
            case Held(mine=True) as held:
                print(f"mine {held.epoch}", flush=True)
                known.put_nowait(held)
            case InputRefused(kind=kind):
                print(kind, flush=True)
            case Refused(sentence=sentence):
                print(f"ended {sentence}", flush=True)


async def _press(line: ClientConnection, known: asyncio.Queue[Held]) -> None:
    held, sequence = await known.get(), 0
    while True:
        with contextlib.suppress(asyncio.QueueEmpty):
            while True:
                held = known.get_nowait()
        for action, later in ((Action.DOWN, 0), (Action.UP, 30_000)):
            sequence += 1
            moment = round(time.monotonic() * 1e6) + later
            touch = Touch(
                held.number, held.epoch, sequence, moment, action, place(held.epoch), HEIGHT // 2, WIDTH, HEIGHT
            )
            await line.send(binary.write_input(touch))
        await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    asyncio.run(hold(sys.argv[1], sys.argv[2], UUID(sys.argv[3])))
