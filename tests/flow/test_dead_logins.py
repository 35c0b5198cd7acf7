"""Posts for an account whose login is dead wait, are told of once, and go out or are missed when it is mended."""

from datetime import timedelta

import psycopg
import pytest

from greenroom.channels import facade as channels
from greenroom.channels import login_store
from greenroom.channels.contracts import Post
from greenroom.channels.warn import warn_of_waiting
from greenroom.infra.postgres.addresses import Addresses
from greenroom.planner.due import send_due
from tests.support.mastodon import LinkedThere, Mock, link_there
from tests.support.publish import Desk


@pytest.fixture
async def linked(desk: Desk, mastodon_mock: Mock) -> LinkedThere:
    return await link_there(desk, mastodon_mock)


async def die(linked: LinkedThere) -> None:
    async with linked.desk.tenant.context() as ctx:
        await login_store.write_error(ctx, linked.account.id, "The login is dead", reconnect=True)


async def planned(linked: LinkedThere, title: str, ahead: timedelta, urls: Addresses) -> Post:
    """A post that is due in this time."""
    desk = linked.desk
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        due = await channels.database_now(ctx) + timedelta(days=30)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
    move(urls, post, ahead)
    return post


def move(urls: Addresses, post: Post, ahead: timedelta) -> None:
    with psycopg.connect(urls.superuser) as db:
        db.execute("update gr.post set due_at = now() + %s where id = %s", (ahead, post.id))


async def warnings(linked: LinkedThere) -> list[tuple[str, str]]:
    async with linked.desk.tenant.context() as ctx:
        rows = await ctx.db.all(
            """select severity, message from event
               where kind = 'channels.account.holds' and subject_id = %(id)s order by id""",
            {"id": linked.account.id},
        )
    return [(row["severity"], row["message"]) for row in rows]


async def test_posts_that_wait_for_it_are_told_of_once_together(linked: LinkedThere, database_urls: Addresses) -> None:
    house = linked.desk.tenant.house
    for number in range(3):
        await planned(linked, f"Loaf {number}", timedelta(days=3 + number), database_urls)
    later = await planned(linked, "Later", timedelta(days=20), database_urls)
    assert await warn_of_waiting(house) == 0
    await die(linked)
    assert await warn_of_waiting(house) == 1
    assert await warn_of_waiting(house) == 0
    ((severity, message),) = await warnings(linked)
    assert severity == "warning"
    assert "3 posts wait for it in the next 7 days" in message
    move(database_urls, later, timedelta(hours=5))
    assert await warn_of_waiting(house) == 1
    assert await warn_of_waiting(house) == 0
    severity, message = (await warnings(linked))[-1]
    assert severity == "error"
    assert "1 post waits for it in the next day" in message


async def test_mended_within_the_hour_they_go_out_and_after_it_a_person_is_asked(
    linked: LinkedThere, database_urls: Addresses
) -> None:
    tenant = linked.desk.tenant
    soon = await planned(linked, "Soon", timedelta(minutes=-20), database_urls)
    missed = await planned(linked, "Missed", timedelta(minutes=-90), database_urls)
    await die(linked)
    assert await send_due(tenant.house) == 1
    assert (await linked.desk.post(soon.id)).state == "scheduled"
    shown = await linked.desk.post(missed.id)
    assert shown.state == "missed"
    assert "was not connected" in (shown.state_reason or "")
    shown_as = {"handle": linked.account.handle, "name": linked.account.name, "url": linked.account.url}
    async with tenant.context() as ctx:
        await login_store.write_linked(ctx, linked.account.id, **shown_as)
    assert await send_due(tenant.house) == 1
    assert await linked.desk.run(soon.id) is None
    assert (await linked.desk.post(soon.id)).state == "published"
    assert len(linked.statuses()) == 1
