"""What the people and workflows are called that hold phones, ask for them or did something with them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.tenancy import facade as tenancy

_WORKFLOW = "a workflow"
_GONE = "somebody who has left"


async def names_in(ctx: Context, rows: Collection[Row], *columns: str) -> dict[UUID, str]:
    """The names of the people in these columns, as far as they are still there."""
    wanted = {row[column] for row in rows for column in columns if row[column] is not None}
    return await tenancy.names_of(ctx, wanted) if wanted else {}


def person_name(person: UUID | None, names: Mapping[UUID, str]) -> str | None:
    """None where it was nobody."""
    return names.get(person, _GONE) if person else None


def holder_name(row: Row, names: Mapping[UUID, str]) -> str:
    """Of a lease's row."""
    return _WORKFLOW if row["holder_kind"] == "workflow" else names.get(row["holder_id"], _GONE)
