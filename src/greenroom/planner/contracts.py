"""What the planner takes in. A post itself is `channels.contracts.Post`."""

import re
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from greenroom.kit.text import clean_text

_TAG = re.compile(r"\w+", re.UNICODE)
_WALL = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _tag(value: str) -> str:
    value = clean_text(value).lstrip("#＃")
    if not _TAG.fullmatch(value):
        raise ValueError("A hashtag is letters, digits and underscores, without spaces")
    return value


Caption = Annotated[str, Field(max_length=20_000), AfterValidator(clean_text)]
Tag = Annotated[str, Field(max_length=100), AfterValidator(_tag)]
Tags = Annotated[tuple[Tag, ...], Field(max_length=100), AfterValidator(lambda tags: tuple(dict.fromkeys(tags)))]


Wall = Annotated[
    datetime,
    Field(description="Without an offset"),
    WithJsonSchema({"type": "string", "pattern": _WALL, "examples": ["2026-11-22T09:00"]}),
]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["09:00"])]


class At(Frozen):
    """A time as the clock on the wall of a zone shows it."""

    wall: Wall
    zone: Annotated[str, Field(description="IANA name", examples=["Europe/Berlin"])]


class NewPost(Frozen):
    """A post of approved content; `at` null means now, or with `slot` the account's next free slot.

    `again` lets the same content go to the same account twice.
    """

    content_id: UUID
    account_id: UUID
    caption: Caption | None = None
    hashtags: Tags | None = None
    at: At | None = None
    slot: bool = False
    again: bool = False


class PostChange(Frozen):
    """What is absent stays as it is; `again` true lets the same go to the same account twice."""

    caption: Caption | None = None
    hashtags: Tags | None = None
    at: At | None = None
    again: Literal[True] | None = None
