"""What an adapter is: what its platform can do, as data, and the few calls that bring a post there."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol
from uuid import UUID

from greenroom.channels.contracts import Account
from greenroom.channels.rate import Limit
from greenroom.infra.context import Context


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the form, the check and the page need to know. Lengths in characters as the platform counts them.

    `probe`: whether looking for a post by its marker proves that it is there and that it is not ("certain"), only
    that it is there ("found"), or nothing ("none"). `settle`: how long after the call began a post may still turn up;
    zero where a call that arrives late does no harm. `limits`: what the platform takes from one account, by operation;
    "publish" is the call that makes a post public. `corrects`: what of a published post may be changed there, and
    `corrects_not` why nothing, as a sentence; where something may, the adapter is a `corrects.Corrects`.
    """

    platform: str
    title: str
    caption_longest: int
    hashtags_most: int
    formats: tuple[str, ...]
    ai_label: Literal["field", "caption", "both"]
    probe: Literal["certain", "found", "none"]
    settle: timedelta
    take_down: bool
    count: Callable[[str], int] = len
    limits: tuple[Limit, ...] = ()
    corrects: tuple[Literal["text"], ...] = ()
    corrects_not: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """All that goes out for one post. `marker` is the same for every try, so that the post can be found by it."""

    post: UUID
    marker: str
    title: str
    caption: str
    hashtags: tuple[str, ...]
    label: str
    disclosure: str
    transcript: str
    sources: tuple[Mapping[str, Any], ...]
    language: str
    video: UUID
    captions: UUID | None
    poster: UUID | None
    duration: float
    width: int
    height: int
    digital_source_type: str

    @property
    def text(self) -> str:
        """Caption, hashtags and the line that says it is AI, as one text."""
        tags = " ".join(f"#{tag}" for tag in self.hashtags)
        return "\n\n".join(part for part in (self.caption, tags, self.disclosure) if part)


async def _nothing() -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What an adapter works with: its account, and a fresh fenced transaction whenever it needs one.

    `in_time` is for `commit`: called right before the irreversible request is written it raises when this worker has
    stood still too long, so that nothing is sent; what it raises goes through.
    `arm` is for a `commit` of several requests: awaited ahead of an irreversible one that is not sent at once, it
    gives that one its own time, and raises when another worker has the post.
    """

    account: Account
    open: Callable[[], AbstractAsyncContextManager[Context]]
    in_time: Callable[[], None] = lambda: None
    arm: Callable[[], Awaitable[None]] = _nothing


@dataclass(frozen=True, slots=True)
class Receipt:
    """The post as the platform knows it."""

    remote_id: str
    permalink: str | None


@dataclass(frozen=True, slots=True)
class Partly:
    """The beginning of the post is out, as `receipt` says; what is missing can be sent and comes once."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the published post showed: is it there, does it say that it is AI, and where; and whether it says
    what was meant, as its platform shows words, None when that can't be told."""

    there: bool
    disclosed: bool
    detail: Mapping[str, Any] = field(default_factory=dict)
    as_meant: bool | None = None


Prepared = Mapping[str, str]
CALLS = "calls"
"""In what is prepared: how many calls the post takes, where that is more than one."""
Probe = Receipt | Partly | Literal["absent", "unclear"]


class Adapter(Protocol):
    """`prepare`, `observe`, `probe` and `take_down` may be repeated at will. `commit` makes the post public; it is
    called again only after `probe` said "absent" on a platform whose probe is certain, or said that the post is there
    partly, for the rest of it. Once it has found or made a part public it raises no RetryLater, Rejected or
    NeedsPerson, unless it took that part back."""

    @property
    def capabilities(self) -> Capabilities: ...

    def validate(self, package: Package) -> tuple[str, ...]:
        """Why the platform would not take this, each as a sentence with what to do; empty when it would."""
        ...

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        """Upload and whatever else nobody can see yet; gives the platform's ids for it."""
        ...

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        """The one irreversible call."""
        ...

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        """Look at the post as it is out there, and read the AI label back."""
        ...

    async def probe(self, desk: Desk, marker: str) -> Probe:
        """Look for a post that may have been made."""
        ...

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        """Make the post unreachable; nothing to do when it is already."""
        ...
