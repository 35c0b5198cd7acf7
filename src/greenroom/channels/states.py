"""The states of a post and the steps between them. Pure."""

from typing import Literal

from greenroom.kit.errors import Conflict

State = Literal[
    "draft",  # its content is not approved (any more)
    "approved",  # its content is approved, no time is set
    "scheduled",  # goes out at its time
    "claimed",  # its time has come, a worker is being found
    "publishing",  # a worker is at it
    "published",
    "unknown",  # it may be out or not; being looked for, then a person decides
    "failed",
    "missed",  # its time passed while nothing ran
    "cancelled",
    "removed",  # was published and is gone from the platform
]

STEPS: dict[State, frozenset[State]] = {
    "draft": frozenset({"approved", "cancelled"}),
    "approved": frozenset({"draft", "scheduled", "claimed", "cancelled"}),
    "scheduled": frozenset({"scheduled", "draft", "claimed", "failed", "missed", "cancelled"}),
    # Back to scheduled: its account's login is dead, or it takes no posts just now, and the post waits for it.
    "claimed": frozenset({"publishing", "scheduled", "draft", "failed", "missed", "cancelled"}),
    "publishing": frozenset({"published", "unknown", "scheduled", "failed", "missed", "draft"}),
    "unknown": frozenset({"published", "publishing", "failed", "draft"}),
    "published": frozenset({"removed"}),
    "failed": frozenset({"scheduled", "claimed", "draft", "cancelled"}),
    "missed": frozenset({"scheduled", "claimed", "draft", "cancelled"}),
    "cancelled": frozenset({"scheduled", "claimed", "draft"}),
    "removed": frozenset(),
}

ON_ITS_WAY: frozenset[State] = frozenset({"claimed", "publishing", "unknown"})
"""Nobody may change the post now; what happens next is the publisher's to say."""

OUT_OR_GOING: frozenset[State] = frozenset({"scheduled", "claimed", "publishing", "unknown", "published"})
"""What makes a second post of the same content to the same account a duplicate."""

PLANNABLE: frozenset[State] = frozenset(state for state, after in STEPS.items() if "scheduled" in after) - ON_ITS_WAY
"""A time can be set or moved."""

_WHY: dict[State, str] = {
    "draft": "its content waits for approval; review it first",
    "approved": "it has no time yet; schedule it",
    "scheduled": "it waits for its time",
    "claimed": "it is just going out; wait a moment",
    "publishing": "it is just going out; wait a moment",
    "published": "it is published; take it down instead",
    "unknown": "nobody knows yet whether it is out; look on the account and say so",
    "failed": "it failed; publish it again or cancel it",
    "missed": "its time has passed; give it a new one",
    "cancelled": "it was cancelled; give it a new time",
    "removed": "it was taken down; make a new post",
}


def step(now: State, to: State) -> State:
    """The state after the step; Conflict, with what to do instead, when there is no such step."""
    if to not in STEPS[now]:
        raise no_step(now, to)
    return to


def no_step(now: State, to: State) -> Conflict:
    """Why it can't become that, with what to do instead."""
    return Conflict(f"This post can't become {to}: {_WHY[now]}", state=now)
