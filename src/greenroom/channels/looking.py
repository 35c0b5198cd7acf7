"""How long Greenroom looks for a post, or sends the rest of one, before it asks a person. Pure.

What counts is what was tried, not the clock: a night without workers, or a platform that gives no answer, is no time in
which anything was found out. The counts stand with the attempt (`publish_attempt.remote`).
"""

from collections.abc import Mapping
from datetime import timedelta

GUARD = timedelta(seconds=10)
"""A worker that takes this long from arming to the call gives up: another may have taken over, which in turn takes no
post for absent before so much time, and what the platform needs to show one, has passed since the arming."""

ENOUGH = 3
"""Looks in a row that were answered and could not tell: then a person can tell no later than we can."""

MOST = 150
"""Tries without an answer after the patience is over, further apart each time: about a day."""

_SHORTEST, _LONGEST = timedelta(seconds=2), timedelta(minutes=10)
_PARTS = 30  # the patience has at least so many looks

_ANSWERED, _SILENT, _FAILED = "looks_answered", "looks_silent", "rest_failed"

AFRESH = {_ANSWERED: "0", _SILENT: "0"}
"""An irreversible call begins: what was seen before it says nothing of it."""


def proof(settle: timedelta) -> timedelta:
    """So long after the arming nothing can appear any more on a platform that shows a post within `settle`."""
    return settle + GUARD if settle else timedelta(0)


def after_look(
    counts: Mapping[str, str], since: timedelta, patience: timedelta, *, answered: bool
) -> tuple[dict[str, str], timedelta | None]:
    """The counts after one more look, `since` the call, that could not tell, and when to look again; None: ask."""
    late = since >= patience
    seen = _count(counts, _ANSWERED) + 1 if answered else 0
    silent = _count(counts, _SILENT) + int(late and not answered)
    noted = {_ANSWERED: str(seen), _SILENT: str(silent)}
    if late and (seen >= ENOUGH or silent >= MOST):
        return noted, None
    times = silent if late and not answered else 1
    return noted, _apart(since, patience, times)


def after_rest(
    counts: Mapping[str, str], tried: timedelta, patience: timedelta
) -> tuple[dict[str, str], timedelta | None]:
    """The counts after the rest of a post could not be sent just now, and when to try again at the earliest; None:
    ask."""
    if tried < patience:
        return {}, timedelta(0)
    failed = _count(counts, _FAILED) + 1
    return {_FAILED: str(failed)}, None if failed >= MOST else _apart(tried, patience, failed)


def _apart(so_far: timedelta, patience: timedelta, times: int) -> timedelta:
    """As long as it took so far, but so often at least within the patience; the more tries failed, the longer."""
    return min(max(min(so_far, patience / _PARTS), _SHORTEST) * times, _LONGEST)


def _count(counts: Mapping[str, str], name: str) -> int:
    return int(counts.get(name, "0"))
