"""The phones that a wall's person reaches, and who holds each: read anew whenever something happened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from greenroom.infra.context import House
from greenroom.infra.http.context import Identity
from greenroom.kit.text import clean_line
from greenroom.phones import attended, wall_store
from greenroom.phones.rules import LEASE
from greenroom.phones.wall_door import may_operate
from greenroom.tenancy import facade as tenancy


@dataclass(frozen=True, slots=True)
class Standing:
    """A phone as one person stands to it. `holder` is empty where nobody holds it."""

    phone: UUID
    client: UUID | None
    epoch: int
    held: bool
    holder: str
    mine: bool
    operates: bool
    expires_at: datetime | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Reach:
    """By phone, and the apps that this organisation attends besides those that ship as attended."""

    standings: dict[UUID, Standing]
    attended: frozenset[str]


async def reach(house: House, identity: Identity, phones: Collection[UUID]) -> Reach:
    """In a transaction of its own. Those of the phones that are not in it are out of the person's reach."""
    async with identity.context(house) as ctx:
        rows = await wall_store.standings(ctx, phones)
        people = {row["holder_id"] for row in rows if row["held"] and row["holder_kind"] == "person"}
        names = await tenancy.names_of(ctx, people) if people else {}
        extra = await attended.of(ctx)
    found = {}
    for row in rows:
        person = row["held"] and row["holder_kind"] == "person"
        holder = names.get(row["holder_id"], "somebody who has left") if person else "a workflow"
        found[row["phone_id"]] = Standing(
            row["phone_id"], row["client_id"], row["epoch"], row["held"],
            clean_line(holder)[:120] if row["held"] else "", person and row["holder_id"] == identity.user,
            may_operate(identity, row["client_id"]), row["expires_at"], row["seconds"],
        )  # fmt: skip
    return Reach(found, extra)


async def keep(house: House, identity: Identity, phones: Collection[UUID], *, touched: bool) -> None:
    """The person's leases on these phones hold for another minute."""
    async with identity.context(house) as ctx:
        await wall_store.keep(ctx, phones, identity.user, LEASE, touched=touched)
