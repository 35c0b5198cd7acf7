"""The states of a post: every way through them, and what can never happen."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from greenroom.channels.states import ON_ITS_WAY, OUT_OR_GOING, PLANNABLE, STEPS, State, step
from greenroom.kit.errors import Conflict

ALL = sorted(STEPS)


def test_every_state_can_be_reached_and_only_removed_is_an_end() -> None:
    reached, edge = {"approved"}, {"approved"}
    while edge:
        edge = {after for state in edge for after in STEPS[state]} - reached  # type: ignore[index]  # names are states
        reached |= edge
    assert reached == set(STEPS)
    assert [state for state, after in STEPS.items() if not after] == ["removed"]


@pytest.mark.parametrize("now", ALL)
@pytest.mark.parametrize("to", ALL)
def test_a_step_is_in_the_table_or_refused_with_what_to_do(now: State, to: State) -> None:
    if to in STEPS[now]:
        assert step(now, to) == to
        return
    with pytest.raises(Conflict) as refused:
        step(now, to)
    assert f"can't become {to}" in refused.value.detail
    assert len(refused.value.detail.split(":")[1]) > 10


def test_nothing_goes_out_without_a_worker_or_an_approval() -> None:
    assert {state for state, after in STEPS.items() if "published" in after} == {"publishing", "unknown"}
    assert {state for state, after in STEPS.items() if "publishing" in after} == {"claimed", "unknown"}
    assert "claimed" not in STEPS["draft"]
    assert "scheduled" not in STEPS["draft"]


def test_people_plan_and_cancel_only_what_is_not_on_its_way() -> None:
    assert PLANNABLE.isdisjoint(ON_ITS_WAY | {"published", "removed"})
    # Back to waiting for its account, which only the publisher says, and never of one that may be out.
    assert {state for state in ON_ITS_WAY if "scheduled" in STEPS[state]} == {"claimed", "publishing"}
    assert "cancelled" not in STEPS["publishing"] | STEPS["unknown"] | STEPS["published"]
    assert ON_ITS_WAY < OUT_OR_GOING


class Life(RuleBasedStateMachine):
    """Any sequence of attempted steps: a post is published at most once and stays so until it is removed."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = "approved"
        self.times_published = 0

    @rule(to=st.sampled_from(ALL))
    def attempt(self, to: State) -> None:
        try:
            self.state = step(self.state, to)
        except Conflict:
            return
        self.times_published += to == "published"

    @invariant()
    def published_once(self) -> None:
        assert self.times_published <= 1
        if self.times_published:
            assert self.state in ("published", "removed")


def test_a_post_is_published_at_most_once() -> None:
    run_state_machine_as_test(Life, settings=settings(max_examples=200, stateful_step_count=60, deadline=None))
