"""Renews the vault's keys in processes that are killed with SIGKILL: `python -m tests.chaos.keeper URL HOME`.

Each line on standard input is a verb and the seconds after which its process dies ("-": it lives). The answer is
`killed` or `done`, and after how many seconds. A process is forked for each, so that only the first one waits for the
imports.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from greenroom.entrypoints.house import make_house, opened
from greenroom.infra.settings import Settings
from greenroom.infra.vault import store
from greenroom.infra.vault.rewrap import rewrap
from greenroom.infra.vault.rotate import rotate

BATCH = 5


def main() -> None:
    url, home = sys.argv[1:3]
    print("ready", flush=True)
    for line in sys.stdin:
        verb, after = line.split()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            asyncio.run(work(url, home, verb, writing))
            os._exit(0)
        os.read(reading, 1)  # its connections are open; now it renews
        begun = time.monotonic()
        if after != "-":
            time.sleep(float(after))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
        told = "killed" if os.WIFSIGNALED(status) else "done" if os.WEXITSTATUS(status) == 0 else "failed"
        print(told, time.monotonic() - begun, flush=True)


async def work(url: str, home: str, verb: str, started: int) -> None:
    async with opened(make_house(Settings(home=Path(home)), url, connections=2)) as house:
        async with house.database.transaction() as tx:
            organisations = sorted({row["organisation_id"] for row in await store.keys_everywhere(tx)})
        os.write(started, b".")
        if verb == "rewrap":
            await rewrap(house)
        for organisation in organisations if verb == "rotate" else ():
            await rotate(house, organisation, batch=BATCH)


if __name__ == "__main__":
    main()
