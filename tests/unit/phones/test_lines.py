"""An agent's line: what waited too long is not sent, and which app is in front counts before it is written down."""

import time

import pytest

from greenroom.kit.ids import uuid7
from greenroom.phones.lines import OLD, Line, Lines
from greenroom.wire import binary, control
from greenroom.wire.binary import Key, KeyPress, Press
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
