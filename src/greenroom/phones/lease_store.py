"""The statements on gr.phone_lease and gr.phone_lease_past. Leases live by the database's clock."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.infra import locks
from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.phones.access import tenant_of

_OWN = """l.organisation_id = %(organisation)s
          and (l.client_id = any(%(clients)s) or (l.client_id is null and %(all)s))"""
_LEASE = """l.phone_id, l.client_id, l.epoch, l.holder_kind, l.holder_id, l.taken_at, l.expires_at, l.input_at,
            l.idle_asked_at, l.asked_by, l.asked_at, l.asked_note"""
_NOBODY = """epoch = l.epoch + 1, holder_kind = null, holder_id = null, taken_at = null, expires_at = null,
             input_at = null, idle_asked_at = null, asked_by = null, asked_at = null, asked_note = null"""
_SOMEBODY = """epoch = l.epoch + 1, holder_kind = %(kind)s, holder_id = %(holder)s, taken_at = clock_timestamp(),
               expires_at = clock_timestamp() + %(lasts)s, input_at = clock_timestamp(), idle_asked_at = null,
               asked_by = null, asked_at = null, asked_note = null"""
_PAST = """p.phone_id, p.epoch, p.holder_kind, p.holder_id, p.taken_at, p.ended_at, p.reason, p.why, p.ended_by"""
_TO_PAST = """insert into phone_lease_past (organisation_id, client_id, phone_id, epoch, holder_kind, holder_id,
                                            taken_at, ended_at, reason, why, ended_by)
              select l.organisation_id, l.client_id, l.phone_id, l.epoch, l.holder_kind, l.holder_id, l.taken_at"""


async def leases(ctx: Context, phones: Collection[UUID]) -> list[Row]:
    """Those that are held now."""
    return await ctx.db.all(
        f"""select {_LEASE} from phone_lease l
            where {_OWN} and l.phone_id = any(%(phones)s) and l.holder_kind is not null
              and l.expires_at > clock_timestamp()""",
        {**tenant_of(ctx), "phones": list(phones)},
    )


async def standings(ctx: Context, phones: Collection[UUID]) -> list[Row]:
    """Epoch, whether somebody holds it, until when and for how many seconds more."""
    return await ctx.db.all(
        f"""select l.phone_id, l.epoch, coalesce(l.expires_at > clock_timestamp(), false) as held, l.expires_at,
                   coalesce(greatest(0, extract(epoch from l.expires_at - clock_timestamp())), 0) as seconds
            from phone_lease l where {_OWN} and l.phone_id = any(%(phones)s)""",
        {**tenant_of(ctx), "phones": list(phones)},
    )


async def lease(ctx: Context, phone: UUID) -> Row:
    """The phone's row, held or not, with the database's `now`."""
    return await ctx.db.one(
        f"""select {_LEASE}, clock_timestamp() as now from phone_lease l where {_OWN} and l.phone_id = %(phone)s""",
        {**tenant_of(ctx), "phone": phone},
        missing="There is no such phone here",
    )


async def claim(ctx: Context, phone: UUID, kind: str, holder: UUID, lasts: timedelta) -> Row | None:
    """The new epoch and the phone's client if it was nobody's, or its lease over; None when somebody holds it."""
    asked = {**tenant_of(ctx), "phone": phone, "kind": kind, "holder": holder, "lasts": lasts}
    # Locks the row where the lease is over, and looks again once it has the lock: it may have been renewed.
    await ctx.db.execute(
        f"""{_TO_PAST}, l.expires_at, 'expired', '', null from phone_lease l
            where {_OWN} and l.phone_id = %(phone)s and l.holder_kind is not null and l.expires_at <= now()
            for no key update of l on conflict do nothing""",
        asked,
    )
    return await ctx.db.maybe(
        f"""update phone_lease l set {_SOMEBODY}
            where {_OWN} and l.phone_id = %(phone)s
              and (l.holder_kind is null or l.expires_at <= now())
            returning l.epoch, l.client_id""",
        asked,
    )


async def alone(ctx: Context, platform: str, names: Sequence[str]) -> None:
    """Who takes a phone with one of these names waits for who is at it, until the transaction's end.

    Given in one order by everybody, so that nobody waits in a circle.
    """
    await ctx.db.execute(
        """select pg_advisory_xact_lock(hashtextextended(one, %(seed)s))
           from unnest(%(names)s::text[]) with ordinality as named (one, place) order by place""",
        {"names": [f"{ctx.organisation} {platform} {one}" for one in names], "seed": locks.PHONES},
    )


async def twin_held(ctx: Context, phone: Row, serial: str | None, marks: Sequence[str]) -> Row | None:
    """The other row of this phone that is held, if one is, with its agent; of all clients in the scope.

    It has one of these marks, or this serial on another agent. Its lease is locked first: one that is just being
    renewed counts.
    """
    rows = await ctx.db.all(
        """select p.agent_id, a.name as agent_name, coalesce(l.expires_at > clock_timestamp(), false) as held
           from phone p
           join agent a on a.organisation_id = p.organisation_id and a.id = p.agent_id
           join phone_lease l on l.organisation_id = p.organisation_id and l.phone_id = p.id
           where p.organisation_id = %(organisation)s and p.id <> %(phone)s and p.platform = %(platform)s
             and (p.marks && %(marks)s::text[] or (p.serial = %(serial)s and p.agent_id <> %(agent)s))
           order by p.agent_id, p.serial collate "C" for no key update of l""",
        {"organisation": ctx.organisation, "phone": phone["id"], "agent": phone["agent_id"],
         "platform": phone["platform"], "serial": serial, "marks": list(marks)},
    )  # fmt: skip
    return next((row for row in rows if row["held"]), None)


async def renew(ctx: Context, phone: UUID, epoch: int, holder: UUID, lasts: timedelta, *, touched: bool) -> bool:
    """Whether it was still the holder's."""
    changed = await ctx.db.execute(
        f"""update phone_lease l set expires_at = clock_timestamp() + %(lasts)s,
                   input_at = case when %(touched)s then clock_timestamp() else l.input_at end,
                   idle_asked_at = case when %(touched)s then null else l.idle_asked_at end
            where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s and l.holder_id = %(holder)s
              and l.expires_at > clock_timestamp()""",
        {**tenant_of(ctx), "phone": phone, "epoch": epoch, "holder": holder, "lasts": lasts, "touched": touched},
    )
    return changed == 1


async def end(
    ctx: Context, phone: UUID, epoch: int, reason: str, *, why: str = "", by: UUID | None = None
) -> int | None:
    """Nobody's from now on: the new epoch; None when this lease had ended before."""
    asked = await _to_past(ctx, phone, epoch, reason, why, by)
    raised: int | None = await ctx.db.value(
        f"update phone_lease l set {_NOBODY} where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s"
        " and l.holder_kind is not null returning l.epoch",
        asked,
    )
    return raised


async def pass_on(
    ctx: Context, phone: UUID, epoch: int, to: UUID, lasts: timedelta, reason: str, *, why: str = "", by: UUID
) -> int | None:
    """Another person's from now on, with no moment in between: the new epoch; None when this lease had ended."""
    asked = await _to_past(ctx, phone, epoch, reason, why, by)
    raised: int | None = await ctx.db.value(
        f"""update phone_lease l set {_SOMEBODY}
            where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s and l.holder_kind is not null
            returning l.epoch""",
        {**asked, "kind": "person", "holder": to, "lasts": lasts},
    )
    return raised


async def ask(ctx: Context, phone: UUID, epoch: int, by: UUID, note: str) -> bool:
    """The last who asked stands."""
    changed = await ctx.db.execute(
        f"""update phone_lease l set asked_by = %(by)s, asked_at = clock_timestamp(), asked_note = %(note)s
            where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s and l.holder_kind is not null""",
        {**tenant_of(ctx), "phone": phone, "epoch": epoch, "by": by, "note": note},
    )
    return changed == 1


async def ask_idle(ctx: Context, phone: UUID, epoch: int, input_at: datetime) -> bool:
    """Whether it was asked just now; not when there was input meanwhile."""
    changed = await ctx.db.execute(
        f"""update phone_lease l set idle_asked_at = clock_timestamp()
            where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s and l.input_at = %(input)s
              and l.idle_asked_at is null""",
        {**tenant_of(ctx), "phone": phone, "epoch": epoch, "input": input_at},
    )
    return changed == 1


async def hold(ctx: Context, phone: UUID) -> Row:
    """As `lease`, locked until the transaction's end."""
    return await ctx.db.one(
        f"""select {_LEASE}, clock_timestamp() as now from phone_lease l
            where {_OWN} and l.phone_id = %(phone)s for no key update""",
        {**tenant_of(ctx), "phone": phone},
        missing="There is no such phone here",
    )


async def past(ctx: Context, phone: UUID, before: int | None, limit: int) -> list[Row]:
    """The newest first; those of epochs `before` one."""
    return await ctx.db.all(
        f"""select {_PAST} from phone_lease_past p
            where p.organisation_id = %(organisation)s
              and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))
              and p.phone_id = %(phone)s and (%(before)s::bigint is null or p.epoch < %(before)s)
            order by p.epoch desc limit %(limit)s""",
        {**tenant_of(ctx), "phone": phone, "before": before, "limit": limit},
    )


async def past_of(ctx: Context, phone: UUID, epoch: int) -> Row | None:
    return await ctx.db.maybe(
        f"""select {_PAST} from phone_lease_past p
            where p.organisation_id = %(organisation)s
              and (p.client_id = any(%(clients)s) or (p.client_id is null and %(all)s))
              and p.phone_id = %(phone)s and p.epoch = %(epoch)s""",
        {**tenant_of(ctx), "phone": phone, "epoch": epoch},
    )


async def to_settle(tx: Tx, idle: timedelta, grace: timedelta, most: int) -> list[Row]:
    """Where leases are over or idle: organisation, client and phone, of every organisation."""
    return await tx.all(
        "select * from phone_leases_to_settle(%(idle)s, %(grace)s, %(most)s)",
        {"idle": idle, "grace": grace, "most": most},
    )


async def _to_past(ctx: Context, phone: UUID, epoch: int, reason: str, why: str, by: UUID | None) -> dict[str, Any]:
    """Of two who end one lease the second waits for the first, and then finds it ended."""
    asked = {**tenant_of(ctx), "phone": phone, "epoch": epoch, "reason": reason, "why": why, "by": by}
    await ctx.db.execute(
        f"""{_TO_PAST}, clock_timestamp(), %(reason)s, %(why)s, %(by)s from phone_lease l
            where {_OWN} and l.phone_id = %(phone)s and l.epoch = %(epoch)s and l.holder_kind is not null
            for no key update of l on conflict do nothing""",
        asked,
    )
    return asked
