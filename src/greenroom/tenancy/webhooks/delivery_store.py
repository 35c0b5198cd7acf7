"""The statements on gr.webhook_delivery: what is to be sent, what was answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "d.organisation_id = %(organisation)s and d.webhook_id = %(webhook)s"
_SEEN = """d.id, d.event_id, d.kind, d.state, d.attempts,
           case when d.state in ('pending', 'failed') then d.next_at end as next_at,
           d.status, d.answer, d.error, d.duration_ms, d.tried_at, d.created_at, d.delivered_at"""
_MISSING = "There is no such delivery here"


async def add(ctx: Context, webhook: UUID, client: UUID | None, rows: Sequence[dict[str, Any]]) -> None:
    """A delivery for each event (`id`, `xid`, `event`, `kind`); one that is there already stays as it is."""
    await ctx.db.execute_many(
        """insert into webhook_delivery (organisation_id, client_id, webhook_id, id, event_xid, event_id, kind)
           values (%(organisation)s, %(client)s, %(webhook)s, %(id)s, %(xid)s::text::xid8, %(event)s, %(kind)s)
           on conflict (organisation_id, webhook_id, event_id) do nothing""",
        [{"organisation": ctx.organisation, "client": client, "webhook": webhook, **row} for row in rows],
    )


async def add_test(ctx: Context, webhook: UUID, client: UUID | None, id: UUID, event: UUID) -> None:
    """A delivery of an event of this very transaction."""
    await ctx.db.execute(
        """insert into webhook_delivery (organisation_id, client_id, webhook_id, id, event_xid, event_id, kind,
                                         by_hand)
           select organisation_id, %(client)s, %(webhook)s, %(delivery)s, xid, id, kind, true from event
           where organisation_id = %(organisation)s and id = %(event)s""",
        {"organisation": ctx.organisation, "client": client, "webhook": webhook, "delivery": id, "event": event},
    )


async def next_due(ctx: Context, webhook: UUID) -> Row | None:
    """What a person asked for, else the earliest event that is due; `id` is null when it may not be read any more."""
    return await ctx.db.maybe(
        f"""select d.id as delivery, d.attempts, now() - d.since as age, now() as now, e.id, e.kind, e.at, e.client_id,
                   e.subject_type, e.subject_id, e.message, e.severity, e.data
            from webhook_delivery d left join event e
              on e.organisation_id = d.organisation_id and e.id = d.event_id
              and (e.client_id is null or e.client_id = any(%(clients)s))
            where {_OWN} and d.state in ('pending', 'failed') and d.next_at <= now()
            order by d.by_hand desc, d.event_xid, d.event_id limit 1""",
        {**ctx.tenant, "webhook": webhook},
    )


async def write_answer(ctx: Context, delivery: UUID, said: dict[str, Any], *, state: str, wait: timedelta) -> None:
    """`said` is status, answer, error and duration_ms of one more attempt."""
    await ctx.db.execute(
        """update webhook_delivery set state = %(state)s, attempts = attempts + 1, next_at = now() + %(wait)s,
                  tried_at = now(), by_hand = false,
                  delivered_at = case when %(state)s = 'delivered' then now() end,
                  status = %(status)s, answer = %(answer)s, error = %(error)s, duration_ms = %(duration_ms)s
           where organisation_id = %(organisation)s and id = %(id)s""",
        {"organisation": ctx.organisation, "id": delivery, "state": state, "wait": wait, **said},
    )


async def deliveries(
    ctx: Context, webhook: UUID, *, state: str | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[Row]:
    """The newest first."""
    return await ctx.db.all(
        f"""select {_SEEN} from webhook_delivery d
            where {_OWN} and (%(state)s::text is null or d.state = %(state)s)
              and (%(at)s::timestamptz is null or (d.created_at, d.id) < (%(at)s, %(id)s::uuid))
            order by d.created_at desc, d.id desc limit %(limit)s""",
        {
            "organisation": ctx.organisation, "webhook": webhook, "state": state, "limit": limit,
            "at": before[0] if before else None, "id": before[1] if before else None,
        },
    )  # fmt: skip


async def delivery(ctx: Context, webhook: UUID, id: UUID) -> Row:
    return await ctx.db.one(
        f"select {_SEEN} from webhook_delivery d where {_OWN} and d.id = %(id)s",
        {"organisation": ctx.organisation, "webhook": webhook, "id": id},
        missing=_MISSING,
    )


async def send_again(ctx: Context, webhook: UUID, id: UUID) -> None:
    """Another round of attempts, from now on."""
    await ctx.db.execute(
        f"""update webhook_delivery d set state = 'pending', attempts = 0, since = now(), next_at = now(),
                   by_hand = true, delivered_at = null
            where {_OWN} and d.id = %(id)s""",
        {"organisation": ctx.organisation, "webhook": webhook, "id": id},
    )
