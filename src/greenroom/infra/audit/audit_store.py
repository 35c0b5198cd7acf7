"""The statements of the audit trail. The application may append and read; it cannot change what was written."""

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.audit.chain import START
from greenroom.infra.context import Context
from greenroom.infra.database import Row

_ENTRY = """select e.*, coalesce((select json_object_agg(v.id, json_build_object('value', v.value,
                      'salt', encode(v.salt, 'hex'))) from audit_value v
                    where v.organisation_id = e.organisation_id and v.number = e.number), '{}') as values
            from audit_entry e where e.organisation_id = %(organisation)s"""


async def locked_head(ctx: Context) -> tuple[int, bytes]:
    """The number and hash of the last entry, held until the end of the transaction."""
    place = {"organisation": ctx.organisation, "start": START}
    await ctx.db.execute(
        """insert into audit_head (organisation_id, number, hash) values (%(organisation)s, 0, %(start)s)
           on conflict do nothing""",
        place,
    )
    row = await ctx.db.one(
        "select number, hash from audit_head where organisation_id = %(organisation)s for update", place
    )
    return row["number"], bytes(row["hash"])


async def head(ctx: Context) -> tuple[int, bytes]:
    row = await ctx.db.maybe(
        "select number, hash from audit_head where organisation_id = %(organisation)s",
        {"organisation": ctx.organisation},
    )
    return (row["number"], bytes(row["hash"])) if row else (0, START)


async def append(ctx: Context, entry: dict[str, Any], values: list[dict[str, Any]]) -> None:
    await ctx.db.execute(
        """insert into audit_entry (organisation_id, number, client_id, at, actor, actor_id, action, subject_type,
                                    subject_id, change, reason, source, previous_hash, hash)
           values (%(organisation_id)s, %(number)s, %(client_id)s, %(at)s, %(actor)s, %(actor_id)s, %(action)s,
                   %(subject_type)s, %(subject_id)s, %(change)s, %(reason)s, %(source)s, %(previous_hash)s,
                   %(hash)s)""",
        {**entry, "change": Jsonb(entry["change"]), "source": Jsonb(entry["source"])},
    )
    for value in values:
        await ctx.db.execute(
            """insert into audit_value (organisation_id, client_id, id, number, person_id, value, salt)
               values (%(organisation_id)s, %(client_id)s, %(id)s, %(number)s, %(person)s, %(value)s, %(salt)s)""",
            {**entry, **value, "value": Jsonb(value["value"])},
        )
    await ctx.db.execute(
        "update audit_head set number = %(number)s, hash = %(hash)s where organisation_id = %(organisation_id)s", entry
    )


async def last_person(ctx: Context, subject: UUID) -> UUID | None:
    person: UUID | None = await ctx.db.value(
        """select actor_id from audit_entry
           where organisation_id = %(organisation)s and subject_id = %(subject)s and actor = 'user'
           order by number desc limit 1""",
        {"organisation": ctx.organisation, "subject": subject},
    )
    return person


async def page(ctx: Context, *, whole: bool, subject: UUID | None, before: int | None, limit: int) -> list[Row]:
    """The newest entries first; those of no client only when `whole`."""
    return await ctx.db.all(
        _ENTRY
        + """ and (client_id = any(%(clients)s) or (%(whole)s and client_id is null))
              and (%(subject)s::uuid is null or subject_id = %(subject)s)
              and (%(before)s::bigint is null or number < %(before)s)
              order by number desc limit %(limit)s""",
        {**ctx.tenant, "whole": whole, "subject": subject, "before": before, "limit": limit},
    )


async def see_all_clients(ctx: Context) -> None:
    """Let the rest of this transaction see every client of the organisation, archived ones too: a chain is whole."""
    await ctx.db.execute(
        """select set_config('gr.clients', (select coalesce(array_agg(id), '{}') from client
             where organisation_id = %(organisation)s)::text, true)""",
        {"organisation": ctx.organisation},
    )


async def part(ctx: Context, *, after: int, until: int, limit: int) -> list[Row]:
    """The next entries by number, up to the one that was the chain's head; what is appended meanwhile is left out."""
    return await ctx.db.all(
        _ENTRY + " and number > %(after)s and number <= %(until)s order by number limit %(limit)s",
        {"organisation": ctx.organisation, "after": after, "until": until, "limit": limit},
    )


async def is_beyond_head(ctx: Context) -> bool:
    """Whether an entry stands behind the chain's end, which `append` never leaves so."""
    found: bool = await ctx.db.value(
        """select exists (select from audit_entry e left join audit_head h using (organisation_id)
             where e.organisation_id = %(organisation)s and e.number > coalesce(h.number, 0))""",
        {"organisation": ctx.organisation},
    )
    return found


async def erase(ctx: Context, person: UUID) -> int:
    """Erase a person's values, whichever client they stand with; how many there were."""
    await see_all_clients(ctx)
    return await ctx.db.execute(
        """update audit_value set value = null, salt = null
           where organisation_id = %(organisation)s and person_id = %(person)s and salt is not null""",
        {"organisation": ctx.organisation, "person": person},
    )
