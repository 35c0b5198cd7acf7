"""Gives an installation a past. No door of the product does that, so dates are set in the tables; readers are counted
by the product's own counting, on a clock that stands where each of them came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg

from greenroom.entrypoints.house import house_of_command
from greenroom.infra.context import Actor, House
from greenroom.infra.jobs.contexts import context_for
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.insights.count import Hit, count
from greenroom.insights.rollup import sum_up
from greenroom.insights.visit import Source, Visit
from greenroom.kit.chance import Chance
from greenroom.kit.clock import FixedClock
from greenroom_dev.shots.fill import World
from greenroom_dev.shots.world import VIDEOS, Video

_SOURCES: tuple[Source, ...] = ("direct", "direct", "social", "social", "social", "search", "feed", "site")
_BACK = (
    "update gr.post set posted_at = posted_at - %(by)s, due_at = due_at - %(by)s where id = %(post)s",
    "update gr.page_entry set published_at = published_at - %(by)s where post_id = %(post)s",
    """update gr.publish_attempt
       set started_at = started_at - %(by)s, armed_at = armed_at - %(by)s, ended_at = ended_at - %(by)s
       where post_id = %(post)s""",
    "update gr.content set created_at = created_at - %(by)s, updated_at = updated_at - %(by)s where id = %(content)s",
)
_ACTOR = Actor("command", None, "shots")
_BOT = 0.12
_CLICK = 0.15


async def give_past(world: World, settings: Settings) -> None:
    """Publish some posts days ago, and count their readers since."""
    out = [video for video in VIDEOS if video.end == "out"]
    _set_dates(world, settings, out)
    async with house_of_command(settings) as house:
        organisation = UUID(world.desk.get("/session")["organisation"]["id"])
        for video in out:
            await _count_readers(house, organisation, world, video)
        await sum_up(house)


def _set_dates(world: World, settings: Settings, videos: list[Video]) -> None:
    addresses = EmbeddedPostgres(settings.home).addresses()
    if addresses is None or addresses.superuser is None:
        raise RuntimeError("screenshots need the embedded database; unset GREENROOM_DATABASE_URL")
    with psycopg.connect(addresses.superuser) as connection:
        for video in videos:
            back = {
                "by": timedelta(days=-video.days),
                "post": world.posts[video.topic]["id"],
                "content": world.contents[video.topic],
            }
            for statement in _BACK:
                connection.execute(statement, back)


async def _count_readers(house: House, organisation: UUID, world: World, video: Video) -> None:
    """Most readers come in the first days."""
    chance, page = Chance(video.topic), world.pages[video.speaker]
    now, client = datetime.now(UTC), UUID(page["client_id"])
    links = world.desk.get("/links", account=page["id"])["items"]
    async with context_for(house, organisation, client, _ACTOR) as ctx:
        for number in range(video.views):
            late = chance.unit() ** 3
            at = now - timedelta(days=-video.days * (1 - late), hours=chance.real(0.0, 9.0))
            visit = Visit(bot=chance.unit() < _BOT, source=chance.choice(_SOURCES))
            then = replace(ctx, clock=FixedClock(max(at, now + timedelta(days=video.days))))
            hit = Hit("view", UUID(page["id"]), post=UUID(world.posts[video.topic]["id"]))
            await count(then, hit, visit, f"reader {number}")
            if links and not visit.bot and chance.unit() < _CLICK:
                await count(then, replace(hit, kind="click", link=UUID(links[0]["id"])), visit, f"reader {number}")
