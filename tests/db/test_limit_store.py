"""The buckets that all servers share, while one of them forgets the full ones."""

import asyncio

from greenroom.infra.context import House
from greenroom.infra.http.buckets import Limit
from greenroom.infra.http.limit_store import take_share, tidy

KEY = bytes(range(32))
LIMIT = Limit("user", 1000)


async def test_a_share_is_taken_whatever_is_forgotten_meanwhile(house: House) -> None:
    done = False

    async def take() -> None:
        for _ in range(150):
            async with house.database.transaction() as tx:
                _, lent = await take_share(tx, KEY, LIMIT)
                assert lent > 0

    async def forget() -> int:
        times = 0
        while not done:
            async with house.database.transaction() as tx:
                await tx.execute("update request_bucket set at = at - interval '1 hour'")
                await tidy(tx)
            times += 1
        return times

    forgetting = asyncio.create_task(forget())
    try:
        await asyncio.gather(*(take() for _ in range(3)))
    finally:
        done = True
        times = await forgetting
    assert times > 20
