"""What the versions of a definition look like from outside. Frozen; documents are plain JSON objects."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greenroom.kit.text import clean_text


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VersionSummary(Frozen):
    """One version: who made it, when and why. `changed` names the top fields that differ from the version before."""

    number: int
    at: datetime
    author: str
    author_id: UUID | None
    reason: str
    changed: tuple[str, ...]


class DefinitionVersion(Frozen):
    """One version with what it says."""

    number: int
    at: datetime
    author: str
    author_id: UUID | None
    reason: str
    document: dict[str, Any]


class Step(Frozen):
    """One step from a document to another, as in RFC 6902, with what stood there before.

    `path` is a JSON pointer (RFC 6901), valid at the moment at which the step is taken; absent sides are null.
    """

    op: Literal["add", "remove", "replace"]
    path: str
    before: Any = None
    after: Any = None


class Comparison(Frozen):
    """Two versions, and the steps that lead from `before` (null: from nothing) to `after`."""

    before: DefinitionVersion | None
    after: DefinitionVersion
    changes: tuple[Step, ...]


class Restore(Frozen):
    """Why a version comes back; it stands in the list of versions and in the audit trail."""

    reason: Annotated[str, Field(max_length=500), AfterValidator(clean_text)] = ""
