"""What the media room does by itself: forget uploads that nobody finished."""

import asyncio
import time

from greenroom.infra.context import House
from greenroom.infra.jobs import Registry
from greenroom.media import upload_store
from greenroom.media.part import Part, forget_older
from greenroom.media.upload import KEPT_FOR


def register(registry: Registry) -> None:
    registry.every("media.tidy", tidy, seconds=3600)


async def tidy(house: House) -> None:
    """Forget uploads whose time is over, everywhere, and the bytes of them that lie on this machine.

    Bytes whose upload is gone already (a crash after its commit, another machine's tick) go by their age.
    """
    async with house.database.transaction() as tx:
        over = await upload_store.forget_over(tx)
    for upload in over:
        Part(house.settings, upload).remove()
    await asyncio.to_thread(forget_older, house.settings, time.time() - KEPT_FOR.total_seconds())
