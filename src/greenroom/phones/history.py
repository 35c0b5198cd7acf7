"""What happened to a phone over time: came, went, was given away, was put out of work, was held."""

from datetime import datetime
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones import history_store as store
from greenroom.phones import phone_store
from greenroom.phones.contracts import PhoneMoment
from greenroom.phones.holders import holder_name, names_in, person_name


async def list_history(
    ctx: Context, phone: UUID, *, before: tuple[datetime, str] | None, limit: int
) -> list[PhoneMoment]:
    """The newest first; what happened while another client had the phone is that client's. Raises NotFound."""
    await phone_store.phone(ctx, phone)
    rows = await store.moments(ctx, phone, before, limit)
    names = await names_in(ctx, rows, "holder_id", "by_id")
    return [_shown(row, names) for row in rows]


def _shown(row: Row, names: dict[UUID, str]) -> PhoneMoment:
    said = {name: value for name, value in row.items() if not name.startswith("holder_")}
    held = holder_name(row, names) if row["kind"] == "held" else None
    return PhoneMoment(**said, by_name=person_name(row["by_id"], names), holder_name=held)
