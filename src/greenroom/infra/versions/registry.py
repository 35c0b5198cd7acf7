"""What has versions: each kind is said once by its room, with how to read the present document and how to apply one."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.kit.errors import NotFound

Document = dict[str, Any]
NamesOf = Callable[[Context, Collection[UUID]], Awaitable[Mapping[UUID, str]]]


@dataclass(frozen=True, slots=True)
class Present:
    """A definition as it stands: whose it is, its record's version (for If-Match), what it says."""

    client: UUID
    version: int
    document: Document


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of definition. `read` raises NotFound; `apply` goes through the room's own change function, calls `kept`
    there, and raises what that raises: Stale, Conflict, Invalid.
    """

    kind: str
    title: str
    read: Callable[[Context, UUID], Awaitable[Present]]
    apply: Callable[[Context, UUID, Document, int, str], Awaitable[None]]
    """(ctx, id, document, the record's version that was seen, reason)"""
    to_read: str = "read"
    to_change: str = "make"


_kinds: dict[str, Definition] = {}
_names: list[NamesOf] = []


def register(definition: Definition) -> None:
    """Let this kind be listed, compared and restored; doing it twice changes nothing."""
    _kinds[definition.kind] = definition


def name_authors_with(names_of: NamesOf) -> None:
    """Lend the function that knows people's names; versions hold their ids only."""
    _names[:] = [names_of]


def definition_of(kind: str) -> Definition:
    """NotFound for a kind that has no versions, with those that have."""
    if kind not in _kinds:
        raise NotFound(f"There are no definitions of this kind; there are {', '.join(sorted(_kinds))}")
    return _kinds[kind]


def title_of(kind: str) -> str:
    return _kinds[kind].title if kind in _kinds else kind.replace("_", " ")


async def names_of(ctx: Context, people: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of those of these people that are still here."""
    return await _names[0](ctx, people) if _names and people else {}
