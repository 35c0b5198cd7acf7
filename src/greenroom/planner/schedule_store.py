"""The statements on gr.schedule and what belongs to it."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_SCHEDULE = """select s.id, s.client_id, s.version, s.name, s.kind, s.rule, s.start, s.zone, s.without, s.opens,
                       s.closes, s.times, s.apart_minutes, s.seed, s.pattern, s.repeat_queue, s.misfire, s.state,
                  array(select a.account_id from schedule_account a
                        where (a.organisation_id, a.client_id, a.schedule_id) = (s.organisation_id, s.client_id, s.id)
                        order by a.position) as accounts,
                  array(select c.content_id from schedule_content c
                        where (c.organisation_id, c.client_id, c.schedule_id) = (s.organisation_id, s.client_id, s.id)
                        order by c.position) as contents
           from schedule s where s.organisation_id = %(organisation)s and s.client_id = any(%(clients)s)"""


async def to_fill(db: Tx, most: int) -> list[Row]:
    """Organisation, client and id of schedules whose posts are to be made; needs no scope."""
    return await db.all("select * from schedules_to_fill(%(most)s)", {"most": most})


async def schedules(ctx: Context, after: tuple[str, UUID] | None, limit: int | None) -> list[Row]:
    """All but those that were ended, by name; those after a name and id, at most `limit`."""
    name, id = after or ("", None)
    return await ctx.db.all(
        _SCHEDULE
        + """ and s.state <> 'cancelled'
             and (%(after)s::uuid is null
                  or (lower(s.name) collate "C", s.id) > (lower(%(name)s) collate "C", %(after)s::uuid))
           order by lower(s.name) collate "C", s.id limit %(limit)s::int""",
        {**ctx.tenant, "name": name, "after": id, "limit": limit},
    )


async def schedule(ctx: Context, schedule: UUID, *, lock: bool = False) -> Row:
    """With `lock` nobody else changes or fills it until this transaction ends."""
    missing = "There is no such schedule here"
    params = {**ctx.tenant, "id": schedule}
    if lock:
        await ctx.db.one(
            f"select id from schedule where {_OWN} and id = %(id)s for no key update", params, missing=missing
        )
    return await ctx.db.one(_SCHEDULE + " and s.id = %(id)s", params, missing=missing)


async def insert(ctx: Context, client: UUID, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into schedule (organisation_id, client_id, id, name, kind, rule, start, zone, without, opens, closes,
                                 times, apart_minutes, seed, pattern, repeat_queue, misfire)
           values (%(organisation)s, %(client)s, %(id)s, %(name)s, %(kind)s, %(rule)s, %(start)s, %(zone)s,
                   %(without)s, %(opens)s, %(closes)s, %(times)s, %(apart_minutes)s, %(seed)s, %(pattern)s,
                   %(repeat_queue)s, %(misfire)s)""",
        {"organisation": ctx.organisation, "client": client, **row},
    )
    await _write_lists(ctx, client, row)


async def write(ctx: Context, client: UUID, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        f"""update schedule set name = %(name)s, kind = %(kind)s, rule = %(rule)s, start = %(start)s, zone = %(zone)s,
                   without = %(without)s, opens = %(opens)s, closes = %(closes)s, times = %(times)s,
                   apart_minutes = %(apart_minutes)s, seed = %(seed)s, pattern = %(pattern)s,
                   repeat_queue = %(repeat_queue)s, misfire = %(misfire)s, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, **row},
    )
    await _clear_lists(ctx, row["id"])
    await _write_lists(ctx, client, row)


async def _write_lists(ctx: Context, client: UUID, row: dict[str, Any]) -> None:
    place = {"organisation": ctx.organisation, "client": client, "schedule": row["id"]}
    await ctx.db.execute(
        """insert into schedule_account (organisation_id, client_id, schedule_id, position, account_id)
           select %(organisation)s, %(client)s, %(schedule)s, place - 1, one
           from unnest(%(accounts)s::uuid[]) with ordinality as given (one, place)""",
        {**place, "accounts": list(row["accounts"])},
    )
    await ctx.db.execute(
        """insert into schedule_content (organisation_id, client_id, schedule_id, position, content_id)
           select %(organisation)s, %(client)s, %(schedule)s, place - 1, one
           from unnest(%(contents)s::uuid[]) with ordinality as given (one, place)""",
        {**place, "contents": list(row["contents"])},
    )


async def _clear_lists(ctx: Context, schedule: UUID) -> None:
    for statement in (
        f"delete from schedule_account where {_OWN} and schedule_id = %(id)s",
        f"delete from schedule_content where {_OWN} and schedule_id = %(id)s",
    ):
        await ctx.db.execute(statement, {**ctx.tenant, "id": schedule})


async def write_state(ctx: Context, schedule: UUID, state: str) -> None:
    """A step that a person takes."""
    await ctx.db.execute(
        f"""update schedule set state = %(state)s, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": schedule, "state": state},
    )


async def filled(ctx: Context, schedule: UUID, state: str, *, seconds: int) -> None:
    """The state that filling found, and when to fill again; no change that a person has to know of before theirs."""
    await ctx.db.execute(
        f"""update schedule set state = %(state)s, fill_at = now() + make_interval(secs => %(seconds)s)
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": schedule, "state": state, "seconds": seconds},
    )


async def fill_later(ctx: Context, schedule: UUID, *, seconds: int) -> None:
    await ctx.db.execute(
        f"update schedule set fill_at = now() + make_interval(secs => %(seconds)s) where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": schedule, "seconds": seconds},
    )


async def fill_slots_soon(ctx: Context, client: UUID) -> None:
    """The client's slots mean other times from now on: the next tick fills the schedules that post in them."""
    await ctx.db.execute(
        f"""update schedule set fill_at = now()
            where {_OWN} and client_id = %(client)s and kind = 'slots' and state in ('pending', 'active')""",
        {**ctx.tenant, "client": client},
    )


async def gaps(ctx: Context, schedules: list[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select schedule_id, account_id, occurrence, wall, reason from schedule_gap
            where {_OWN} and schedule_id = any(%(ids)s) order by wall, account_id""",
        {**ctx.tenant, "ids": schedules},
    )


async def write_gaps(ctx: Context, client: UUID, schedule: UUID, found: list[dict[str, Any]]) -> None:
    """What stands there now instead of what stood there before."""
    await ctx.db.execute(
        f"delete from schedule_gap where {_OWN} and schedule_id = %(id)s", {**ctx.tenant, "id": schedule}
    )
    if found:
        await ctx.db.execute_many(
            """insert into schedule_gap (organisation_id, client_id, schedule_id, account_id, occurrence, wall, reason)
               values (%(organisation)s, %(client)s, %(schedule)s, %(account)s, %(key)s, %(wall)s, %(reason)s)""",
            [{"organisation": ctx.organisation, "client": client, "schedule": schedule, **one} for one in found],
        )
