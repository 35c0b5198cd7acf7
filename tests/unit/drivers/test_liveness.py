"""What three probes prove about a phone, and the health of its channels."""

import pytest

from greenroom.agent.drivers.channel import Health, State, Watch
from greenroom.agent.liveness import Alive, Link, Probe, Probes, liveness

ANSWERED = Probe(answered=99.0)


@pytest.mark.parametrize(
    ("probes", "alive"),
    [
        (Probes(), Alive.UNKNOWN),
        (Probes(Link.UP), Alive.UNKNOWN),  # a list of devices alone proves nothing
        (Probes(Link.UP, ANSWERED), Alive.LIVE),
        (Probes(Link.UNKNOWN, ANSWERED), Alive.UNKNOWN),
        (Probes(Link.DOWN, ANSWERED, ANSWERED), Alive.OFFLINE),
        (Probes(Link.UNAUTHORISED), Alive.UNAUTHORISED),
        (Probes(Link.UP, Probe(asked=98.0, answered=90.0)), Alive.LIVE),  # 2 s: still patient
        (Probes(Link.UP, Probe(asked=96.5, answered=90.0)), Alive.SILENT),
        (Probes(Link.UP, Probe(asked=90.0)), Alive.SILENT),  # never answered at all
        (Probes(Link.UP, Probe(asked=99.5)), Alive.UNKNOWN),
        (Probes(Link.UP, ANSWERED, Probe(answered=10.0)), Alive.LIVE),  # a still screen sends no frames
        (Probes(Link.UP, ANSWERED, Probe(asked=94.0, answered=10.0)), Alive.STALE),
        (Probes(Link.UP, ANSWERED, Probe(asked=96.0, answered=10.0)), Alive.LIVE),
        (Probes(Link.UP, Probe(asked=90.0, answered=1.0), Probe(asked=90.0)), Alive.SILENT),  # the worse one counts
        (Probes(Link.UP, Probe(asked=120.0, answered=99.0)), Alive.LIVE),  # a clock read in another order
    ],
)
def test_the_worst_that_is_proven_counts(probes: Probes, alive: Alive) -> None:
    assert liveness(probes, 100.0).alive is alive


def test_a_question_waits_since_it_was_first_asked_and_one_answer_heals() -> None:
    probe = Probe().ask(1.0).ask(5.0)
    assert probe.waits(6.0) == 5.0
    assert probe.answer(6.0).waits(7.0) == 0.0


def test_health_counts_failures_in_a_row_and_backs_off_up_to_ten_seconds() -> None:
    health = Health()
    pauses = []
    for at in range(8):
        health = health.now(State.DOWN, float(at), "gone")
        pauses.append(health.pause())
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]
    assert health.since == 0.0
    assert health.now(State.UP, 9.0).pause() == 0.0


def test_one_channel_does_not_touch_another_and_changes_are_told_once() -> None:
    told: list[tuple[str, State]] = []
    watch = Watch(lambda: 7.0, lambda name, health: told.append((name, health.state)))
    for _ in range(3):
        watch.say("tree", State.DOWN, "does not rest")
    watch.say("video", State.UP)
    watch.say("tree", State.UP)
    assert told == [("tree", State.DOWN), ("video", State.UP), ("tree", State.UP)]
    assert watch.channels.input.state is State.OFF
