"""Which times the duplicate guard compares: daily posts, late ones, those going out now, and consent for one of two."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.echo import words_hash
from greenroom.kit.errors import Conflict
from greenroom.planner.due import send_due
from tests.support.platform import Platform, at_platform
from tests.support.publish import Desk

WORDS = "Bread rises."
FILE = bytes(range(200)) * 30
BERLIN = ZoneInfo("Europe/Berlin")
A_DAY = timedelta(days=1)


@pytest.fixture
async def there(desk: Desk) -> Desk:
    return await at_platform(desk, Platform())


async def planned(desk: Desk, title: str, due: datetime, *, again: bool = False, **words: object) -> UUID:
    content = await desk.approved(title, **(words or {"caption": WORDS}))
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id, again=again)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=due, note=None)
        return post.id


async def publish_now(desk: Desk, post: UUID) -> None:
    async with desk.tenant.context() as ctx:
        await channels.claim(ctx, post)


async def moved(desk: Desk, post: UUID, ago: timedelta, posted: timedelta | None = None) -> None:
    """The post was due, and went out, so long ago."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update post set due_at = now() - %(ago)s, posted_at = now() - %(posted)s::interval where id = %(id)s",
            {"id": post, "ago": ago, "posted": posted},
        )


async def sent(desk: Desk, post: UUID) -> str:
    """The state that the post comes to when its time comes."""
    await moved(desk, post, timedelta())
    assert await send_due(desk.tenant.house) == 1
    if (await desk.post(post)).state == "claimed":
        assert await desk.run(post) is None
    return (await desk.post(post)).state


def from_now(**ahead: float) -> datetime:
    return datetime.now(UTC) + timedelta(**ahead)


@pytest.mark.parametrize("slow", [timedelta(seconds=40), timedelta(hours=5)])
async def test_a_daily_post_goes_out_though_the_one_before_took_long(there: Desk, slow: timedelta) -> None:
    first, second = [await planned(there, title, from_now(days=n)) for n, title in enumerate(("One", "Two"), 1)]
    assert await sent(there, first) == "published"
    await moved(there, first, A_DAY, A_DAY - slow)
    assert await sent(there, second) == "published", (await there.post(second)).state_reason


async def test_what_a_person_published_days_after_its_time_counts_when_it_went_out(there: Desk) -> None:
    first, second = [await planned(there, title, from_now(days=n)) for n, title in enumerate(("One", "Two"), 1)]
    assert await sent(there, first) == "published"
    await moved(there, first, 3 * A_DAY, timedelta(hours=2))
    assert await sent(there, second) == "draft"


async def test_daily_posts_can_be_planned_over_the_night_that_clocks_go_forward(desk: Desk) -> None:
    spring = datetime(datetime.now(UTC).year + 1, 3, 31, 9, tzinfo=BERLIN)
    spring -= timedelta(days=(spring.weekday() + 1) % 7)
    assert spring.astimezone(UTC) - (spring - A_DAY).astimezone(UTC) == timedelta(hours=23)
    await planned(desk, "Saturday", (spring - A_DAY).astimezone(UTC))
    await planned(desk, "Sunday", spring.astimezone(UTC))


@pytest.mark.parametrize("due", [timedelta(days=-3), timedelta(days=9)])
@pytest.mark.parametrize("out", [False, True])
async def test_what_a_person_publishes_now_counts_now_whenever_it_was_due(
    there: Desk, due: timedelta, *, out: bool
) -> None:
    first, second = [await planned(there, title, from_now(days=9 + n)) for n, title in enumerate(("One", "Two"))]
    await publish_now(there, first)
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set due_at = now() + %(due)s where id = %(id)s", {"id": first, "due": due})
    if out:
        assert await there.run(first) is None
    with pytest.raises(Conflict, match=f"“One”, is {'published' if out else 'planned'} on"):
        await publish_now(there, second)
    with pytest.raises(Conflict, match="with the same words"):
        await planned(there, "Three", from_now(hours=1))


async def test_consent_for_one_of_two_keeps_the_other_where_it_stands(there: Desk) -> None:
    stands = await planned(there, "One", from_now(days=2, hours=2))
    wanted = await planned(there, "Two", from_now(days=2), again=True)
    assert await sent(there, wanted) == "published"
    assert await sent(there, stands) == "published", (await there.post(stands)).state_reason
    # A third one has nobody's consent.
    with pytest.raises(Conflict, match="with the same words"):
        await planned(there, "Three", from_now(hours=1))


@pytest.mark.parametrize("words", [{"caption": WORDS}, {"video": FILE}])
async def test_posts_of_before_there_were_fingerprints_are_compared_too(there: Desk, words: dict[str, object]) -> None:
    old = await planned(there, "One", from_now(days=2), **words)
    later = await planned(there, "Two", from_now(days=4), **words)
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update post set words_hash = null, file_hash = null")
    with pytest.raises(Conflict, match="“One”, is planned on"):
        await planned(there, "Three", from_now(days=2, hours=3), **words)
    assert await sent(there, old) == "published"
    assert await sent(there, later) == "draft"
    async with there.tenant.context() as ctx:
        rows = await ctx.db.all("select caption, words_hash, file_hash from post where id = %(id)s", {"id": old})
    assert rows[0]["file_hash"]
    assert rows[0]["words_hash"] == words_hash(rows[0]["caption"])
