"""What can go wrong between a post and its account, as an adapter says it.

Problem (kit)
├── RetryLater      nothing happened; try again `after` that long
│   ├── Limited     the platform says that we ask too often
│   └── Queued      the account's own limit is used up; said before the platform is called
├── NeedsPerson     nothing happened, and won't until a person acts on the account
│   ├── Reconnect   the login no longer works
│   └── Shut        the platform itself has restricted, suspended or banned the account
├── Rejected        the platform or its rules will never take this as it is
│   └── Unfit       known here already, so the platform was not asked
├── Unfinished      a part of it is out, the rest is not; look `after` that long, then send the rest
└── Held (Conflict) what was approved is no longer what would go out
    └── Resting     its account takes no posts just now; the post waits for it

The first three are never said by a `commit` that found or made a part of the post public. Anything else that it
raises, Unfinished too, means that something may be out.
"""

from datetime import timedelta
from typing import Literal

from greenroom.kit.errors import Conflict, Invalid, Problem


class RetryLater(Problem):
    status = 503
    slug = "retry-later"
    title = "The platform asks to wait"

    def __init__(self, detail: str, *, after: timedelta) -> None:
        super().__init__(detail)
        self.after = after


class Limited(RetryLater):
    slug = "limited"
    title = "The platform asks to slow down"


class Queued(RetryLater):
    """`closed`: not for our limit's sake, but because the platform asked to wait when it was called last."""

    slug = "queued"
    title = "This account's posts go out one after the other"

    def __init__(self, detail: str, *, after: timedelta, closed: bool = False) -> None:
        super().__init__(detail, after=after)
        self.closed = closed


class NeedsPerson(Problem):
    status = 409
    slug = "needs-person"
    title = "This account waits for a person"


class Reconnect(NeedsPerson):
    slug = "reconnect"
    title = "This account has to be connected again"


class Shut(NeedsPerson):
    """`state`: what the platform has made of the account."""

    slug = "shut"
    title = "The platform has closed this account"

    def __init__(self, detail: str, *, state: Literal["restricted", "suspended", "banned"]) -> None:
        super().__init__(detail)
        self.state = state


class Rejected(Invalid):
    slug = "rejected"
    title = "The platform does not take this"


class Unfit(Rejected):
    """Said before the platform was asked."""


class Unfinished(Problem):
    """`refused`: what is missing was refused for good, or until a person has seen to the account."""

    status = 503
    slug = "unfinished"
    title = "A part of the post is out"

    def __init__(self, detail: str, *, after: timedelta = timedelta(seconds=1), refused: bool = False) -> None:
        super().__init__(detail)
        self.after = after
        self.refused = refused

    @classmethod
    def by(cls, why: Problem) -> "Unfinished":
        """What stopped it, once something is out."""
        after = why.after if isinstance(why, RetryLater) else timedelta(seconds=1)
        refused = isinstance(why, (Rejected, NeedsPerson))
        return cls(f"A part of it is out and the rest is not: {why.detail}", after=after, refused=refused)


class Held(Conflict):
    slug = "held"
    title = "This post is held"


class Resting(Held):
    slug = "resting"
    title = "This post waits for its account"
