"""Shapes that channels hands out and takes in. Frozen; ids are UUID, times are aware."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema

from greenroom.channels.account_states import AccountState, MovedBy
from greenroom.channels.states import State as State
from greenroom.infra.context import Context
from greenroom.kit.text import clean_line, clean_text

PAGE = "page"
"""The platform of the characters' own public pages."""

_WALL = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$"
WallTime = Annotated[
    datetime, WithJsonSchema({"type": "string", "pattern": _WALL, "examples": ["2026-11-22T09:00:00"]})
]
"""As the clock on the wall shows it: without an offset, so no date-time of RFC 3339."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Account(Frozen):
    """A presence on a platform. `url` is a path for pages served here, an address elsewhere.

    `remote_id` is who it is there, None for pages; `needs_reconnect`: its login is dead, and only a person helps.
    `state_by` and `state_who` moved it into its state at `state_at`; at `state_until` a rule moves it on.
    `server_down_at`: several accounts of its server failed alike then, so nothing is held against this one.
    """

    id: UUID
    client_id: UUID
    platform: str
    name: str
    handle: str
    url: str
    state: AccountState
    state_reason: str | None
    character_id: UUID | None
    version: int
    remote_id: str | None = None
    needs_reconnect: bool = False
    last_error: str | None = None
    last_error_at: datetime | None = None
    linked_at: datetime | None = None
    last_posted_at: datetime | None = None
    state_at: datetime | None = None
    state_by: MovedBy | None = None
    state_who: str | None = None
    state_until: datetime | None = None
    server_down_at: datetime | None = None


class RampPhase(Frozen):
    """A span of a new account's first weeks, and the posts a day that it may have then."""

    number: int
    days: int
    posts: int


class Ramp(Frozen):
    """Where a new account stands in its first weeks: in which phase, on which day, and when the phase ends."""

    phase: int
    day: int
    ends: date
    phases: tuple[RampPhase, ...]


class AccountPace(Frozen):
    """What the account is held to and what of it is used on `today`, which is the day in the client's `zone`.

    `free_now`: it may have one more post at once; else `next_free_at` says when, None when nothing is free for two
    weeks, its login is dead, or its state has no end.
    """

    zone: str
    today: date
    daily_cap: int
    minutes_apart: int
    ramp_from: date | None
    ramp: Ramp | None
    cap_today: int
    used_today: int
    free_now: bool
    next_free_at: datetime | None


class HealthReason(Frozen):
    """Why points are missing, in words; `last_at` is when it happened last."""

    kind: str
    words: str
    points: int
    count: int
    last_at: datetime


class Health(Frozen):
    """How well the account and its platform get on, from 0 to 100."""

    score: int
    reasons: tuple[HealthReason, ...]


class AccountNow(Account):
    """An account with what it may post just now, and how healthy it is. `reversible`: a rule moved it last."""

    pace: AccountPace
    health: Health
    reversible: bool


class AccountMove(Frozen):
    """One move of an account from a state to another: by whom or what, when and why.

    `reverses` is the move of a rule that a person took back with this one.
    """

    id: UUID
    was: AccountState
    was_phase: int | None
    state: AccountState
    phase: int | None
    by: MovedBy
    who: str
    why: str
    until: datetime | None
    reverses: UUID | None
    at: datetime


class PostContent(Frozen):
    id: UUID
    topic: str
    title: str
    thumbnail_url: str | None


class PostAccount(Frozen):
    id: UUID
    platform: str
    name: str
    handle: str


class Attempt(Frozen):
    """One try: how far it came, and how it ended (None while it is under way)."""

    number: int
    phase: str
    outcome: str | None
    started_at: datetime
    ended_at: datetime | None
    error: str | None


class Correction(Frozen):
    """Other words for a post that is out. `reason` says what is waited for, or why it did not come to pass."""

    number: int
    state: Literal["correcting", "corrected", "failed", "unknown"]
    before: str
    after: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    reason: str | None


class Post(Frozen):
    """One content bound for one account. `due_at` is what `wall_time` in `zone` means; `note` says if they differ.

    `corrects` is what its platform lets one change once it is out, `corrects_not` why that is nothing; `corrections`
    come with a single post only.
    """

    id: UUID
    client_id: UUID
    version: int
    content: PostContent
    account: PostAccount
    caption: str
    hashtags: tuple[str, ...]
    state: State
    state_reason: str | None
    wall_time: WallTime | None
    zone: str | None
    due_at: datetime | None
    note: str | None
    posted_at: datetime | None
    permalink: str | None
    disclosure: Mapping[str, Any]
    views: int = 0
    clicks: int = 0
    attempts: tuple[Attempt, ...] = ()
    schedule_id: UUID | None = None
    on_hold: bool = False
    corrects: tuple[Literal["text"], ...] = ()
    corrects_not: str | None = None
    corrections: tuple[Correction, ...] = ()


class NewCorrection(Frozen):
    """The words that a published post is to have; its hashtags and the line that says it is AI stay."""

    caption: Annotated[str, Field(max_length=20_000), AfterValidator(clean_text)]


class Preview(Frozen):
    """A post as it would go out, counted as its platform counts, and why the platform would not take it."""

    text: str
    characters: int
    longest: int
    hashtags_most: int
    ai_label: str
    disclosure: str
    problems: tuple[str, ...]


class Link(Frozen):
    """A link on an account's page, shown from `active_from` until `active_to` (None: no bound)."""

    id: UUID
    client_id: UUID
    account_id: UUID
    title: str
    address: str
    active_from: datetime | None
    active_to: datetime | None
    position: int
    version: int
    clicks: int = 0


def _address(value: str) -> str:
    """An address that a reader's browser may be sent to: http or https, a host, no name and password in it."""
    value = value.strip()
    try:
        parts = urlsplit(value)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        right = right and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise ValueError("Write a web address, such as https://example.com") from error
    if not right:
        raise ValueError("Write a web address, such as https://example.com")
    if re.search(r"[\s\\\x00-\x1f\x7f]", value):
        raise ValueError("A web address has no spaces or backslashes in it")
    return parts._replace(scheme=parts.scheme.lower()).geturl()


def _title(value: str) -> str:
    value = clean_line(value)
    if not value:
        raise ValueError("Write what the link says")
    return value


Address = Annotated[str, Field(max_length=2000), AfterValidator(_address)]
Title = Annotated[str, Field(max_length=120), AfterValidator(_title)]
Position = Annotated[int, Field(ge=0, le=10_000)]


class NewLink(Frozen):
    account_id: UUID
    title: Title
    address: Address
    active_from: AwareDatetime | None = None
    active_to: AwareDatetime | None = None
    position: Position | None = None


class LinkChange(Frozen):
    """Only what is named changes; null takes a bound away."""

    title: Title | None = None
    address: Address | None = None
    active_from: AwareDatetime | None = None
    active_to: AwareDatetime | None = None
    position: Position | None = None


class Resolution(Frozen):
    """What a person saw on the account of a post whose outcome is unknown."""

    published: bool
    permalink: Address | None = None


class DayRoom(Frozen):
    """How many posts an account may have on a day, how many stand, and the phase of its ramp (None: none).

    The day is the client's: it begins and ends as its clock says.
    """

    account_id: UUID
    day: date
    cap: int
    used: int
    phase: int | None


class PaceChange(Frozen):
    """What is absent stays; `ramp_from` null ends the ramp."""

    ramp_from: date | None = None
    daily_cap: Annotated[int, Field(ge=1, le=500)] = 25
    minutes_apart: Annotated[int, Field(ge=0, le=1440)] = 0


class PageEntry(Frozen):
    """One published post as the public page shows it; `removed_at` when it was taken down."""

    id: UUID
    post_id: UUID
    account_id: UUID
    slug: str
    title: str
    caption: str
    hashtags: tuple[str, ...]
    label: str
    disclosure: str
    transcript: str
    sources: tuple[Mapping[str, Any], ...]
    language: str
    video_id: UUID
    captions_id: UUID | None
    poster_id: UUID | None
    duration: float
    width: int
    height: int
    digital_source_type: str
    published_at: datetime
    removed_at: datetime | None


class Counts(Frozen):
    views: int = 0
    clicks: int = 0


class Counting(Protocol):
    """Numbers that a higher room keeps; the entrypoint says which (`facade.count_with`)."""

    async def posts(self, ctx: Context, posts: Iterable[UUID]) -> Mapping[UUID, Counts]: ...
    async def links(self, ctx: Context, links: Iterable[UUID]) -> Mapping[UUID, int]: ...
