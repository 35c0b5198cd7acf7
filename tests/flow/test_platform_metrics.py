"""Numbers of posts come back from their platform: at their ages, once each, and what is not told is not zero."""

import json
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.jobs import Registry
from greenroom.infra.jobs.batch import Batches
from greenroom.infra.jobs.execute import execute
from greenroom.infra.jobs.slots import Slots
from greenroom.infra.jobs.watch import Watch
from greenroom.infra.postgres.addresses import Addresses
from greenroom.insights import jobs as insight_jobs
from greenroom.insights import report
from greenroom.insights.contracts import PlatformNumbers
from greenroom.insights.measure import AGES, look
from tests.support.mastodon import LinkedThere, Mock, link_there
from tests.support.publish import Desk


@pytest.fixture
async def linked(desk: Desk, mastodon_mock: Mock) -> LinkedThere:
    return await link_there(desk, mastodon_mock)


async def published(linked: LinkedThere) -> UUID:
    post = await linked.desk.planned()
    assert await linked.desk.run(post.id) is None
    return post.id


def aged(urls: Addresses, post: UUID, age: timedelta) -> None:
    with psycopg.connect(urls.superuser) as db:
        db.execute("update gr.post set posted_at = now() - %s where id = %s", (age, post))


async def run_looks(linked: LinkedThere, post: UUID) -> None:
    """Each look's job, once."""
    registry, tenant = Registry(), linked.desk.tenant
    insight_jobs.register(registry)
    async with tenant.context() as ctx:
        jobs = await ctx.db.all(
            "select id, doorbell from job where subject_id = %(id)s and kind = 'insights.measure' and state = 'queued'",
            {"id": post},
        )
    for job in jobs:
        address = {"organisation": str(tenant.organisation), "client": str(tenant.client), "job": str(job["id"])}
        kind = registry.kinds["insights.measure"]
        house, doorbell = tenant.house, json.dumps(address).encode()
        await execute(house, kind, job["doorbell"], doorbell, Watch(house), Batches(house), Slots(1))


async def samples(linked: LinkedThere, post: UUID) -> tuple[PlatformNumbers, ...]:
    async with linked.desk.tenant.context() as ctx:
        return (await report.post_insights(ctx, post)).platform


async def test_a_young_post_is_looked_at_at_each_age_once(linked: LinkedThere, database_urls: Addresses) -> None:
    post, house = await published(linked), linked.desk.tenant.house
    assert await look(house) == 0
    liker = linked.server.member()
    for number, age in enumerate(AGES):
        aged(database_urls, post, age + timedelta(minutes=1))
        assert await look(house) == 1
        assert await look(house) == 0
        await run_looks(linked, post)
        assert len(await samples(linked, post)) == number + 1
        id = linked.statuses()[0]["id"]
        linked.server.ask("POST", f"/api/v1/statuses/{id}/favourite", liker).raise_for_status()
    first, *_, last = await samples(linked, post)
    assert (first.platform, first.likes, first.replies, first.views) == ("mastodon", 0, 0, None)
    assert (last.likes, last.quotes) == (1, None)
    aged(database_urls, post, timedelta(days=60))
    assert await look(house) == 0


async def test_ages_that_were_slept_through_are_not_made_up(linked: LinkedThere, database_urls: Addresses) -> None:
    post, house = await published(linked), linked.desk.tenant.house
    aged(database_urls, post, timedelta(days=4))
    assert await look(house) == 1
    await run_looks(linked, post)
    assert len(await samples(linked, post)) == 1
    assert await look(house) == 0


async def test_a_post_that_is_gone_there_has_no_numbers(linked: LinkedThere, database_urls: Addresses) -> None:
    post = await published(linked)
    id = linked.statuses()[0]["id"]
    linked.server.ask("DELETE", f"/api/v1/statuses/{id}", linked.member).raise_for_status()
    aged(database_urls, post, timedelta(hours=2))
    assert await look(linked.desk.tenant.house) == 1
    await run_looks(linked, post)
    assert await samples(linked, post) == ()


async def test_one_that_was_deleted_there_is_removed_here_and_told(
    linked: LinkedThere, database_urls: Addresses
) -> None:
    post = await published(linked)
    id = linked.statuses()[0]["id"]
    linked.server.ask("DELETE", f"/api/v1/statuses/{id}", linked.member).raise_for_status()
    aged(database_urls, post, AGES[0] + timedelta(minutes=1))
    assert await look(linked.desk.tenant.house) == 1
    await run_looks(linked, post)
    shown = await linked.desk.post(post)
    assert shown.state == "removed"
    assert "was deleted there" in (shown.state_reason or "")
    async with linked.desk.tenant.context() as ctx:
        told = await ctx.db.all("select severity from event where kind = 'channels.post.removed'")
    assert [one["severity"] for one in told] == ["warning"]
    assert await samples(linked, post) == ()
