"""What was done a moment ago may have brought another app to the front than the one that the agent told last."""

import time
from uuid import UUID

import pytest

from greenroom.kit.ids import uuid7
from greenroom.phones.lines import Line, Lines
from greenroom.phones.relay_answers import Answer, Answers
from greenroom.phones.wall_acts import LOOKED, TOGETHER, Acts
from greenroom.phones.wall_fingers import Fingers
from greenroom.phones.wall_reach import Reach, Standing
from greenroom.wire.binary import Action, Key, KeyPress, Press, Touch
from greenroom.wire.messages import Do, Done, InputRefused, Verb
from tests.support.phones import seen

HOME, CALM = "com.google.android.apps.nexuslauncher", "com.example.calm"


class Hall:
    """A wall that acts on one of the six phones that its person selected, and a clock that stands still."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, front: str) -> None:
        self.lines, self.line, self.phone = Lines(), Line(uuid7()), uuid7()
        self.told: list[Answer] = []
        self.acts = Acts(self.lines, Answers(self.lines), Fingers(), self.told.append)
        self.acts.reach = Reach({self.phone: _standing(self.phone)}, frozenset())
        self.lines.place(self.line, {7: self.phone}, (seen(7, front=front),))
        self.now, self._sequence = time.monotonic(), 0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def press(self, action: Action, *, many: int = 6) -> None:
        self._sequence += 1
        self.acts.press(self.phone, Touch(1, 3, self._sequence, 0, action, 5, 5, 100, 200, 0, many))

    def tap(self, *, many: int = 6) -> bool:
        """Whether both of its touches passed; neither or both do."""
        before = len(self.told)
        self.press(Action.DOWN, many=many)
        self.press(Action.UP, many=many)
        assert len(self.told) - before in (0, 2)
        assert all(isinstance(one, InputRefused) and one.kind == "attended" for one in self.told[before:])
        return len(self.told) == before

    def key(self, key: Key, *, many: int = 6) -> None:
        self._sequence += 1
        self.acts.press(self.phone, KeyPress(1, 3, self._sequence, 0, Press.SHORT, key, many))

    def order(self, verb: Verb = "text", argument: str = "hello", *, many: int = 6) -> bool:
        return self.acts.judged(self.phone, Do(1, 1, 3, verb, argument, many)) is not None

    def shows(self, front: str) -> None:
        self.line.hear((seen(7, front=front),), all=False)


def _standing(phone: UUID) -> Standing:
    return Standing(phone, None, 3, held=True, holder="Ada", mine=True, operates=True, expires_at=None, seconds=60)


@pytest.mark.parametrize("many", [1, 6])
def test_a_text_for_several_waits_until_it_was_looked_which_app_a_tap_opened(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    hall = Hall(monkeypatch, HOME)
    assert hall.tap(many=many)
    assert hall.order(many=1)
    hall.now += TOGETHER + 0.1
    assert not hall.order()
    assert isinstance(done := hall.told[-1], Done)
    assert done.sentence.startswith("It is not known yet")
    hall.now += LOOKED
    assert hall.order()


def test_an_app_that_is_opened_counts_as_a_tap(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(monkeypatch, HOME)
    assert hall.order("launch", "com.instagram.android", many=1)
    hall.now += TOGETHER + 0.1
    assert not hall.order()
    hall.shows("com.instagram.android")
    hall.now += LOOKED
    assert not hall.order()
    assert not hall.tap()


def test_rapid_work_goes_on_and_a_text_waits_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(monkeypatch, CALM)
    for _ in range(10):
        assert hall.tap()
        hall.now += 0.2
    assert not hall.order()
    hall.now += LOOKED
    for _ in range(5):
        assert hall.order()
        hall.now += 0.05
    hall.key(Key.ENTER)
    assert not hall.order()
