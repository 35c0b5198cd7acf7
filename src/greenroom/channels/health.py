"""How well an account and its platform get on, from 0 to 100, out of what went wrong of late. Pure.

Each trouble costs points, less from day to day until its span is over; many of one kind cost no more than `most`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

Kind = Literal["limit", "error", "away", "warning", "relogin", "challenge"]
KINDS: tuple[Kind, ...] = get_args(Kind)

COOL_BELOW, FLAG_BELOW = 50, 20
"""Under the first a rule lets the account rest for a day, under the second it stops it until a person has looked."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one trouble of a kind costs at first, all of them at most, and for how long; `once` and `often` say it."""

    points: int
    most: int
    span: timedelta
    once: str
    often: str


WEIGHTS: dict[Kind, Weight] = {
    "limit": Weight(
        4, 24, timedelta(days=3), "Its platform asked to slow down", "Its platform asked to slow down {} times"
    ),
    "error": Weight(6, 30, timedelta(days=7), "A post was refused", "Posts were refused {} times"),
    "away": Weight(2, 10, timedelta(days=2), "Its server did not answer", "Its server did not answer {} times"),
    "warning": Weight(
        12, 48, timedelta(days=14), "Its platform did not let it do something",
        "Its platform did not let it do something {} times",
    ),
    "relogin": Weight(15, 45, timedelta(days=14), "Its login died", "Its login died {} times"),
    "challenge": Weight(
        35, 85, timedelta(days=30), "Its platform closed it or asked who it is",
        "Its platform closed it or asked who it is {} times",
    ),
}  # fmt: skip

SPAN = max(weight.span for weight in WEIGHTS.values())
"""What is longer ago counts no more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong between the account and its platform, and was not the platform's own outage."""

    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    kind: Kind
    words: str
    points: int
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    score: int
    reasons: tuple[Reason, ...]


def health_of(troubles: Iterable[Trouble], now: datetime) -> Score:
    """The score, and why points are missing, the worst first; what costs nothing any more is no reason."""
    by_kind: dict[Kind, list[datetime]] = {}
    for trouble in troubles:
        if now - trouble.at < WEIGHTS[trouble.kind].span:
            by_kind.setdefault(trouble.kind, []).append(min(trouble.at, now))
    found = sorted((_reason(kind, times, now) for kind, times in by_kind.items()), key=lambda one: -one.points)
    reasons = tuple(one for one in found if one.points > 0)
    return Score(max(0, 100 - sum(one.points for one in reasons)), reasons)


def _reason(kind: Kind, times: list[datetime], now: datetime) -> Reason:
    weight, count = WEIGHTS[kind], len(times)
    lost = sum(weight.points * (1 - (now - at) / weight.span) for at in times)
    words = weight.once if count == 1 else weight.often.format(count)
    return Reason(kind, words, round(min(lost, weight.most)), count, max(times))
