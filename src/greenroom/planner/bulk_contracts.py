"""Many posts at once: one content to many accounts, a table of posts, and how a post would look."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from greenroom.channels.contracts import Post
from greenroom.kit.errors import Problem
from greenroom.planner.contracts import At, Caption, Frozen, Tags, Wall


class Target(Frozen):
    """One account that the content goes to. What is null comes from the content, and the time from the whole."""

    account_id: UUID
    caption: Caption | None = None
    hashtags: Tags | None = None
    at: At | None = None
    again: bool = False


class Distribution(Frozen):
    """One content to many accounts; `at` null means now, or with `slot` each account's next free slot.

    `dry` makes nothing and says what would happen.
    """

    content_id: UUID
    at: At | None = None
    slot: bool = False
    targets: Annotated[tuple[Target, ...], Field(min_length=1, max_length=100)]
    dry: bool = False

    @model_validator(mode="after")
    def _each_once(self) -> "Distribution":
        if len({target.account_id for target in self.targets}) < len(self.targets):
            raise ValueError("Name each account once")
        return self


class Refusal(Frozen):
    """Why something can't be done, with what to do instead."""

    title: str
    detail: str
    fields: dict[str, str]


def refusal_of(problem: Problem) -> Refusal:
    return Refusal(title=problem.title, detail=problem.detail, fields=problem.fields)


class Outcome(Frozen):
    """What came of one target: its post, or why there is none. In a dry run the post is what it would be."""

    account_id: UUID
    post: Post | None = None
    problem: Refusal | None = None


class Outcomes(Frozen):
    """One outcome for each target, in their order."""

    items: tuple[Outcome, ...]


class Draft(Frozen):
    """A post that is being written."""

    content_id: UUID
    account_id: UUID
    caption: Caption | None = None
    hashtags: Tags | None = None


class ImportedRow(Frozen):
    """One line of a table: what it names, when it would go out, and what is wrong with it."""

    line: int
    content: str
    account: str
    wall: Wall | None
    zone: str | None = None
    at: datetime | None = None
    problem: str | None
    post_id: UUID | None


class Imported(Frozen):
    """The table's rows and how many posts were made; none in a dry run, and none when a row has a problem."""

    rows: tuple[ImportedRow, ...]
    made: int


def plain(rows: tuple[ImportedRow, ...]) -> list[dict[str, Any]]:
    """The rows as they stand in an answer."""
    return [row.model_dump(mode="json") for row in rows]
