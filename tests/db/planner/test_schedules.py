"""Schedules fill the calendar two weeks ahead: each time makes one post, whoever fills, and follows what is changed."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.platforms.adapter import Package
from greenroom.infra.context import House
from greenroom.kit.errors import Conflict, Invalid, NotFound, Stale
from greenroom.planner import plan, schedules, slots, times
from greenroom.planner.contracts import At, NewPost, PostChange
from greenroom.planner.due import send_due
from greenroom.planner.keep_filled import fill_due
from greenroom.planner.schedule_contracts import Schedule, ScheduleChange
from greenroom.planner.slot_contracts import NewSlot
from tests.support.house import Tenant
from tests.support.platform import Died, Platform, at_platform
from tests.support.publish import Desk, make_desk
from tests.support.schedules import TODAY, ZONE, approved, news, posts_of, scheduled, waiting

DAYS = 12
"""Whole days with a time in them within two weeks, from the day after tomorrow on."""


async def changed(desk: Desk, schedule: Schedule, **says: Any) -> Schedule:
    async with desk.tenant.context() as ctx:
        present = await schedules.get(ctx, schedule.id)
        return await schedules.change(ctx, schedule.id, present.version, ScheduleChange.model_validate(says))


async def fill_again(desk: Desk) -> int:
    """The tick's turn has come for every schedule."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update schedule set fill_at = now()")
    return await fill_due(desk.tenant.house)


async def test_a_daily_rule_plans_two_weeks_from_its_queue_in_order(desk: Desk) -> None:
    contents = await approved(desk, 20)
    made = await scheduled(desk, contents)
    posts = await waiting(desk, made.id)
    assert len(posts) in (DAYS, DAYS + 1)
    assert [post["content_id"] for post in posts] == contents[: len(posts)]
    assert [post["wall_time"] for post in posts] == [
        TODAY + timedelta(days=2 + day, hours=9) for day in range(len(posts))
    ]
    assert {post["zone"] for post in posts} == {ZONE}
    assert (made.state, made.gaps) == ("pending", ())
    assert await fill_again(desk) == 0
    assert await posts_of(desk, made.id) == posts


async def test_an_empty_queue_leaves_gaps_and_tells_of_them_once(desk: Desk) -> None:
    contents = await approved(desk, 3)
    made = await scheduled(desk, contents)
    assert len(await waiting(desk, made.id)) == 3
    assert len(made.gaps) in (DAYS - 3, DAYS - 2)
    assert "no approved content left" in made.gaps[0].reason
    for _ in range(3):
        await fill_again(desk)
    told = await news(desk, "planner.schedule.gap")
    assert [one["data"]["times"] for one in told] == [len(made.gaps)]
    later = await approved(desk, 2, "More")
    shown = await changed(desk, made, contents=[*contents, *later])
    assert len(shown.gaps) == len(made.gaps) - 2
    assert len(await news(desk, "planner.schedule.gap")) == 1


async def test_content_that_is_not_approved_waits_and_what_comes_after_goes_on(desk: Desk) -> None:
    first, second, third = await approved(desk, 3)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update content set status = 'review', approval_id = null where id = %(id)s", {"id": second}
        )
    made = await scheduled(desk, [first, second, third])
    assert [post["content_id"] for post in await waiting(desk, made.id)] == [first, third]


async def test_a_queue_that_repeats_begins_again(desk: Desk) -> None:
    contents = await approved(desk, 2)
    made = await scheduled(desk, contents, repeat_queue=True)
    posts = await waiting(desk, made.id)
    assert [post["content_id"] for post in posts[:5]] == [*contents, *contents, contents[0]]
    assert made.gaps == ()


async def test_accounts_in_rotation_take_turns_and_each_gets_all_at_once(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    accounts = [desk.page.id, there.page.id]
    turns = await scheduled(desk, await approved(desk, 20), accounts=accounts, pattern="rotate")
    assert [post["account_id"] for post in (await waiting(desk, turns.id))[:4]] == accounts * 2
    each = await scheduled(desk, await approved(desk, 20, "All"), accounts=accounts, name="All")
    posts = await waiting(desk, each.id)
    by_time: dict[str, set[UUID]] = {}
    for post in posts:
        by_time.setdefault(post["occurrence"], set()).add(post["content_id"])
    assert len(posts) == 2 * len(by_time)
    assert all(len(contents) == 1 for contents in by_time.values())


async def test_an_exception_moves_no_other_time_to_another_account(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    made = await scheduled(desk, await approved(desk, 20), accounts=[desk.page.id, there.page.id], pattern="rotate")
    before = {post["occurrence"]: post["account_id"] for post in await waiting(desk, made.id)}
    free = (TODAY + timedelta(days=4)).date()
    await changed(desk, made, without=[free])
    after = {post["occurrence"]: post["account_id"] for post in await waiting(desk, made.id)}
    gone = before.keys() - after.keys()
    assert gone == {f"{free}T09:00"}
    assert all(before[key] == account for key, account in after.items())


async def test_a_window_is_drawn_from_its_seed_and_shows_the_next_thirty(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    window = {"opens": "18:00", "closes": "21:00", "times": 2, "apart_minutes": 30}
    made = await scheduled(
        desk, await approved(desk, 30), kind="window", rule=None, window=window, seed="7f3a",
        accounts=[desk.page.id, there.page.id],
    )  # fmt: skip
    assert made.seed == "7f3a"
    posts = await waiting(desk, made.id)
    assert len(posts) in (4 * DAYS, 4 * DAYS + 4, 40)
    assert all(18 <= post["wall_time"].hour < 21 or post["wall_time"].minute == 0 for post in posts)
    # The two accounts are not hit at the same moment.
    walls = [{post["wall_time"] for post in posts if post["account_id"] == one} for one in made.accounts]
    assert len(walls[0] & walls[1]) < len(walls[0]) / 4
    async with desk.tenant.context() as ctx:
        shown = await times.of_saved(ctx, made.id)
    assert len(shown.items) == 30
    stands = {(post["account_id"], post["wall_time"]) for post in posts}
    near = [one for one in shown.items if one.wall < TODAY + timedelta(days=8)]
    assert near
    assert all((account, one.wall) in stands for one in near for account in one.account_ids)
    drawn_again = await changed(desk, made, seed="other")
    moved = await waiting(desk, made.id)
    assert len(moved) >= len(posts)
    assert drawn_again.seed == "other"
    assert [post["id"] for post in posts if post["id"] in {one["id"] for one in moved}] != []


async def test_slots_are_filled_and_follow_the_slots(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        for weekday in range(7):
            await slots.add_slot(ctx, NewSlot(account_id=desk.page.id, weekday=weekday, at="17:30"))
    made = await scheduled(desk, await approved(desk, 20), kind="slots", rule=None)
    before = await waiting(desk, made.id)
    assert {f"{post['wall_time']:%H:%M}" for post in before} == {"17:30"}
    async with desk.tenant.context() as ctx:
        (first, *_) = await slots.list_slots(ctx, desk.page.id)
        await slots.remove_slot(ctx, first.id)
    assert await fill_due(desk.tenant.house) >= 0
    left = await waiting(desk, made.id)
    assert len(left) in (len(before) - 2, len(before) - 1)
    assert all(post["wall_time"].weekday() != first.weekday for post in left)


async def test_ten_ticks_at_once_make_one_post_for_each_time(desk: Desk) -> None:
    made = await scheduled(desk, [], repeat_queue=True)
    contents = await approved(desk, 5)
    async with desk.tenant.context() as ctx:
        for place, content in enumerate(contents):
            await ctx.db.execute(
                """insert into schedule_content (organisation_id, client_id, schedule_id, position, content_id)
                   values (%(organisation)s, %(client)s, %(schedule)s, %(place)s, %(content)s)""",
                {"organisation": ctx.organisation, "client": ctx.client, "schedule": made.id, "place": place,
                 "content": content},
            )  # fmt: skip
        await ctx.db.execute("update schedule set fill_at = now()")
    counts = await asyncio.gather(*(fill_due(desk.tenant.house) for _ in range(10)))
    posts = await posts_of(desk, made.id)
    assert sum(counts) == len(posts) in (DAYS, DAYS + 1)
    assert len({post["occurrence"] for post in posts}) == len(posts)


class Deadly(Platform):
    """A platform at whose door the process ends, when so many posts were checked."""

    left = 0

    def validate(self, package: Package) -> tuple[str, ...]:
        self.left -= 1
        if not self.left:
            raise Died("checking a post")
        return super().validate(package)


async def test_a_process_that_dies_filling_leaves_no_half_and_the_next_makes_all(desk: Desk) -> None:
    platform = Deadly()
    there = await at_platform(desk, platform)
    made = await scheduled(desk, [], accounts=[desk.page.id, there.page.id])
    contents = await approved(desk, 30)
    platform.left = 12
    with pytest.raises(Died):
        await changed(desk, made, contents=contents)
    assert await posts_of(desk, made.id) == []
    await changed(desk, made, contents=contents)
    await fill_due(desk.tenant.house)
    posts = await posts_of(desk, made.id)
    assert len(posts) == len({(post["account_id"], post["occurrence"]) for post in posts}) in (2 * DAYS, 2 * DAYS + 2)


async def test_more_than_fits_into_one_transaction_is_made_in_parts(desk: Desk) -> None:
    there = await at_platform(desk, Platform())
    rule = "FREQ=DAILY;BYHOUR=8,12,16"
    made = await scheduled(
        desk, await approved(desk, 4), rule=rule, repeat_queue=True, accounts=[desk.page.id, there.page.id]
    )
    assert len(await waiting(desk, made.id)) == 40
    await fill_due(desk.tenant.house)
    posts = await waiting(desk, made.id)
    assert len(posts) > 60  # as many days as are planned ahead, of which the first may be half over
    assert len({(post["account_id"], post["occurrence"]) for post in posts}) == len(posts)


async def test_what_waits_follows_a_changed_rule_and_what_a_person_moved_or_called_off_stays(desk: Desk) -> None:
    made = await scheduled(desk, await approved(desk, 20))
    first, second, third, *_ = await waiting(desk, made.id)
    moved_to = TODAY + timedelta(days=2, hours=15)
    async with desk.tenant.context() as ctx:
        post = await channels.get_post(ctx, first["id"])
        await plan.change(ctx, post.id, post.version, PostChange(at=At(wall=moved_to, zone=ZONE)))
        await plan.cancel(ctx, second["id"])
    assert await fill_again(desk) == 0
    await changed(desk, made, rule="FREQ=DAILY;BYHOUR=10")
    posts = {post["id"]: post for post in await posts_of(desk, made.id)}
    assert (posts[first["id"]]["state"], posts[first["id"]]["wall_time"]) == ("scheduled", moved_to)
    assert posts[second["id"]]["state"] == "cancelled"
    assert (posts[third["id"]]["state"], posts[third["id"]]["state_reason"]) == (
        "cancelled",
        "Its schedule was changed",
    )
    assert {post["wall_time"].hour for post in posts.values() if post["state"] == "scheduled"} == {10, 15}
    await changed(desk, made, rule="FREQ=DAILY;BYHOUR=9")
    again = [post for post in await waiting(desk, made.id) if post["occurrence"] == third["occurrence"]]
    assert [post["content_id"] for post in again] == [third["content_id"]]


async def test_another_zone_moves_the_instant_and_not_the_wall(desk: Desk) -> None:
    made = await scheduled(desk, await approved(desk, 20))
    before = await waiting(desk, made.id)
    await changed(desk, made, zone="America/New_York")
    after = {post["id"]: post for post in await waiting(desk, made.id)}
    for post in before:
        if (now := after.get(post["id"])) is not None:
            assert now["wall_time"] == post["wall_time"]
            assert timedelta(hours=5) <= now["due_at"] - post["due_at"] <= timedelta(hours=7)
    assert len(after) >= len(before) - 1


@pytest.mark.parametrize(("misfire", "state"), [("ask", "missed"), ("skip", "cancelled")])
async def test_what_passed_while_it_was_paused_is_skipped_or_asks(
    desk: Desk, house: House, misfire: str, state: str
) -> None:
    made = await scheduled(desk, await approved(desk, 20), misfire=misfire)
    async with desk.tenant.context() as ctx:
        assert (await schedules.pause(ctx, made.id)).state == "paused"
    passed, *others = await waiting(desk, made.id)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update post set due_at = now() - interval '5 minutes' where id = %(id)s", {"id": passed["id"]}
        )
    assert await send_due(house) == 0
    assert await fill_again(desk) == 0
    async with desk.tenant.context() as ctx:
        assert (await schedules.resume(ctx, made.id)).state in ("active", "pending")
    posts = {post["id"]: post for post in await posts_of(desk, made.id)}
    assert posts[passed["id"]]["state"] == state
    assert "passed while its schedule was paused" in posts[passed["id"]]["state_reason"]
    assert not any(post["on_hold"] for post in posts.values())
    assert {posts[post["id"]]["state"] for post in others} == {"scheduled"}


@pytest.mark.parametrize(("misfire", "state"), [("ask", "missed"), ("skip", "cancelled")])
async def test_what_is_hours_late_is_skipped_or_asks_as_its_schedule_says(
    desk: Desk, house: House, misfire: str, state: str
) -> None:
    made = await scheduled(desk, await approved(desk, 3), misfire=misfire)
    late, *_ = await waiting(desk, made.id)
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            "update post set due_at = now() - interval '3 hours' where id = %(id)s", {"id": late["id"]}
        )
    assert await send_due(house) == 1
    assert (await desk.post(late["id"])).state == state


async def test_ending_a_schedule_takes_back_what_waits(desk: Desk) -> None:
    made = await scheduled(desk, await approved(desk, 20))
    async with desk.tenant.context() as ctx:
        await schedules.pause(ctx, made.id)
        await schedules.end(ctx, made.id)
        await schedules.end(ctx, made.id)
        assert await schedules.list_schedules(ctx) == []
        assert (await schedules.get(ctx, made.id)).state == "cancelled"
        with pytest.raises(Conflict, match="was ended"):
            await schedules.change(ctx, made.id, 3, ScheduleChange(name="Again"))
        with pytest.raises(Conflict):
            await schedules.resume(ctx, made.id)
    posts = await posts_of(desk, made.id)
    assert {post["state"] for post in posts} == {"cancelled"}
    assert not any(post["on_hold"] for post in posts)


async def test_an_account_that_takes_no_posts_leaves_gaps_that_say_why(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update account set state = 'paused', state_reason = 'The client asked for it'")
    made = await scheduled(desk, await approved(desk, 3))
    assert await waiting(desk, made.id) == []
    assert {gap.reason for gap in made.gaps} == {"Mara Vale is paused and takes no posts: The client asked for it"}


async def test_the_pace_holds_for_schedules_too(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        account = await channels.get_account(ctx, desk.page.id)
        await ctx.db.execute("update account set daily_cap = 1 where id = %(id)s", {"id": account.id})
    made = await scheduled(desk, await approved(desk, 30), rule="FREQ=DAILY;BYHOUR=9,15")
    posts = await waiting(desk, made.id)
    assert len({post["wall_time"].date() for post in posts}) == len(posts)
    assert "has 1 post a day" in made.gaps[0].reason
    assert "the next free time is" in made.gaps[0].reason


async def test_a_rule_that_ended_is_completed(desk: Desk) -> None:
    made = await scheduled(desk, await approved(desk, 2), rule="FREQ=DAILY;COUNT=2", start=TODAY - timedelta(days=9))
    assert (made.state, made.gaps, await posts_of(desk, made.id)) == ("completed", (), [])


async def test_a_change_names_its_version_and_is_kept(desk: Desk) -> None:
    made = await scheduled(desk, await approved(desk, 1))
    async with desk.tenant.context() as ctx:
        with pytest.raises(Stale) as stale:
            await schedules.change(ctx, made.id, made.version + 1, ScheduleChange(name="Evenings"))
        assert stale.value.extra["present"]["name"] == "Mornings"
    await changed(desk, made, name="Evenings")
    async with desk.tenant.context() as ctx:
        kept = await ctx.db.all(
            "select number, document ->> 'name' as name from definition_version where kind = 'schedule' order by number"
        )
        trail = await ctx.db.all("select action from audit_entry where subject_type = 'schedule' order by number")
    assert kept == [{"number": 1, "name": "Mornings"}, {"number": 2, "name": "Evenings"}]
    assert [row["action"] for row in trail] == ["schedule.filled", "schedule.created", "schedule.changed"]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"rule": "FREQ=NEVER"}, "FREQ="),
        ({"rule": "0 9 31 2 *"}, "never comes"),
        ({"zone": "Europe/Berlinn"}, "Europe/Berlin"),
        (
            {"kind": "window", "rule": None,
             "window": {"opens": "09:00", "closes": "10:00", "times": 5, "apart_minutes": 30}},
            "do not fit",
        ),
    ],
)  # fmt: skip
async def test_what_cannot_be_a_schedule_says_what_to_change(desk: Desk, says: dict[str, Any], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        await scheduled(desk, **says)


async def test_what_is_another_organisations_is_not_there(desk: Desk, other_tenant: Tenant) -> None:
    other = await make_desk(other_tenant, "Theo Lindqvist")
    theirs = await other.approved("Theirs")
    with pytest.raises(NotFound):
        await scheduled(desk, [theirs])
    with pytest.raises(NotFound):
        await scheduled(desk, accounts=[other.page.id])
    made = await scheduled(other, [theirs])
    async with desk.tenant.context() as ctx:
        with pytest.raises(NotFound):
            await schedules.get(ctx, made.id)


async def test_the_next_free_slot_is_the_first_that_holds_no_post(desk: Desk) -> None:
    first, second = await approved(desk, 2)
    with pytest.raises(Conflict, match="has no queue slots"):
        async with desk.tenant.context() as ctx:
            await plan.plan(ctx, NewPost(content_id=first, account_id=desk.page.id, slot=True))
    async with desk.tenant.context() as ctx:
        await slots.add_slot(ctx, NewSlot(account_id=desk.page.id, weekday=2, at="08:15"))
        one = await plan.plan(ctx, NewPost(content_id=first, account_id=desk.page.id, slot=True))
        two = await plan.plan(ctx, NewPost(content_id=second, account_id=desk.page.id, slot=True))
    assert one.wall_time is not None
    assert two.wall_time is not None
    assert (one.wall_time.weekday(), f"{one.wall_time:%H:%M}", one.zone) == (2, "08:15", ZONE)
    assert two.wall_time == one.wall_time + timedelta(days=7)


async def test_two_who_ask_for_a_slot_at_once_get_two(desk: Desk) -> None:
    contents = await approved(desk, 4)
    async with desk.tenant.context() as ctx:
        for weekday in range(7):
            await slots.add_slot(ctx, NewSlot(account_id=desk.page.id, weekday=weekday, at="08:15"))

    async def take(content: UUID) -> object:
        async with desk.tenant.context() as ctx:
            return (await plan.plan(ctx, NewPost(content_id=content, account_id=desk.page.id, slot=True))).wall_time

    assert len(set(await asyncio.gather(*map(take, contents)))) == 4
