"""When a process that died is started again."""

from datetime import timedelta

import pytest

from greenroom.entrypoints.children import pause_before, reason_of


@pytest.mark.parametrize(("restart", "seconds"), [(1, 0), (2, 0.5), (3, 1), (4, 2), (8, 30), (1000, 30)])
def test_pauses_grow_and_stay_short(restart: int, seconds: float) -> None:
    assert pause_before(restart) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("code", "words"), [(1, "exit status 1"), (-9, "SIGKILL"), (-200, "signal 200")])
def test_an_end_is_said_in_words(code: int, words: str) -> None:
    assert reason_of(code) == words
