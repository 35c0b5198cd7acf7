"""Input on the wall's socket: only from who holds the phone, at once, and answered in the wall's own numbers."""

import asyncio
import time
from dataclasses import replace

import pytest

from greenroom.phones import attended, giving, lease_changes, leases, wall_held, wall_view
from greenroom.phones.contracts import NewAttendedApp
from greenroom.phones.wall_acts import TOGETHER
from greenroom.wire.binary import Action, Key, KeyPress, Press, Touch
from greenroom.wire.messages import Beat, Do, Done, Held, InputDone, InputRefused, Lease, LeaseSeen, Phones, Progress
from tests.support.figures import Figures
from tests.support.phones import seen
from tests.support.wait import until
from tests.support.walls import Stage, Wall


def touch(number: int, epoch: int, sequence: int = 1, *, many: int = 1) -> Touch:
    return Touch(number, epoch, sequence, 5, Action.DOWN, 1, 2, 272, 600, 0, many)


async def mine(wall: Wall, epoch: int) -> None:
    await wall.until(lambda: any(one.mine and one.epoch == epoch for one in wall.of(Held)))


async def test_who_holds_a_phone_acts_on_it_and_is_answered(stage: Stage, figures: Figures) -> None:
    agent = stage.agent
    async with stage.wall() as wall:
        number, epoch = wall.numbers[stage.phone], await stage.take()
        # At once: the wall was not told yet that the phone is its person's, nor the agent.
        await wall.press(touch(number, epoch, 77))
        await agent.until(lambda: agent.inputs)
        (one,) = agent.inputs
        assert isinstance(one, Touch)
        assert (one.phone, one.epoch, one.x, one.y, one.many) == (1, epoch, 1, 2, 1)
        assert agent.of(Lease)[-1].epoch == epoch
        await agent.say(InputDone(1, one.sequence, 900))
        assert await wall.hears(InputDone) == InputDone(number, 77, 900)
        await mine(wall, epoch)

        took = []
        for sequence in range(200):
            began = time.perf_counter()
            await wall.press(touch(number, epoch, sequence))
            await agent.has(sequence + 2)
            took.append(1000 * (time.perf_counter() - began))
        figures(
            "wall", f"an input from wall to agent {sorted(took)[100]:.2f} ms (median), {sorted(took)[190]:.2f} ms p95"
        )

        await wall.say(Do(9, number, epoch, "text", "hé", 1))
        order = await agent.hears(Do)
        assert (order.number, order.argument) == (1, "hé")
        await agent.say(Progress(order.id, 1, 40))
        await agent.say(Done(order.id, 1, "", "", "fine"))
        assert await wall.hears(Done) == Done(9, number, "", "", "fine")
        assert await wall.hears(Progress) == Progress(9, number, 40)


async def test_input_of_others_reaches_nothing(stage: Stage) -> None:
    agent = stage.agent
    bo, theirs = await stage.person("<b>Bo</b>\x07\u202e\n")
    _, looks = await stage.person("Dee", "viewer", "read")
    epoch = await stage.take(bo)
    async with stage.wall() as ada, stage.wall(looks) as dee, stage.wall(theirs) as hers:
        await mine(hers, epoch)
        # What people call themselves is a line of text, whatever it looks like.
        assert (await ada.hears(Held)).holder == "<b>Bo</b>"
        for wall in (ada, dee):
            number = wall.numbers[stage.phone]
            for sequence, wrong in enumerate((epoch, epoch + 1, epoch - 1, 0, 2**63 - 1)):
                await wall.press(touch(number, wrong, sequence))
            await wall.press(KeyPress(number, epoch, 5, 0, Press.SHORT, Key.HOME))
            await wall.press(touch(number + 1, epoch, 6))
            await wall.hears(InputRefused, 7)
            assert [(one.sequence, one.kind) for one in wall.of(InputRefused)] == [
                *((sequence, "stale") for sequence in range(6)), (6, "unknown"),
            ]  # fmt: skip
            await wall.say(Do(1, number, epoch, "reboot", "", 1))
        assert (await ada.hears(Done)).kind == "stale"
        assert (await dee.hears(Done)).kind == "forbidden"
        await hers.press(touch(hers.numbers[stage.phone], epoch, 1))
        await agent.until(lambda: agent.inputs)
        assert len(agent.inputs) == 1
        assert agent.of(Do) == []


async def test_a_holder_that_was_frozen_wakes_up_and_reaches_nothing(stage: Stage) -> None:
    """Taken over by force, given back, and taken again: what the old epoch says from then on is refused."""
    agent = stage.agent
    bo, theirs = await stage.person("Bo", "admin")
    epoch = await stage.take()
    async with stage.wall() as frozen, stage.wall(theirs) as hers:
        number = frozen.numbers[stage.phone]
        await mine(frozen, epoch)
        await frozen.press(touch(number, epoch))
        await agent.has(1)
        for _ in range(10):
            async with replace(stage.tenant, user=bo).context() as ctx:
                taken = (await lease_changes.break_in(ctx, stage.phone, "the post is due")).epoch
            await mine(hers, taken)
            # Her wall says that the phone is hers, so nothing of his is taken any more.
            agent.inputs.clear()
            frozen.heard.clear()
            for sequence in range(5):
                await frozen.press(touch(number, epoch, sequence))
            await hers.press(touch(hers.numbers[stage.phone], taken, 9))
            await frozen.hears(InputRefused, 5)
            await agent.until(lambda: agent.inputs)
            assert [one.epoch for one in agent.inputs] == [taken]
            async with replace(stage.tenant, user=bo).context() as ctx:
                await leases.release(ctx, stage.phone, taken, bo)
            epoch = await stage.take()
            await mine(frozen, epoch)


async def test_a_phone_is_said_to_be_ones_own_once_its_agent_takes_nothing_of_who_had_it_before(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    agent, user = stage.agent, stage.tenant.user
    bo, theirs = await stage.person("Bo", "admin")
    epoch = await stage.take(bo)
    async with stage.wall() as ada, stage.wall(theirs) as his:
        await mine(his, epoch)
        agent.sees = False
        monkeypatch.setattr(wall_held, "WITHIN", 60)
        async with stage.tenant.context() as ctx:
            taken = (await lease_changes.break_in(ctx, stage.phone, "the post is due")).epoch
        await agent.until(lambda: any(one.epoch == taken for one in agent.of(Lease)))
        await his.until(lambda: his.of(Held)[-1].epoch == taken)  # who lost it hears of it at once
        await agent.say(LeaseSeen(1, epoch))
        await ada.say(Beat(7))
        await asyncio.sleep(0.2)
        await ada.until(lambda: Beat(7) in ada.heard)
        assert not any(one.mine for one in ada.of(Held))
        began = time.monotonic()
        await agent.say(LeaseSeen(1, taken))
        await mine(ada, taken)
        figures("wall", f"mine {1000 * (time.monotonic() - began):.1f} ms after the agent saw the lease")
        async with stage.wall() as late:  # the agent says it once
            await mine(late, taken)

        # An agent that stays silent holds it up for so long and no longer.
        monkeypatch.setattr(wall_held, "WITHIN", 0.3)
        async with stage.tenant.context() as ctx:
            await leases.release(ctx, stage.phone, taken, user)
        began = time.monotonic()
        again = await stage.take()
        await mine(ada, again)
        assert time.monotonic() - began >= 0.3
        monkeypatch.setattr(wall_held, "WITHIN", 60)
        async with stage.tenant.context() as ctx:
            await leases.release(ctx, stage.phone, again, user)
        last = await stage.take()
        await agent.until(lambda: any(one.epoch == last for one in agent.of(Lease)))
        await agent.socket.close()  # and with it what was on its way
        await mine(ada, last)


async def test_a_beat_is_echoed_though_the_database_does_not_answer(stage: Stage) -> None:
    """By its echo the agent knows how old is what it is sent."""
    async with stage.tenant.context() as ctx:
        await ctx.db.execute("update agent set name = name")
        beats = [Beat(count) for count in range(100, 110)]
        for beat in beats:
            await stage.agent.say(beat)
        await stage.agent.until(lambda: set(beats) <= set(stage.agent.of(Beat)))


async def test_in_an_attended_app_one_phone_at_a_time(stage: Stage) -> None:
    agent = stage.agent
    async with stage.tenant.context() as ctx:
        await attended.add_attended(ctx, NewAttendedApp(app="com.example.social", name="Social"))
    also = (await stage.shelf.report(seen(), seen(2, "R58N")))[2]
    async with stage.tenant.context() as ctx:
        await giving.give_phone(ctx, also, stage.tenant.client)
        other = (await leases.take(ctx, also, "person", stage.tenant.user)).epoch
    await agent.say(Phones((seen(1), seen(2, "R58N", front="com.example.social"))))
    await agent.until(lambda: any(one.number == 2 for one in agent.of(Lease)))
    epoch = await stage.take()
    async with stage.wall() as wall:
        await wall.want(stage.phone, also)
        first, second = wall.numbers[stage.phone], wall.numbers[also]
        await wall.press(touch(second, other, 1))
        await agent.has(1)
        await wall.press(touch(second, other, 2, many=6))
        assert (await wall.hears(InputRefused)).kind == "attended"
        await wall.say(Do(1, second, other, "text", "hello", 2))
        assert (await wall.hears(Done)).kind == "attended"
        await wall.say(Do(2, first, epoch, "launch", "com.example.social", 2))
        assert (await wall.hears(Done, 2)).kind == "attended"
        # A wall that says one, and means two.
        await asyncio.sleep(TOGETHER)
        await wall.press(touch(first, epoch, 3))
        await wall.press(touch(second, other, 4))
        assert (await wall.hears(InputRefused, 2)).sequence == 4
        await asyncio.sleep(TOGETHER)
        await wall.press(touch(second, other, 5))
        await agent.has(3)
        assert [one.phone for one in agent.inputs] == [2, 1, 2]


async def test_where_nobody_knows_which_app_is_in_front_one_phone_at_a_time(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        await wall.press(touch(number, epoch, 1, many=2))
        assert (await wall.hears(InputRefused)).kind == "attended"
        await wall.say(Do(1, number, epoch, "text", "hello", 2))
        done = await wall.hears(Done)
        assert (done.kind, done.sentence[:16]) == ("attended", "It is not known ")
        # Waking phones and what touches no app goes on; so does everything once it is known.
        await wall.press(KeyPress(number, epoch, 2, 0, Press.SHORT, Key.POWER, 2))
        await wall.say(Do(2, number, epoch, "reboot", "", 2))
        await agent.hears(Do)
        await agent.phone(seen(front="com.example.calm"))
        await agent.say(Beat(99))
        await agent.until(lambda: Beat(99) in agent.heard and len(agent.inputs) == 1)
        await wall.press(touch(number, epoch, 3, many=2))
        await agent.has(2)


async def test_what_is_under_way_when_the_agent_goes_is_said_to_be_unknown(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as wall:
        number = wall.numbers[stage.phone]
        await wall.say(Do(4, number, epoch, "reboot", "", 1))
        await wall.press(touch(number, epoch, 8))
        await agent.until(lambda: agent.inputs)
        await agent.socket.close()
        done, refused = await wall.hears(Done), await wall.hears(InputRefused)
        assert (done.id, done.kind, refused.sequence, refused.kind) == (4, "timed_out", 8, "lost")
        await wall.press(touch(number, epoch, 9))
        await wall.hears(InputRefused, 2)
        await wall.say(Do(5, number, epoch, "text", "x", 1))
        assert (await wall.hears(Done, 2)).kind == "offline"
    async with stage.tenant.context() as ctx:
        actions = await ctx.db.all(
            "select action, subject_id, client_id from audit_entry where action = 'phone.rebooted'"
        )
    assert actions == [{"action": "phone.rebooted", "subject_id": stage.phone, "client_id": stage.tenant.client}]


async def test_an_open_wall_keeps_its_persons_leases(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall_view, "TOUCHED", 0.2)
    monkeypatch.setattr(wall_view, "BEAT", 0.1)
    epoch = await stage.take()

    async def left() -> dict[str, float]:
        async with stage.tenant.context() as ctx:
            return await ctx.db.one(
                """select extract(epoch from expires_at - clock_timestamp())::float8 as seconds,
                          extract(epoch from clock_timestamp() - input_at)::float8 as idle from phone_lease"""
            )

    async def renewed() -> bool:
        return (await left())["seconds"] > 50

    async with stage.tenant.context() as ctx:
        await ctx.db.execute(
            "update phone_lease set expires_at = expires_at - interval '40 s', input_at = input_at - interval '1 h'"
        )
    assert not await renewed()
    async with stage.wall() as wall:
        await mine(wall, epoch)
        await wall.press(touch(wall.numbers[stage.phone], epoch))
        await until(renewed)
        assert (await left())["idle"] < 10

        # A transfer takes its time, and so does who waits for it.
        await wall.say(Do(1, wall.numbers[stage.phone], epoch, "reboot", "", 1))
        order = await stage.agent.hears(Do)

        async def touched() -> bool:
            return (await left())["idle"] < 10

        for percent in (10, 20):
            async with stage.tenant.context() as ctx:
                await ctx.db.execute("update phone_lease set input_at = input_at - interval '1 h'")
            await stage.agent.say(Progress(order.id, 1, percent))
            await until(touched)
