"""The statements on gr.webhook: endpoints as people see them, and as whoever delivers holds them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "w.organisation_id = %(organisation)s and (w.client_id is null or w.client_id = any(%(clients)s))"
_SEEN = """w.id, w.client_id, w.address, w.description, w.kinds, w.active, w.disabled_reason, w.failing_since,
           case when w.claim is null and w.rests_until > now() then w.rests_until end as rests_until,
           last.state as last_state, last.status as last_status, coalesce(last.error, '') as last_error,
           last.tried_at as last_at,
           (select count(*) from webhook_delivery d where d.organisation_id = w.organisation_id
              and d.webhook_id = w.id and d.state in ('pending', 'failed'))::int as waiting,
           case when w.previous_until > now() then w.previous_until end as previous_secret_until,
           w.version, w.created_at"""
_WITH_LAST = """webhook w left join lateral (
                  select d.state, d.status, d.error, d.tried_at from webhook_delivery d
                  where d.organisation_id = w.organisation_id and d.webhook_id = w.id and d.tried_at is not null
                  order by d.tried_at desc limit 1) last on true"""
_MISSING = "There is no such webhook here"
_SPOKEN_WITH = """id, client_id, user_id, address, kinds, secret_id, previous_secret_id,
                  coalesce(previous_until > now(), false) as previous_signs,
                  after_xid::text as after_xid, after_id"""
_HELD = "organisation_id = %(organisation)s and id = %(id)s and claim = %(claim)s"


async def webhooks(ctx: Context, *, whole: bool) -> list[Row]:
    """Those of the context's clients, and with `whole` those of the organisation itself."""
    return await ctx.db.all(
        f"""select {_SEEN} from {_WITH_LAST} where {_OWN} and (w.client_id is not null or %(whole)s)
            order by w.created_at desc, w.id desc""",
        {**ctx.tenant, "whole": whole},
    )


async def webhook(ctx: Context, id: UUID, *, whole: bool) -> Row:
    return await ctx.db.one(
        f"select {_SEEN} from {_WITH_LAST} where {_OWN} and (w.client_id is not null or %(whole)s) and w.id = %(id)s",
        {**ctx.tenant, "whole": whole, "id": id},
        missing=_MISSING,
    )


async def keys(ctx: Context, id: UUID) -> Row:
    """Where its secrets are in the vault; holds the row."""
    return await ctx.db.one(
        f"""select w.client_id, w.secret_id, w.previous_secret_id from webhook w where {_OWN} and w.id = %(id)s
            for update""",
        {**ctx.tenant, "id": id},
        missing=_MISSING,
    )


async def count(ctx: Context) -> int:
    """How many endpoints the organisation has, as far as the context sees."""
    found: int = await ctx.db.value(f"select count(*) from webhook w where {_OWN}", ctx.tenant)
    return found


async def add(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into webhook (organisation_id, client_id, id, user_id, address, description, kinds, secret_id,
                                after_xid, after_id)
           values (%(organisation)s, %(client)s, %(id)s, %(user)s, %(address)s, %(description)s, %(kinds)s,
                   %(secret)s, %(after_xid)s::text::xid8, %(after_id)s)""",
        {"organisation": ctx.organisation, **row},
    )


async def change(ctx: Context, id: UUID, version: int, row: dict[str, Any]) -> bool:
    """Whether it still had this version. Switched on anew it starts at the given place in the events."""
    changed = await ctx.db.execute(
        f"""update webhook w set address = %(address)s, description = %(description)s, kinds = %(kinds)s,
                   user_id = %(user)s, version = version + 1, updated_at = now(),
                   after_xid = case when w.active then w.after_xid else %(after_xid)s::text::xid8 end,
                   after_id = case when w.active then w.after_id else %(after_id)s end,
                   failing_since = case when w.active then w.failing_since end,
                   rests_until = case when w.active then w.rests_until else now() end,
                   disabled_reason = case when %(active)s then null else w.disabled_reason end,
                   active = %(active)s
            where {_OWN} and w.id = %(id)s and w.version = %(version)s""",
        {**ctx.tenant, "id": id, "version": version, **row},
    )
    return changed == 1


async def rotate(ctx: Context, id: UUID, secret: UUID, keep_old: timedelta) -> None:
    await ctx.db.execute(
        f"""update webhook w set previous_secret_id = secret_id, previous_until = now() + %(keep)s,
                   secret_id = %(secret)s, version = version + 1, updated_at = now()
            where {_OWN} and w.id = %(id)s""",
        {**ctx.tenant, "id": id, "secret": secret, "keep": keep_old},
    )


async def wake(ctx: Context, id: UUID) -> None:
    """Don't leave it in peace any longer, unless it is being spoken with."""
    await ctx.db.execute(
        """update webhook set rests_until = now()
           where organisation_id = %(organisation)s and id = %(id)s and claim is null and rests_until > now()""",
        {"organisation": ctx.organisation, "id": id},
    )


async def remove(ctx: Context, id: UUID) -> None:
    """The endpoint, held by `keys`, with its deliveries."""
    at = {"organisation": ctx.organisation, "id": id}
    await ctx.db.execute(
        "delete from webhook_delivery where organisation_id = %(organisation)s and webhook_id = %(id)s", at
    )
    await ctx.db.execute("delete from webhook where organisation_id = %(organisation)s and id = %(id)s", at)


async def due(tx: Tx, most: int) -> list[Row]:
    return await tx.all("select * from webhooks_due(%(most)s)", {"most": most})


async def tidy(tx: Tx) -> None:
    await tx.execute("select tidy_webhook_deliveries()")


async def take(ctx: Context, id: UUID, claim: UUID, lease: timedelta) -> Row | None:
    """Hold the endpoint for this lease; None when it is off, rests, or somebody else has it."""
    return await ctx.db.maybe(
        f"""update webhook set claim = %(claim)s, rests_until = now() + %(lease)s
            where organisation_id = %(organisation)s and id = %(id)s and active and rests_until <= now()
            returning {_SPOKEN_WITH}""",
        {"organisation": ctx.organisation, "id": id, "claim": claim, "lease": lease},
    )


async def hold(ctx: Context, id: UUID, claim: UUID, lease: timedelta) -> Row | None:
    """The endpoint as it is now, ours for another lease; None when it is off or no longer ours."""
    return await ctx.db.maybe(
        f"update webhook set rests_until = now() + %(lease)s where {_HELD} and active returning {_SPOKEN_WITH}",
        {"organisation": ctx.organisation, "id": id, "claim": claim, "lease": lease},
    )


async def release(ctx: Context, id: UUID, claim: UUID, rest: timedelta) -> None:
    await ctx.db.execute(
        f"update webhook set claim = null, rests_until = now() + %(rest)s where {_HELD}",
        {"organisation": ctx.organisation, "id": id, "claim": claim, "rest": rest},
    )


async def move_on(ctx: Context, id: UUID, claim: UUID, xid: int, event: UUID) -> None:
    """Its place in the events is now after this one."""
    await ctx.db.execute(
        f"update webhook set after_xid = %(xid)s::text::xid8, after_id = %(event)s where {_HELD}",
        {"organisation": ctx.organisation, "id": id, "claim": claim, "xid": str(xid), "event": event},
    )


async def forget_previous(ctx: Context, id: UUID) -> None:
    await ctx.db.execute(
        """update webhook set previous_secret_id = null, previous_until = null
           where organisation_id = %(organisation)s and id = %(id)s""",
        {"organisation": ctx.organisation, "id": id},
    )


async def note(ctx: Context, id: UUID, *, well: bool) -> timedelta:
    """Keep since when it has only failed; gives how long that is."""
    failing: timedelta | None = await ctx.db.value(
        """update webhook set failing_since = case when not %(well)s then coalesce(failing_since, now()) end
           where organisation_id = %(organisation)s and id = %(id)s returning now() - failing_since""",
        {"organisation": ctx.organisation, "id": id, "well": well},
    )
    return failing or timedelta(0)


async def disable(ctx: Context, id: UUID, reason: str) -> bool:
    """Whether it was on until now."""
    changed = await ctx.db.execute(
        """update webhook set active = false, disabled_reason = %(reason)s, version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s and active""",
        {"organisation": ctx.organisation, "id": id, "reason": reason},
    )
    return changed == 1
