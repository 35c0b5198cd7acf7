"""How old what comes from the server may be: as the echoes of our own beats tell, and no guess besides."""

from greenroom.agent.program.echoes import LATE, Echoes
from greenroom.wire.messages import Beat


def test_what_comes_is_no_older_than_the_beat_whose_echo_came_last() -> None:
    echoes = Echoes(10)
    first, second, third = echoes.beat(10), echoes.beat(10.5), echoes.beat(11)
    assert not echoes.are_late(10 + LATE)
    assert echoes.are_late(10.1 + LATE)
    echoes.hear(second)  # the first was heard before it
    assert (echoes.are_late(10.5 + LATE), echoes.are_late(10.6 + LATE)) == (False, True)
    echoes.hear(first)
    assert echoes.are_late(10.6 + LATE)
    echoes.hear(third)
    assert not echoes.are_late(11 + LATE)


def test_beats_that_are_no_echo_say_nothing_and_a_deaf_server_takes_no_memory() -> None:
    echoes = Echoes(0)
    sent = [echoes.beat(at / 2) for at in range(10_000)]
    for strange in (Beat(2**32 - 1), sent[0]):
        echoes.hear(strange)
        assert echoes.are_late(5000)
    echoes.hear(sent[-1])
    assert not echoes.are_late(5000)
