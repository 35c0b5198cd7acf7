"""Accounts are moved by people, rules and their platform; each move is kept, and posts wait for those that may not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from greenroom.channels import account_acts, account_moves, account_store, accounts_now, health_note, pace_store
from greenroom.channels import facade as channels
from greenroom.channels.account_moves_due import move_due
from greenroom.channels.contracts import AccountMove, AccountNow, PaceChange, Post
from greenroom.channels.errors import Shut
from greenroom.channels.linking_contracts import AccountMoveForm
from greenroom.channels.warn import warn_of_waiting
from greenroom.kit.errors import Conflict, Invalid, Stale
from greenroom.planner.due import send_due
from tests.support.publish import Desk


async def now_of(desk: Desk) -> AccountNow:
    async with desk.tenant.context() as ctx:
        return await accounts_now.account_now(ctx, desk.page.id)


async def moves_of(desk: Desk) -> list[AccountMove]:
    async with desk.tenant.context() as ctx:
        return await account_moves.list_moves(ctx, desk.page.id, None, 50)


async def do(desk: Desk, to: str, **more: Any) -> AccountNow:
    version = (await now_of(desk)).version
    async with desk.tenant.context() as ctx:
        await account_acts.do(ctx, desk.page.id, version, AccountMoveForm(to=to, **more))
    return await now_of(desk)


async def reverse(desk: Desk) -> AccountNow:
    async with desk.tenant.context() as ctx:
        await account_acts.reverse(ctx, await account_store.account(ctx, desk.page.id, lock=True))
    return await now_of(desk)


async def new_account(desk: Desk) -> AccountNow:
    """The desk's account as if it had been linked just now."""
    async with desk.tenant.context() as ctx:
        await account_acts.begin(ctx, desk.page.id, established=False)
    return await now_of(desk)


async def later(desk: Desk, days: int) -> None:
    """So many days pass: the ramp began earlier, and what a rule waits for is over."""
    async with desk.tenant.context() as ctx:
        row = await pace_store.pace(ctx, desk.page.id)
        if row["ramp_from"]:
            await pace_store.write_ramp(ctx, desk.page.id, row["ramp_from"] - timedelta(days=days))
        await ctx.db.execute("update account set state_until = state_until - make_interval(days => %(days)s)",
                             {"days": days})  # fmt: skip
    await move_due(desk.tenant.house)


async def test_a_new_account_goes_through_its_ramp_by_itself(desk: Desk) -> None:
    account = await new_account(desk)
    assert account.pace.ramp is not None
    assert (account.state, account.state_by, account.pace.cap_today) == ("ramping", "person", 1)
    assert (account.pace.ramp.phase, account.pace.ramp.day) == (1, 1)
    assert [(phase.days, phase.posts) for phase in account.pace.ramp.phases] == [(7, 1), (7, 2), (14, 3)]
    assert account.pace.ramp.ends == account.pace.today + timedelta(days=7)
    assert await move_due(desk.tenant.house) == 0
    await later(desk, 7)
    account = await now_of(desk)
    assert account.pace.ramp is not None
    assert (account.state, account.state_by, account.pace.ramp.phase, account.pace.cap_today) == (
        "ramping", "rule", 2, 2,
    )  # fmt: skip
    await later(desk, 7)
    await later(desk, 14)
    account = await now_of(desk)
    assert (account.state, account.pace.ramp, account.pace.cap_today) == ("active", None, 25)
    assert [(move.was_phase, move.state, move.phase, move.who) for move in await moves_of(desk)] == [
        (3, "active", None, "the ramp"),
        (2, "ramping", 3, "the ramp"),
        (1, "ramping", 2, "the ramp"),
        (None, "ramping", 1, "Ada"),
    ]
    assert (await moves_of(desk))[0].why == "Its ramp is over: 25 posts a day from now on"


async def test_a_person_takes_back_the_end_of_a_phase_and_it_begins_again(desk: Desk) -> None:
    await new_account(desk)
    with pytest.raises(Conflict, match="No rule moved Mara Vale last: Ada did"):
        await reverse(desk)
    await later(desk, 7)
    account = await reverse(desk)
    assert account.pace.ramp is not None
    assert (account.pace.ramp.phase, account.pace.ramp.day, account.state_by) == (1, 1, "person")
    newest, taken_back, *_ = await moves_of(desk)
    assert newest.reverses == taken_back.id
    await later(desk, 7)
    await later(desk, 21)
    assert (await now_of(desk)).state == "active"
    account = await reverse(desk)
    assert account.pace.ramp is not None
    assert (account.state, account.pace.ramp.phase, account.pace.ramp.day) == ("ramping", 2, 8)


async def test_an_established_account_has_no_ramp(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await account_acts.begin(ctx, desk.page.id, established=True)
    account = await now_of(desk)
    assert (account.state, account.pace.ramp, account.state_until) == ("active", None, None)
    assert "established" in (await moves_of(desk))[0].why


async def test_the_form_of_the_pace_begins_and_ends_a_ramp(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        today = (await channels.account_now(ctx, desk.page.id)).pace.today
    for ramp_from, state in ((today, "ramping"), (today - timedelta(days=27), "ramping"), (None, "active")):
        version = (await now_of(desk)).version
        async with desk.tenant.context() as ctx:
            await channels.change_pace(ctx, desk.page.id, version, PaceChange(ramp_from=ramp_from))
        account = await now_of(desk)
        assert (account.state, account.state_by) == (state, "person")
    assert [move.why for move in await moves_of(desk)] == [
        "Ada ended its ramp", "Ada put it into phase 3 of its ramp", "Ada put it into phase 1 of its ramp",
    ]  # fmt: skip


async def test_a_rest_ends_by_itself_and_the_ramp_goes_on(desk: Desk) -> None:
    await new_account(desk)
    until = datetime.now(UTC) + timedelta(days=3)
    for wrong in (None, datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(days=400)):
        with pytest.raises(Invalid):
            await do(desk, "resting", until=wrong)
    account = await do(desk, "resting", until=until, why="Between two series")
    assert (account.state, account.state_until) == ("resting", until)
    assert account.state_reason == "Ada lets it rest: Between two series"
    assert account.pace.next_free_at is not None
    assert account.pace.next_free_at >= until
    await later(desk, 4)
    account = await now_of(desk)
    assert (account.state, account.state_by, account.state_who) == ("ramping", "rule", "the rest’s end")
    with pytest.raises(Conflict, match="has rested"):
        await reverse(desk)


async def test_nobody_acts_on_what_they_have_not_seen(desk: Desk) -> None:
    version = (await now_of(desk)).version
    await do(desk, "paused")
    with pytest.raises(Stale):
        async with desk.tenant.context() as ctx:
            await account_acts.do(ctx, desk.page.id, version, AccountMoveForm(to="active"))
    with pytest.raises(Conflict, match="is paused already"):
        await do(desk, "paused")


async def test_what_the_platform_did_only_the_platform_lifts(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        await health_note.note(ctx, desk.page.id, Shut("Taken for spam", state="suspended"))
    account = await now_of(desk)
    assert (account.state, account.state_by, account.reversible) == ("suspended", "platform", False)
    for act in (lambda: do(desk, "active"), lambda: do(desk, "paused"), lambda: reverse(desk)):
        with pytest.raises(Conflict, match=r"is suspended by Own page: Taken for spam\. Only Own page can lift that"):
            await act()
    async with desk.tenant.context() as ctx:
        await account_moves.let_in(ctx, desk.page.id)
    assert (await now_of(desk)).state == "active"


async def due_now(desk: Desk, title: str, ago: timedelta = timedelta(0)) -> Post:
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        await ctx.db.execute("update post set due_at = due_at - %(ago)s where id = %(id)s", {"ago": ago, "id": post.id})
        return post


async def told(desk: Desk, kind: str) -> list[tuple[str, str]]:
    async with desk.tenant.context() as ctx:
        rows = await ctx.db.all("select severity, message from event where kind = %(kind)s order by id", {"kind": kind})
    return [(row["severity"], row["message"]) for row in rows]


async def test_what_is_due_waits_for_an_account_that_may_not_post_and_people_are_told(desk: Desk) -> None:
    waiting, late = await due_now(desk, "Waits"), await due_now(desk, "Late", timedelta(hours=2))
    await do(desk, "paused", why="The client asked for it")
    assert await told(desk, "channels.account.paused") == [
        ("warning", "Mara Vale was paused. 2 posts wait for it in the next 7 days")
    ]
    assert await send_due(desk.tenant.house) == 1
    assert (await desk.post(waiting.id)).state == "scheduled"
    missed = await desk.post(late.id)
    assert (missed.state, missed.state_reason) == (
        "missed", "Its time passed while Mara Vale is paused; give it a new time or publish it now",
    )  # fmt: skip
    assert await warn_of_waiting(desk.tenant.house) == 1
    assert await warn_of_waiting(desk.tenant.house) == 0
    ((severity, message),) = await told(desk, "channels.account.holds")
    assert (severity, message) == (
        "error", "Mara Vale is paused, and 1 post waits for it in the next day. See to it in Accounts",
    )  # fmt: skip
    await do(desk, "active")
    assert await send_due(desk.tenant.house) == 1
    assert (await desk.post(waiting.id)).state == "claimed"


async def test_a_resting_account_is_planned_for_and_not_posted_to(desk: Desk) -> None:
    post = await due_now(desk, "Meanwhile")
    await do(desk, "resting", until=datetime.now(UTC) + timedelta(days=2))
    with pytest.raises(Conflict, match=r"is resting until .*; the next free time is"):
        await due_now(desk, "Meanwhile too")
    content = await desk.approved("Afterwards")
    async with desk.tenant.context() as ctx:
        later_one = await channels.add_post(ctx, content=content, account=desk.page.id)
        due = datetime.now(UTC) + timedelta(days=3)
        await channels.schedule(ctx, later_one.id, wall=None, zone=None, due=due, note=None)
    assert await send_due(desk.tenant.house) == 0
    async with desk.tenant.context() as ctx:
        with pytest.raises(Conflict, match="Mara Vale is resting and takes no posts: Ada lets it rest"):
            await channels.claim(ctx, post.id)
    await do(desk, "paused")
    with pytest.raises(Conflict, match="is paused and takes no posts"):
        await due_now(desk, "Not now")


async def test_a_page_that_closes_with_its_character_says_so(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        before = await account_store.account(ctx, desk.page.id, lock=True)
        await account_moves.move(ctx, before, "closed", by="person", who="Ada", why="Its character was deleted")
    with pytest.raises(Conflict, match="is closed and stays so"):
        await do(desk, "active")
