"""What insights hands out. Views and clicks as `visit.DEFINITION` says; times are aware, days are of `zone`."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from greenroom.channels.contracts import Post


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Totals(Frozen):
    views: int
    clicks: int
    posts: int


class Day(Frozen):
    day: date
    views: int
    clicks: int


class Summary(Totals):
    """The last days, today included, beside as many before them."""

    zone: str
    previous: Totals
    days: tuple[Day, ...]
    definition: str


class RankedPost(Frozen):
    """A post with what it did in the period, and its views by day, the oldest first."""

    post_id: UUID
    title: str
    thumbnail_url: str | None
    account: str
    posted_at: datetime
    permalink: str | None
    views: int
    clicks: int
    bots: int
    spark: tuple[int, ...]


class Point(Frozen):
    """What happened in the hour or day that begins at `at`."""

    at: datetime
    views: int
    clicks: int


class SourceCount(Frozen):
    source: str
    views: int


class PlatformNumbers(Frozen):
    """What the post's platform said of it at a moment, by its own definitions; None is not told, and not zero."""

    platform: str
    taken_at: datetime
    views: int | None
    likes: int | None
    replies: int | None
    reposts: int | None
    quotes: int | None


class PostInsights(Frozen):
    """All that is known of one post; the last point is of the hour or day that is not over."""

    post: Post
    step: Literal["hour", "day"]
    points: tuple[Point, ...]
    sources: tuple[SourceCount, ...]
    views: int
    clicks: int
    bots: int
    definition: str
    platform: tuple[PlatformNumbers, ...] = ()
