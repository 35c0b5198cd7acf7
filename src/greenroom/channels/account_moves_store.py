"""The statements on gr.account_move, and on what gr.account says about its state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_MOVE = "id, was, was_phase, state, phase, by, who, why, until, reverses, at"


async def write_move(ctx: Context, account: UUID, move: dict[str, Any]) -> None:
    """Put the account into its new state. Nobody has been told yet of what waits for it there."""
    await ctx.db.execute(
        f"""update account set state = %(state)s, state_reason = %(reason)s, state_at = clock_timestamp(),
                   state_by = %(by)s, state_who = %(who)s, state_until = %(until)s, warned_days = null,
                   version = version + 1, updated_at = now()
            where {_OWN} and id = %(account)s""",
        {**ctx.tenant, "account": account, **move},
    )


async def insert_move(ctx: Context, client: UUID, account: UUID, move: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into account_move (organisation_id, client_id, id, account_id, was, was_phase, state, phase, by, who,
                                     actor_id, why, until, reverses)
           values (%(organisation)s, %(client)s, %(id)s, %(account)s, %(was)s, %(was_phase)s, %(state)s, %(phase)s,
                   %(by)s, %(who)s, %(actor)s, %(why)s, %(until)s, %(reverses)s)""",
        {"organisation": ctx.organisation, "client": client, "account": account, **move},
    )


async def moves(ctx: Context, account: UUID, after: tuple[datetime, UUID] | None, most: int) -> list[Row]:
    """The account's moves, the newest first."""
    return await ctx.db.all(
        f"""select {_MOVE} from account_move
            where {_OWN} and account_id = %(account)s
              and (%(after_at)s::timestamptz is null or (at, id) < (%(after_at)s, %(after_id)s::uuid))
            order by at desc, id desc limit %(most)s""",
        {
            **ctx.tenant,
            "account": account,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "most": most,
        },
    )


async def newest(ctx: Context, account: UUID) -> Row | None:
    return await ctx.db.maybe(
        f"select {_MOVE} from account_move where {_OWN} and account_id = %(account)s order by at desc, id desc limit 1",
        {**ctx.tenant, "account": account},
    )


async def reversed_since(ctx: Context, account: UUID, since: datetime) -> bool:
    """Whether a person took back a move of a rule since then."""
    return bool(
        await ctx.db.value(
            f"""select exists (select from account_move
                               where {_OWN} and account_id = %(account)s and reverses is not null
                                 and at >= %(since)s)""",
            {**ctx.tenant, "account": account, "since": since},
        )
    )


async def waiting(ctx: Context, account: UUID, until: datetime | None) -> int:
    """How many of its posts are due within a week, and before `until`."""
    found: int = await ctx.db.value(
        f"""select count(*) from post
            where {_OWN} and account_id = %(account)s and state = 'scheduled' and not on_hold
              and due_at < least(now() + interval '7 days', %(until)s::timestamptz)""",
        {**ctx.tenant, "account": account, "until": until},
    )
    return found


async def is_due(ctx: Context, account: UUID) -> bool:
    """Whether a rule moves it on now."""
    return bool(
        await ctx.db.value(
            f"select coalesce(state_until <= now(), false) from account where {_OWN} and id = %(id)s",
            {**ctx.tenant, "id": account},
        )
    )


async def to_move(db: Tx, most: int) -> list[Row]:
    """Organisation, client and id of accounts that a rule moves on now; needs no scope."""
    return await db.all("select * from accounts_to_move(%(most)s)", {"most": most})
