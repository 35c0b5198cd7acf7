"""The statements on gr.phone_history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.kit.ids import uuid7
from greenroom.phones.access import tenant_of

_OWN = """t.organisation_id = %(organisation)s
          and (t.client_id = any(%(clients)s) or (t.client_id is null and %(all)s)) and t.phone_id = %(phone)s"""


async def add(ctx: Context, client: UUID | None, phone: UUID, kind: str, **said: Any) -> None:
    """`said`: why, was, becomes, by_id."""
    await ctx.db.execute(
        """insert into phone_history (organisation_id, client_id, phone_id, id, kind, why, was, becomes, by_id)
           values (%(organisation)s, %(client)s, %(phone)s, %(id)s, %(kind)s, %(why)s, %(was)s, %(becomes)s,
                   %(by_id)s)""",
        {
            "organisation": ctx.organisation, "client": client, "phone": phone, "id": uuid7(), "kind": kind,
            "why": "", "was": "", "becomes": "", "by_id": None, **said,
        },
    )  # fmt: skip


async def moments(ctx: Context, phone: UUID, before: tuple[datetime, str] | None, limit: int) -> list[Row]:
    """What happened, and the leases that ended; the newest first, those `before` a time and id."""
    at, id = before or (None, "")
    return await ctx.db.all(
        f"""select * from (
              select t.id::text collate "C" as id, t.at, t.kind, t.client_id, t.why, t.was, t.becomes, t.by_id,
                     null::timestamptz as since, null::text as reason, null::text as holder_kind,
                     null::uuid as holder_id
              from phone_history t where {_OWN}
              union all
              select 'lease ' || lpad(t.epoch::text, 19, '0'), t.ended_at, 'held', t.client_id, t.why, '', '',
                     t.ended_by, t.taken_at, t.reason, t.holder_kind, t.holder_id
              from phone_lease_past t where {_OWN}) m
            where %(at)s::timestamptz is null or (m.at, m.id collate "C") < (%(at)s, %(id)s collate "C")
            order by m.at desc, m.id collate "C" desc limit %(limit)s""",
        {**tenant_of(ctx), "phone": phone, "at": at, "id": id, "limit": limit},
    )


async def tidy(tx: Tx) -> None:
    """Remove comings and goings of three months ago, in every organisation."""
    await tx.execute("select tidy_phone_history()")
