"""An account's health: a table of what costs how much, bounded, never better for a trouble, and better with time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.health import COOL_BELOW, FLAG_BELOW, KINDS, SPAN, WEIGHTS, Kind, Trouble, health_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("troubles", "score"),
    [
        ([], 100),
        ([("limit", 0 * DAY)], 96),
        ([("limit", 0 * DAY)] * 20, 76),
        ([("limit", 3 * DAY)], 100),
        ([("error", 0 * DAY)], 94),
        ([("error", 3.5 * DAY)], 97),
        ([("away", 0 * DAY)] * 50, 90),
        ([("warning", 0 * DAY)] * 2, 76),
        ([("relogin", 7 * DAY)], 92),
        ([("relogin", 0 * DAY)] * 3 + [("error", 0 * DAY)], 49),
        ([("challenge", 0 * DAY)], 65),
        ([("challenge", 0 * DAY)] * 3, 15),
    ],
)
def test_what_costs_how_much(troubles: list[tuple[Kind, timedelta]], score: int) -> None:
    assert health_of([Trouble(kind, NOW - ago) for kind, ago in troubles], NOW).score == score


def test_the_reasons_are_in_words_the_worst_first() -> None:
    found = health_of([Trouble("error", NOW), Trouble("relogin", NOW - DAY), Trouble("error", NOW - HOUR)], NOW)
    assert [(reason.words, reason.count) for reason in found.reasons] == [
        ("Its login died", 1),
        ("Posts were refused 2 times", 2),
    ]
    assert found.reasons[1].last_at == NOW
    assert found.score == 100 - sum(reason.points for reason in found.reasons)


def test_a_servers_silence_alone_never_stops_an_account_and_challenges_do() -> None:
    for kind in ("away", "limit", "error"):
        assert health_of([Trouble(kind, NOW)] * 500, NOW).score >= COOL_BELOW
    assert health_of([Trouble("challenge", NOW)] * 3, NOW).score < FLAG_BELOW


TROUBLE = st.builds(Trouble, st.sampled_from(KINDS), st.timedeltas(timedelta(0), SPAN + DAY).map(lambda ago: NOW - ago))
TROUBLES = st.lists(TROUBLE, max_size=30)


@given(TROUBLES, TROUBLE)
def test_it_is_bounded_and_no_trouble_makes_it_better(before: list[Trouble], one: Trouble) -> None:
    score = health_of(before, NOW).score
    assert 0 <= health_of([*before, one], NOW).score <= score <= 100


@given(TROUBLES, st.timedeltas(timedelta(0), SPAN))
def test_it_gets_better_with_time_and_is_whole_in_the_end(troubles: list[Trouble], later: timedelta) -> None:
    assert health_of(troubles, NOW + later).score >= health_of(troubles, NOW).score
    assert health_of(troubles, NOW + SPAN).score == 100


@given(TROUBLES)
def test_the_order_of_troubles_says_nothing(troubles: list[Trouble]) -> None:
    assert health_of(troubles, NOW).score == health_of(reversed(troubles), NOW).score


def test_every_kind_has_its_weight_and_words() -> None:
    assert set(WEIGHTS) == set(KINDS)
    for weight in WEIGHTS.values():
        assert weight.often.format(4).count("4 times") == 1
