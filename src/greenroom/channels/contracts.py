"""Shapes that channels hands out and takes in. Frozen; ids are UUID, times are aware."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema

from greenroom.channels.states import State as State
from greenroom.infra.context import Context
from greenroom.kit.text import clean_line

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
    """

    id: UUID
    client_id: UUID
    platform: str
    name: str
    handle: str
    url: str
    state: str
    state_reason: str | None
    character_id: UUID | None
    version: int
    remote_id: str | None = None
    needs_reconnect: bool = False
    last_error: str | None = None
    last_error_at: datetime | None = None
    linked_at: datetime | None = None
    last_posted_at: datetime | None = None


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


class Post(Frozen):
    """One content bound for one account. `due_at` is what `wall_time` in `zone` means; `note` says if they differ."""

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
    """How many posts an account may have on a day, how many stand, and the phase of its ramp (None: none)."""

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
