"""What waits to be written of an agent's phones: a storm of changes is one, and nothing overtakes anything."""

from greenroom.phones.agent_backlog import Backlog, Changes
from greenroom.wire.messages import Beat, PhoneChanged, Phones
from tests.support.phones import seen


async def test_a_storm_of_changes_is_written_as_one() -> None:
    backlog = Backlog()
    for number in range(60):
        await backlog.put(PhoneChanged(seen(number % 3, f"phone{number % 3}", front=f"app{number}")))
    taken = await backlog.take()
    assert isinstance(taken, Changes)
    assert [(one.serial, one.front) for one in taken.phones] == [
        ("phone0", "app57"), ("phone1", "app58"), ("phone2", "app59"),
    ]  # fmt: skip


async def test_what_is_no_change_ends_the_batch_and_keeps_its_place() -> None:
    backlog, all_phones = Backlog(), Phones((seen(),))
    for note in (PhoneChanged(seen()), PhoneChanged(seen(2, "b")), all_phones, PhoneChanged(seen(front="x")), Beat(1)):
        await backlog.put(note)
    assert await backlog.take() == Changes((seen(), seen(2, "b")))
    assert await backlog.take() == all_phones
    assert await backlog.take() == Changes((seen(front="x"),))
    assert await backlog.take() == Beat(1)
