"""A finger on a phone is its window's: of two windows of one holder, neither moves or lifts what the other put down."""

from dataclasses import replace

import pytest

from greenroom.phones import lease_changes, wall_fingers
from greenroom.wire.binary import Action, Key, KeyPress, Press, Touch
from greenroom.wire.messages import Held, InputRefused
from tests.support.walls import Stage, Wall


async def finger(wall: Wall, stage: Stage, epoch: int, sequence: int, action: Action, x: int = 1) -> None:
    await wall.press(Touch(wall.numbers[stage.phone], epoch, sequence, 5 * sequence, action, x, 2, 272, 600))


def refused(wall: Wall) -> list[tuple[int, str]]:
    return [(one.sequence, one.kind) for one in wall.of(InputRefused)]


async def test_what_one_window_puts_down_no_other_moves_or_lifts(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as one, stage.wall() as other:
        await finger(one, stage, epoch, 1, Action.DOWN, 10)
        await agent.has(1)
        for sequence, action in enumerate((Action.DOWN, Action.MOVE, Action.UP, Action.CANCEL), 1):
            await finger(other, stage, epoch, sequence, action, 200)
        await other.hears(InputRefused, 4)
        assert refused(other) == [(sequence, "finger") for sequence in (1, 2, 3, 4)]
        # What needs no finger goes on.
        await other.press(KeyPress(other.numbers[stage.phone], epoch, 5, 0, Press.SHORT, Key.HOME))
        await agent.has(2)
        await finger(one, stage, epoch, 2, Action.MOVE, 20)
        await finger(one, stage, epoch, 3, Action.UP, 30)
        await agent.has(4)
        strokes = [(touch.action, touch.x) for touch in agent.inputs if isinstance(touch, Touch)]
        assert strokes == [(Action.DOWN, 10), (Action.MOVE, 20), (Action.UP, 30)]
        # Lifted, so it is the other's turn.
        await finger(other, stage, epoch, 6, Action.DOWN, 200)
        await agent.has(5)
        await finger(one, stage, epoch, 4, Action.UP, 30)
        await one.hears(InputRefused)
        assert refused(one) == [(4, "finger")]


async def test_a_window_that_goes_lifts_its_finger(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as other:
        async with stage.wall() as one:
            await finger(one, stage, epoch, 1, Action.DOWN, 10)
            await finger(one, stage, epoch, 2, Action.MOVE, 20)
            await agent.has(2)
        await agent.has(3)
        last = agent.inputs[-1]
        assert isinstance(last, Touch)
        assert (last.action, last.epoch, last.x, last.width) == (Action.CANCEL, epoch, 20, 272)
        await finger(other, stage, epoch, 1, Action.DOWN, 200)
        await finger(other, stage, epoch, 2, Action.UP, 200)
        await agent.has(5)
    assert refused(other) == []


async def test_who_takes_the_phone_over_finds_no_finger_in_the_way(stage: Stage) -> None:
    agent, epoch = stage.agent, await stage.take()
    bo, theirs = await stage.person("Bo", "admin")
    async with stage.wall() as ada, stage.wall(theirs) as his:
        await finger(ada, stage, epoch, 1, Action.DOWN, 10)
        await agent.has(1)
        async with replace(stage.tenant, user=bo).context() as ctx:
            await lease_changes.ask(ctx, stage.phone, "next")
        async with stage.tenant.context() as ctx:
            taken = await lease_changes.hand_over(ctx, stage.phone, epoch)
        await his.until(lambda: any(one.mine for one in his.of(Held)))
        await finger(his, stage, taken.epoch, 1, Action.DOWN, 200)
        await agent.has(2)
        await finger(ada, stage, epoch, 2, Action.UP, 10)
        await ada.hears(InputRefused)
        assert (refused(ada), refused(his)) == ([(2, "stale")], [])


async def test_a_finger_of_which_nothing_is_heard_is_no_obstacle_for_long(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, epoch = stage.agent, await stage.take()
    async with stage.wall() as one, stage.wall() as other:
        await finger(one, stage, epoch, 1, Action.DOWN, 10)
        await agent.has(1)
        monkeypatch.setattr(wall_fingers, "HELD", 0.0)
        await finger(other, stage, epoch, 1, Action.DOWN, 200)
        await agent.has(2)
    assert refused(other) == []
