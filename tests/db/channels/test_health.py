"""What goes wrong with an account is kept and counts, unless its whole server is down."""

from datetime import timedelta

import pytest

from greenroom.channels import account_acts, account_store, accounts_now, health_note, health_store, login_state
from greenroom.channels.contracts import AccountNow
from greenroom.channels.errors import Held, Limited, NeedsPerson, Queued, Reconnect, Rejected, RetryLater, Unfit
from greenroom.channels.health_tick import excuse_outages, tidy
from tests.support.faulty import at_faulty
from tests.support.house import Tenant
from tests.support.publish import Desk

SOON = timedelta(seconds=30)


async def now_of(desk: Desk) -> AccountNow:
    async with desk.tenant.context() as ctx:
        return await accounts_now.account_now(ctx, desk.page.id)


async def trouble(desk: Desk, error: Exception) -> bool:
    async with desk.tenant.context() as ctx:
        return await health_note.note(ctx, desk.page.id, error)


async def dies(desk: Desk) -> None:
    async with desk.tenant.context() as ctx:
        account = await accounts_now.account_now(ctx, desk.page.id)
        await login_state.note(ctx, account, Reconnect("The login is dead"))


async def some_time_passes(desk: Desk, ago: timedelta) -> None:
    async with desk.tenant.context() as ctx:
        await ctx.db.execute("update account_trouble set at = at - %(ago)s", {"ago": ago})


async def test_what_goes_wrong_counts_once_and_is_said_in_words(desk: Desk) -> None:
    assert (await now_of(desk)).health.score == 100
    for error in (Held("Not approved"), Unfit("Gone"), Queued("Wait", after=SOON), ValueError("ours")):
        assert await trouble(desk, error) is False
    assert (await now_of(desk)).health.score == 100
    for error in (Limited("Slow down", after=SOON), RetryLater("Away", after=SOON), Rejected("Too long")):
        await trouble(desk, error)
        await trouble(desk, error)
    health = (await now_of(desk)).health
    assert health.score == 88
    assert [(reason.kind, reason.words, reason.points) for reason in health.reasons] == [
        ("error", "A post was refused", 6),
        ("limit", "Its platform asked to slow down", 4),
        ("away", "Its server did not answer", 2),
    ]
    await some_time_passes(desk, timedelta(days=8))
    assert (await now_of(desk)).health.score == 100


async def test_a_low_health_lets_it_rest_and_a_person_may_take_that_back(desk: Desk) -> None:
    for _ in range(4):
        await some_time_passes(desk, timedelta(minutes=2))
        await trouble(desk, NeedsPerson("Not allowed"))
    assert (await now_of(desk)).state == "active"
    await trouble(desk, Rejected("Too long"))
    account = await now_of(desk)
    assert (account.state, account.state_by, account.state_who) == ("cooldown", "rule", "its health")
    assert account.state_reason is not None
    assert account.state_reason.startswith("Its health is 46 of 100. Its platform did not let it do something 4 times")
    assert account.state_until is not None
    assert account.reversible
    async with desk.tenant.context() as ctx:
        severity = await ctx.db.value("select severity from event where kind = 'channels.account.moved'")
        assert severity == "warning"
        await account_acts.reverse(ctx, await account_store.account(ctx, desk.page.id, lock=True))
    assert (await now_of(desk)).state == "active"
    await some_time_passes(desk, timedelta(minutes=2))
    await trouble(desk, Rejected("Too long again"))
    assert (await now_of(desk)).state == "active", "what a person took back is not done again at once"


async def test_one_that_is_flagged_out_of_its_cooldown_posts_again_when_a_person_says_so(desk: Desk) -> None:
    states = []
    refusals = (NeedsPerson("Not allowed"), Rejected("Too long"), Reconnect("Dead"), Limited("Slow down", after=SOON))
    for number in range(40):
        await some_time_passes(desk, timedelta(minutes=2))
        await trouble(desk, refusals[number % 4])
        states.append((await now_of(desk)).state)
    assert "cooldown" in states
    assert states[-1] == "flagged"
    async with desk.tenant.context() as ctx:
        await account_acts.resume(ctx, await account_store.account(ctx, desk.page.id, lock=True), "I looked")
    assert (await now_of(desk)).state == "active"


async def test_three_accounts_that_lose_their_logins_together_are_their_servers_outage(desk: Desk) -> None:
    first, second, third = [await at_faulty(desk, "certain", name=f"Account {number}") for number in range(3)]
    apart = await at_faulty(desk, "found", name="Elsewhere")
    await dies(first)
    await dies(apart)
    assert await excuse_outages(desk.tenant.house) == 0
    await dies(second)
    assert [(await now_of(one)).needs_reconnect for one in (first, second)] == [True, True]
    await dies(third)
    assert (await now_of(third)).needs_reconnect is False, "two others failed alike just before"
    assert await excuse_outages(desk.tenant.house) == 2
    assert await excuse_outages(desk.tenant.house) == 0
    for one in (first, second, third):
        account = await now_of(one)
        assert (account.needs_reconnect, account.health.score, account.state) == (False, 100, "active")
        assert account.server_down_at is not None
    elsewhere = await now_of(apart)
    assert (elsewhere.needs_reconnect, elsewhere.health.score, elsewhere.server_down_at) == (True, 85, None)
    async with desk.tenant.context() as ctx:
        messages = [row["message"] for row in await ctx.db.all(
            "select message from event where kind = 'channels.account.server_down' order by message"
        )]  # fmt: skip
        await health_store.server_is_up(ctx, third.page.id)
    assert messages == [
        f"faulty_certain seems down: 3 accounts fail alike. It is not held against Account {number}"
        for number in range(2)
    ]
    assert (await now_of(third)).server_down_at is None


async def test_a_login_that_still_fails_after_hours_is_dead(desk: Desk) -> None:
    accounts = [await at_faulty(desk, "certain", name=f"Account {number}") for number in range(3)]
    for one in accounts:
        await dies(one)
    await excuse_outages(desk.tenant.house)
    await some_time_passes(desk, timedelta(hours=7))
    for one in accounts:
        await dies(one)
    assert [(await now_of(one)).needs_reconnect for one in accounts] == [True, True, True]


async def test_another_organisations_failures_are_no_outage_of_ours(desk: Desk, other_tenant: Tenant) -> None:
    mine = [await at_faulty(desk, "certain", name=f"Mine {number}") for number in range(2)]
    theirs = await at_faulty(Desk(other_tenant, desk.character, desk.page), "certain", name="Theirs")
    for one in (*mine, theirs):
        await dies(one)
    assert await excuse_outages(desk.tenant.house) == 0
    assert [(await now_of(one)).needs_reconnect for one in (*mine, theirs)] == [True, True, True]


async def test_what_is_long_past_is_forgotten(desk: Desk) -> None:
    await trouble(desk, Rejected("Too long"))
    await some_time_passes(desk, timedelta(days=61))
    await tidy(desk.tenant.house)
    async with desk.tenant.context() as ctx:
        assert await ctx.db.value("select count(*) from account_trouble") == 0


@pytest.mark.parametrize("error", [OSError("x"), KeyError("y")])
def test_our_own_faults_are_no_trouble_of_the_account(error: Exception) -> None:
    assert health_note.kind_of(error) is None
