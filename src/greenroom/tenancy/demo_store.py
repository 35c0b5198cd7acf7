"""Statements about the demo organisation."""

from uuid import UUID

from greenroom.infra import locks
from greenroom.infra.database import Row, Tx


async def demo_organisation(tx: Tx) -> UUID | None:
    """The organisation that is marked demo, if there is one; nobody else makes one until this transaction ends."""
    await tx.execute("select pg_advisory_xact_lock(%(lock)s)", {"lock": locks.DEMO})
    found: UUID | None = await tx.value("select demo_organisation()")
    return found


async def enter(tx: Tx, organisation: UUID) -> None:
    """Let this transaction write the organisation that it is about to make."""
    await tx.execute(
        "select set_config('gr.organisation', %(organisation)s, true)", {"organisation": str(organisation)}
    )


async def people(tx: Tx, organisation: UUID) -> list[Row]:
    return await tx.all(
        "select email, id from app_user where organisation_id = %(organisation)s", {"organisation": organisation}
    )
