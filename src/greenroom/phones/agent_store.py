"""The statements on gr.agent, whose codes are here only as hashes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_AGENT = """id, name, program, made_by, enrolled_at, revoked_at, last_seen_at, code_expires_at, connection_id,
            created_at"""
_OWN = "organisation_id = %(organisation)s"


async def agents(ctx: Context) -> list[Row]:
    return await ctx.db.all(f"select {_AGENT} from agent where {_OWN}", {"organisation": ctx.organisation})


async def agent(ctx: Context, agent: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        f"select {_AGENT} from agent where {_OWN} and id = %(id)s {'for no key update' if lock else ''}",
        {"organisation": ctx.organisation, "id": agent},
        missing="There is no such agent here",
    )


async def add(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into agent (organisation_id, id, name, code_hash, code_expires_at, made_by)
           values (%(organisation)s, %(id)s, %(name)s, %(hash)s, %(expires)s, %(made_by)s)""",
        {"organisation": ctx.organisation, **row},
    )


async def place_of_code(tx: Tx, code_hash: bytes) -> Row | None:
    """Organisation and agent; asked before any scope is known."""
    return await tx.maybe("select * from agent_by_code(%(hash)s)", {"hash": code_hash})


async def place(tx: Tx, agent: UUID) -> UUID | None:
    """The organisation of an enrolled agent; asked before any scope is known."""
    found: UUID | None = await tx.value("select organisation_id from agent_place(%(agent)s)", {"agent": agent})
    return found


async def enrol(ctx: Context, agent: UUID, hash: bytes, key: bytes, program: str, now: datetime) -> bool:
    """Whether the code was still good. It is used up."""
    changed = await ctx.db.execute(
        f"""update agent set public_key = %(key)s, enrolled_at = %(now)s, program = %(program)s, code_hash = null,
                   code_expires_at = null
            where {_OWN} and id = %(id)s and code_hash = %(hash)s and code_expires_at > %(now)s
              and revoked_at is null""",
        {"organisation": ctx.organisation, "id": agent, "hash": hash, "key": key, "program": program, "now": now},
    )
    return changed == 1


async def revoke(ctx: Context, agent: UUID, now: datetime) -> bool:
    """Whether it could still enter until now."""
    changed = await ctx.db.execute(
        f"""update agent set revoked_at = %(now)s, code_hash = null, code_expires_at = null, connection_id = null
            where {_OWN} and id = %(id)s and revoked_at is null""",
        {"organisation": ctx.organisation, "id": agent, "now": now},
    )
    return changed == 1


async def key(ctx: Context, agent: UUID) -> Row | None:
    return await ctx.db.maybe(
        f"select public_key, revoked_at from agent where {_OWN} and id = %(id)s and public_key is not null",
        {"organisation": ctx.organisation, "id": agent},
    )


async def connect(ctx: Context, agent: UUID, connection: UUID, program: str, patience: timedelta) -> bool:
    """Whether this connection speaks for the agent now; not while another one is heard of."""
    changed = await ctx.db.execute(
        f"""update agent set connection_id = %(connection)s, program = %(program)s, last_seen_at = clock_timestamp()
            where {_OWN} and id = %(id)s and revoked_at is null and public_key is not null
              and (connection_id is null or last_seen_at < clock_timestamp() - %(patience)s)""",
        {"organisation": ctx.organisation, "id": agent, "connection": connection, "program": program,
         "patience": patience},
    )  # fmt: skip
    return changed == 1


async def beat(ctx: Context, agent: UUID, connection: UUID) -> bool:
    """Whether the connection still speaks for the agent."""
    changed = await ctx.db.execute(
        f"""update agent set last_seen_at = clock_timestamp()
            where {_OWN} and id = %(id)s and connection_id = %(connection)s and revoked_at is null""",
        {"organisation": ctx.organisation, "id": agent, "connection": connection},
    )
    return changed == 1


async def disconnect(ctx: Context, agent: UUID, connection: UUID) -> bool:
    """Whether it was this connection that spoke for the agent."""
    changed = await ctx.db.execute(
        f"update agent set connection_id = null where {_OWN} and id = %(id)s and connection_id = %(connection)s",
        {"organisation": ctx.organisation, "id": agent, "connection": connection},
    )
    return changed == 1


async def give_up(ctx: Context, agent: UUID, patience: timedelta) -> bool:
    """Whether its connection was not heard of for so long; it speaks for the agent no more then."""
    changed = await ctx.db.execute(
        f"""update agent set connection_id = null
            where {_OWN} and id = %(id)s and connection_id is not null
              and last_seen_at < clock_timestamp() - %(patience)s""",
        {"organisation": ctx.organisation, "id": agent, "patience": patience},
    )
    return changed == 1


async def silent(tx: Tx, patience: timedelta, most: int) -> list[Row]:
    """Organisation and agent, of every organisation."""
    return await tx.all("select * from agents_silent(%(patience)s, %(most)s)", {"patience": patience, "most": most})
