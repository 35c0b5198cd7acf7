"""An agent's line: what waited too long is not sent, and which app is in front counts before it is written down."""

import time

import pytest

from greenroom.kit.ids import uuid7
from greenroom.phones.lines import OLD, Line, Lines
from greenroom.phones.relay_wire import Ended
from greenroom.wire import binary, control
from greenroom.wire.binary import Key, KeyPress, Press
from greenroom.wire.limits import MOST_PHONES
from greenroom.wire.messages import Beat, InputRefused
from tests.support.phones import seen


async def test_input_that_waited_behind_a_line_that_hung_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    now, line = time.monotonic(), Line(uuid7())
    monkeypatch.setattr(time, "monotonic", lambda: now)
    old, new = (KeyPress(7, 3, sequence, 0, Press.SHORT, Key.HOME) for sequence in (1, 2))
    line.pass_on(old)
    line.put(Beat(1))
    now += OLD + 0.1
    line.pass_on(new)
    assert await line.next() == InputRefused(7, 1, "lost", 3)
    assert await line.next() == control.write(Beat(1))
    assert await line.next() == binary.write_input(new)


def test_the_app_in_front_is_the_one_that_was_heard_last() -> None:
    lines, line, phone = Lines(), Line(uuid7()), uuid7()
    first, second = seen(7, front="com.example.calm"), seen(7, front="com.example.social")
    line.hear((first,), all=True)
    lines.place(line, {7: phone}, (first,))
    assert lines.front(phone) == "com.example.calm"
    line.hear((second,), all=False)
    assert lines.front(phone) == "com.example.social"
    # What was heard before is written down only now.
    lines.place(line, {7: phone}, (first,))
    assert lines.front(phone) == "com.example.social"


def test_an_agent_that_names_more_phones_than_one_can_have_is_cut_off() -> None:
    line = Line(uuid7())
    line.hear([seen(number, f"R{number}") for number in range(MOST_PHONES)], all=True)
    line.hear((seen(3, "R3", front="com.example.calm"),), all=False)
    with pytest.raises(Ended, match="more phones"):
        line.hear((seen(MOST_PHONES, "one more"),), all=False)


def test_an_agent_may_have_other_phones_time_after_time() -> None:
    line = Line(uuid7())
    for round in range(3):
        line.hear([seen(number, f"R{round}-{number}") for number in range(MOST_PHONES)], all=True)


def test_what_a_phone_lacks_is_known_while_it_answers() -> None:
    lines, line, phone = Lines(), Line(uuid7()), uuid7()
    assert not lines.lacks(phone, "install")  # nobody knows
    one = seen(7, abilities=("install",))
    lines.place(line, {7: phone}, (one,))
    assert [lines.lacks(phone, what) for what in ("install", "files")] == [False, True]
    line.hear((seen(7, abilities=(), alive="silent"),), all=True)
    assert not lines.lacks(phone, "files")
