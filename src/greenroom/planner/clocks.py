"""What clocks do may change: a post's time on the wall stays, the instant that it means is worked out again."""

import logging
from datetime import datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from greenroom.channels import facade as channels
from greenroom.infra.context import Actor, House
from greenroom.infra.jobs.contexts import context_for
from greenroom.planner import store
from greenroom.planner.when import instant, note_on

log = logging.getLogger(__name__)

_ACTOR = Actor("system", None, "planner")


async def follow_clocks(house: House, *, at_once: int = 500) -> int:
    """Compare every post that waits for a time on a wall with the zones as this process knows them; how many moved.

    A process reads its zones once, so new ones come with a start; going through the posts again finds nothing to do.
    """
    moved, after = 0, None
    while True:
        async with house.database.transaction() as tx:
            rows = await store.on_the_wall(tx, after, at_once)
        if not rows:
            return moved
        after = rows[-1]["id"]
        whose = sorted(rows, key=lambda row: (row["organisation_id"], row["client_id"]))
        for (organisation, client), posts in groupby(whose, lambda row: (row["organisation_id"], row["client_id"])):
            moved += await _follow(house, organisation, client, [post["id"] for post in posts])


async def tick(house: House) -> None:
    if moved := await follow_clocks(house):
        log.warning("the rules of some zones changed: %s posts keep their time on the wall at another instant", moved)


async def _follow(house: House, organisation: UUID, client: UUID, posts: list[UUID]) -> int:
    async with context_for(house, organisation, client, _ACTOR) as ctx:
        now = await channels.database_now(ctx)

        def means(wall: datetime, zone: str) -> tuple[datetime, str | None]:
            place = ZoneInfo(zone)
            return max(instant(wall, place), now), note_on(wall, place)

        return await channels.follow_clocks(ctx, posts, means)
