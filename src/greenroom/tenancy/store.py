"""Tenancy's statements: organisations, clients, people, access."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_USER = """select u.id, u.name, u.email, u.role, u.status, u.zone, u.last_seen_at, u.version,
             coalesce((select json_agg(json_build_object('client_id', a.client_id, 'level', a.level)
                              order by a.client_id)
                       from client_access a
                       where a.organisation_id = u.organisation_id and a.user_id = u.id), '[]') as access
           from app_user u where u.organisation_id = %(organisation)s"""


async def add_organisation(tx: Tx, row: dict[str, Any]) -> None:
    await tx.execute(
        "insert into organisation (id, name, zone, demo) values (%(id)s, %(name)s, %(zone)s, %(demo)s)", row
    )


async def organisation(tx: Tx, organisation_id: UUID, *, lock: bool = False) -> Row:
    """The organisation; with `lock` nobody else changes it until the transaction ends."""
    return await tx.one(
        f"select * from organisation where id = %(id)s {'for no key update' if lock else ''}", {"id": organisation_id}
    )


async def change_organisation(ctx: Context, changes: dict[str, Any]) -> None:
    await ctx.db.execute(
        """update organisation set name = coalesce(%(name)s, name), zone = coalesce(%(zone)s, zone),
             version = version + 1, updated_at = now() where id = %(organisation)s""",
        {**changes, "organisation": ctx.organisation},
    )


async def clients(tx: Tx, organisation_id: UUID) -> list[Row]:
    return await tx.all(
        """select id, name, colour, zone, status, version from client
           where organisation_id = %(organisation)s order by lower(name), id""",
        {"organisation": organisation_id},
    )


async def clients_page(
    ctx: Context, seen: tuple[UUID, ...] | None, after: tuple[str, UUID] | None, limit: int | None
) -> list[Row]:
    """By name: clients after a name and id, at most `limit`; those `seen`, all when that is None."""
    name, id = after or ("", None)
    return await ctx.db.all(
        """select id, name, colour, zone, status, version from client
           where organisation_id = %(organisation)s and (%(seen)s::uuid[] is null or id = any(%(seen)s))
             and (%(after)s::uuid is null
                  or (lower(name) collate "C", id) > (lower(%(name)s) collate "C", %(after)s::uuid))
           order by lower(name) collate "C", id limit %(limit)s::int""",
        {
            "organisation": ctx.organisation, "seen": None if seen is None else list(seen),
            "name": name, "after": id, "limit": limit,
        },
    )  # fmt: skip


async def client(tx: Tx, organisation_id: UUID, client_id: UUID, *, lock: bool = False) -> Row:
    """One client; with `lock` nobody else changes it until the transaction ends."""
    return await tx.one(
        f"""select id, name, colour, zone, status, version from client
            where organisation_id = %(organisation)s and id = %(id)s {"for update" if lock else ""}""",
        {"organisation": organisation_id, "id": client_id},
    )


async def add_client(tx: Tx, organisation_id: UUID, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into client (organisation_id, id, name, colour, zone)
           values (%(organisation)s, %(id)s, %(name)s, %(colour)s, %(zone)s)""",
        {"organisation": organisation_id, **row},
    )


async def change_client(ctx: Context, client_id: UUID, changes: dict[str, Any]) -> None:
    await ctx.db.execute(
        """update client set name = coalesce(%(name)s, name), colour = coalesce(%(colour)s, colour),
             zone = coalesce(%(zone)s, zone), status = coalesce(%(status)s, status),
             version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s""",
        {**changes, "organisation": ctx.organisation, "id": client_id},
    )


async def users_page(ctx: Context, everybody: bool, after: tuple[str, UUID] | None, limit: int | None) -> list[Row]:
    """By name: people after a name and id, at most `limit`; the actor and who shares a client unless `everybody`."""
    name, id = after or ("", None)
    return await ctx.db.all(
        _USER
        + """
             and (%(everybody)s or u.id = %(actor)s
                  or exists (select from client_access a
                             where (a.organisation_id, a.user_id) = (u.organisation_id, u.id)
                               and a.client_id = any(%(clients)s)))
             and (%(after)s::uuid is null
                  or (lower(u.name) collate "C", u.id) > (lower(%(name)s) collate "C", %(after)s::uuid))
           order by lower(u.name) collate "C", u.id limit %(limit)s::int""",
        {**ctx.tenant, "everybody": everybody, "actor": ctx.actor.id, "name": name, "after": id, "limit": limit},
    )


async def user(tx: Tx, organisation_id: UUID, user_id: UUID, *, lock: bool = False) -> Row:
    """One person; with `lock` nobody else changes them until the transaction ends."""
    place = {"organisation": organisation_id, "id": user_id}
    if lock:  # before they are read, so that whoever waited reads what was changed, their access too
        await tx.execute(
            "select id from app_user where organisation_id = %(organisation)s and id = %(id)s for no key update", place
        )
    return await tx.one(_USER + " and u.id = %(id)s", place, missing="There is no such person here")


async def names(ctx: Context, people: list[UUID]) -> list[Row]:
    return await ctx.db.all(
        "select id, name from app_user where organisation_id = %(organisation)s and id = any(%(people)s)",
        {"organisation": ctx.organisation, "people": people},
    )


async def user_with_email(ctx: Context, email: str) -> UUID | None:
    found: UUID | None = await ctx.db.value(
        "select id from app_user where organisation_id = %(organisation)s and email = %(email)s",
        {"organisation": ctx.organisation, "email": email},
    )
    return found


async def add_user(tx: Tx, organisation_id: UUID, row: dict[str, Any]) -> None:
    await tx.execute(
        """insert into app_user (organisation_id, id, email, name, role, status, zone, password_hash)
           values (%(organisation)s, %(id)s, %(email)s, %(name)s, %(role)s, %(status)s, %(zone)s,
                   %(password_hash)s)""",
        {"organisation": organisation_id, "password_hash": None, **row},
    )


async def change_user(ctx: Context, user_id: UUID, changes: dict[str, Any]) -> None:
    await ctx.db.execute(
        """update app_user set name = coalesce(%(name)s, name), role = coalesce(%(role)s, role),
             zone = coalesce(%(zone)s, zone), status = coalesce(%(status)s, status),
             version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s""",
        {"name": None, "role": None, "zone": None, "status": None, **changes,
         "organisation": ctx.organisation, "id": user_id},
    )  # fmt: skip


async def set_password(tx: Tx, organisation_id: UUID, user_id: UUID, password_hash: str) -> None:
    await tx.execute(
        """update app_user set password_hash = %(hash)s, status = 'active', updated_at = now()
           where organisation_id = %(organisation)s and id = %(id)s and status <> 'disabled'""",
        {"organisation": organisation_id, "id": user_id, "hash": password_hash},
    )


async def set_access(tx: Tx, organisation_id: UUID, user_id: UUID, access: list[dict[str, Any]]) -> None:
    """Replace a person's access; a client that is not the organisation's is refused by the foreign key."""
    place = {"organisation": organisation_id, "user": user_id}
    await tx.execute("delete from client_access where organisation_id = %(organisation)s and user_id = %(user)s", place)
    for row in access:
        await tx.execute(
            """insert into client_access (organisation_id, client_id, user_id, level)
               values (%(organisation)s, %(client_id)s, %(user)s, %(level)s)""",
            {**place, **row},
        )


async def hold_supers(ctx: Context) -> None:
    """Until the transaction ends nobody else takes a super user's role or state away."""
    await ctx.db.execute(
        """select id from app_user where organisation_id = %(organisation)s and role = 'super'
           order by id for no key update""",
        {"organisation": ctx.organisation},
    )


async def supers(ctx: Context) -> int:
    """How many super users there are who can sign in."""
    count: int = await ctx.db.value(
        """select count(*) from app_user where organisation_id = %(organisation)s
           and role = 'super' and status = 'active' and password_hash is not null""",
        {"organisation": ctx.organisation},
    )
    return count
