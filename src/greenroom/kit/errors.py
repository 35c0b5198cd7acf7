"""Errors that carry a sentence for the person who has to act.

Problem
├── Invalid         422  the input cannot be taken; `fields` says where
├── SignedOut       401  nobody is signed in
├── Forbidden       403  this person may not
├── NotFound        404  no such thing, also when it belongs to somebody else
├── Conflict        409  the record is not in a state for this
│   └── Stale       412  the record changed since it was read
├── Gone            410  taken down
├── TooMany         429  slow down; `after` says how long
├── Unavailable     503  a part that this needs is not there now
└── DiskFull        507  no room left; nothing was lost
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar


class Problem(Exception):
    """A failure with a stable type, a title and a sentence that says what to do (RFC 9457)."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something broke on our side"

    def __init__(
        self,
        detail: str,
        *,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.fields = dict(fields or {})
        self.extra = extra


class Invalid(Problem):
    status = 422
    slug = "invalid"
    title = "This can't be taken as it is"


class SignedOut(Problem):
    status = 401
    slug = "signed-out"
    title = "Nobody is signed in"


class Forbidden(Problem):
    status = 403
    slug = "forbidden"
    title = "You may not do this"


class NotFound(Problem):
    status = 404
    slug = "not-found"
    title = "There is no such thing here"


class Conflict(Problem):
    status = 409
    slug = "conflict"
    title = "It is not in a state for this"


class Stale(Conflict):
    status = 412
    slug = "stale"
    title = "It changed since you read it"


class Gone(Problem):
    status = 410
    slug = "gone"
    title = "It was taken down"


class TooMany(Problem):
    status = 429
    slug = "too-many"
    title = "Slow down"

    def __init__(self, detail: str, *, after: timedelta, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.after = after


class Unavailable(Problem):
    status = 503
    slug = "unavailable"
    title = "Not available just now"


class DiskFull(Problem):
    status = 507
    slug = "disk-full"
    title = "The disk is full"
