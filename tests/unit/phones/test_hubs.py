"""Which hub is to blame when phones go, and the tree of ports: for examples, and for anything that could be plugged."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.phones.hubs import AT_ONCE, WITHIN, Hub, Plugged, hub_of, incidents, off_the_bus, sentence, tree

START = datetime(2026, 11, 21, 12, tzinfo=UTC)


def phone(number: int, port: str, lost: float | None = None) -> Plugged:
    """`lost` in seconds from the start."""
    return Plugged(UUID(int=number), port, None if lost is None else START + timedelta(seconds=lost))


def blamed(*phones: Plugged) -> list[tuple[str, list[int]]]:
    return sorted((one.hub, sorted(id.int for id in one.phones)) for one in incidents(phones))


@pytest.mark.parametrize(
    ("port", "hub"),
    [("1-4.2", "1-4"), ("1-4", "1"), ("3-1.4.4.2", "3-1.4.4"), ("", None), ("10.0.0.7:5555", None), ("1-", None)],
)
def test_a_hub_is_the_port_without_its_last_part(port: str, hub: str | None) -> None:
    assert hub_of(port) == hub


def test_the_tree_has_the_hubs_between() -> None:
    (first, second) = tree([phone(1, "1-4.10.1"), phone(2, "1-4.2"), phone(3, "2-1"), phone(4, "")])
    assert [one.path for one in (first, *first.hubs, *first.hubs[0].hubs)] == ["1", "1-4", "1-4.10"]
    assert [one.phone.int for one in first.all] == [2, 1]
    assert second == Hub("2", (phone(3, "2-1"),))


def test_three_of_one_hub_within_five_seconds_are_the_hub() -> None:
    alive = (phone(8, "1-4.8"), phone(9, "1-5"))
    row = [phone(1, "1-4.1", 0), phone(2, "1-4.2", 2.5), phone(3, "1-4.3", 5)]
    assert blamed(*row, *alive) == [("1-4", [1, 2, 3])]
    assert blamed(*row[:2], *alive) == []
    assert blamed(*row[:2], phone(3, "1-4.3", 5.1), *alive) == []
    assert blamed(*row, phone(4, "1-4.4", 7), *alive) == [("1-4", [1, 2, 3, 4])]
    assert blamed(*row[:2], phone(3, "2-4.3", 1), *alive) == []


def test_what_is_dead_as_a_whole_is_named_by_what_it_has_in_common() -> None:
    both = [phone(1, "1-4.1.1", 0), phone(2, "1-4.1.2", 0), phone(3, "1-4.1.3", 0), phone(4, "1-4.2", 1)]
    assert blamed(*both) == [("1-4", [1, 2, 3, 4])]
    assert blamed(*both, phone(9, "1-4.3")) == [("1-4.1", [1, 2, 3])]
    spread = [phone(number, f"1-4.{number}.1", 0) for number in (1, 2, 3)]
    assert blamed(*spread, phone(9, "1-4.4")) == [("1-4", [1, 2, 3])]
    two = [phone(number, f"1-{4 + number // 4}.{number}", 0) for number in range(1, 7)]
    assert blamed(*two) == [("1", [1, 2, 3, 4, 5, 6])]
    assert blamed(*two, phone(9, "1-7")) == [("1-4", [1, 2, 3]), ("1-5", [4, 5, 6])]


def test_two_times_are_two_incidents() -> None:
    row = [phone(number, f"1-4.{number}", 0 if number < 4 else 3600) for number in range(1, 7)]
    assert blamed(*row) == [("1-4", [1, 2, 3]), ("1-4", [4, 5, 6])]


def test_the_sentence_names_hub_and_phones_and_says_what_to_do() -> None:
    assert sentence("1-4", "Shelf 1", ["A", "B", "C"], 0) == (
        "A, B and C went from USB hub 1-4 of Shelf 1 within seconds: check the hub's cable and power"
    )
    assert sentence("1", "S", list("ABCDEFG"), 1).startswith("A, B, C, D, E and 3 more went from USB controller 1 of S")
    assert sentence("1", "S", ["A"], 2).startswith("A and 2 more went")


def test_a_phone_can_be_away_for_other_reasons() -> None:
    assert off_the_bus("offline", "it is no longer plugged in")
    assert not off_the_bus("offline", "nothing is heard of its agent")
    assert not off_the_bus("offline", "iPhone 3 is at step 4 of 9: its tunnel is not up")
    assert not off_the_bus("unauthorised", "it has not accepted this computer")


ports = st.builds(
    lambda bus, parts: f"{bus}-{'.'.join(map(str, parts))}",
    st.integers(1, 3),
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
)
shelves = st.lists(st.tuples(ports, st.none() | st.integers(0, 30)), max_size=25, unique_by=lambda one: one[0]).map(
    lambda rows: [phone(number, port, lost) for number, (port, lost) in enumerate(rows)]
)


@given(shelves)
def test_every_phone_is_in_the_tree_once_under_its_own_hub(shelf: list[Plugged]) -> None:
    grown = tree(shelf)
    assert sorted(one.phone.int for hub in grown for one in hub.all) == sorted(one.phone.int for one in shelf)

    def right(hub: Hub) -> bool:
        return all(hub_of(one.port) == hub.path for one in hub.phones) and all(
            hub_of(below.path) == hub.path and right(below) for below in hub.hubs
        )

    assert all(right(hub) for hub in grown)


@given(shelves)
def test_an_incident_is_several_lost_phones_of_one_hub(shelf: list[Plugged]) -> None:
    found = incidents(shelf)
    by_id = {one.phone: one for one in shelf}
    named = [id for one in found for id in one.phones]
    assert len(named) == len(set(named))
    for one in found:
        times = sorted(lost for id in one.phones if (lost := by_id[id].lost_at) is not None)
        assert len(times) == len(one.phones) >= AT_ONCE
        assert all(later - sooner <= WITHIN for sooner, later in itertools.pairwise(times))
        assert all(f"{by_id[id].port}.".startswith((f"{one.hub}.", f"{one.hub}-")) for id in one.phones)
    assert set(found) == set(incidents(list(reversed(shelf))))


@given(shelves)
def test_nothing_that_counts_is_overlooked(shelf: list[Plugged]) -> None:
    """Where three of one hub's own ports went in five seconds, all three are in some incident."""
    named = {id for one in incidents(shelf) for id in one.phones}
    for hub in {hub_of(one.port) for one in shelf}:
        row = sorted((one.lost_at, one.phone) for one in shelf if hub_of(one.port) == hub and one.lost_at is not None)
        for first, _, third in zip(row, row[1:], row[2:], strict=False):
            if third[0] - first[0] <= WITHIN:
                assert {first[1], third[1]} <= named
