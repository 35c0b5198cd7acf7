"""The statements on gr.account and gr.link."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_ACCOUNT = """id, client_id, platform, name, handle, url, state, state_reason, character_id, version, remote_id,
              needs_reconnect, last_error, last_error_at, linked_at, state_at, state_by, state_who, state_until,
              server_down_at"""
_LINK = "id, client_id, account_id, title, address, active_from, active_to, position, version"


async def accounts(ctx: Context, *, after: tuple[str, UUID] | None = None, limit: int | None = None) -> list[Row]:
    """All but those that were unlinked, by name; those `after` a name and id, at most `limit`."""
    name, id = after or ("", None)
    return await ctx.db.all(
        f"""select {_ACCOUNT} from account
            where {_OWN} and not (remote_id is not null and state = 'closed')
              and (%(after)s::uuid is null
                   or (lower(name) collate "C", id) > (lower(%(name)s) collate "C", %(after)s::uuid))
            order by lower(name) collate "C", id limit %(limit)s::int""",
        {**ctx.tenant, "name": name, "after": id, "limit": limit},
    )


async def last_posts(ctx: Context) -> list[Row]:
    """When each account was last posted to."""
    return await ctx.db.all(
        f"select account_id, max(posted_at) as at from post where {_OWN} and posted_at is not null group by account_id",
        ctx.tenant,
    )


async def account(ctx: Context, account: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        f"select {_ACCOUNT} from account where {_OWN} and id = %(id)s {'for no key update' if lock else ''}",
        {**ctx.tenant, "id": account},
        missing="There is no such account here",
    )


async def lock(ctx: Context, accounts: list[UUID]) -> list[Row]:
    """Those of these accounts that are here, locked one after the other in the order of their ids."""
    return await ctx.db.all(
        f"select id from account where {_OWN} and id = any(%(ids)s) order by id for no key update",
        {**ctx.tenant, "ids": accounts},
    )


async def page_of(ctx: Context, character: UUID) -> Row | None:
    """The account that is the character's own page."""
    return await ctx.db.maybe(
        f"select {_ACCOUNT} from account where {_OWN} and platform = 'page' and character_id = %(character)s",
        {**ctx.tenant, "character": character},
    )


async def insert_page(ctx: Context, client: UUID, page: dict[str, Any]) -> bool:
    """Whether the page was made; not when its handle is taken or the character has one."""
    made = await ctx.db.execute(
        """insert into account (organisation_id, client_id, id, platform, name, handle, url, character_id)
           values (%(organisation)s, %(client)s, %(id)s, 'page', %(name)s, %(handle)s, %(url)s, %(character)s)
           on conflict do nothing""",
        {"organisation": ctx.organisation, "client": client, **page},
    )
    return made == 1


async def write_name(ctx: Context, account: UUID, name: str) -> None:
    await ctx.db.execute(
        f"""update account set name = %(name)s, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s and name <> %(name)s""",
        {**ctx.tenant, "id": account, "name": name},
    )


async def page_by_handle(db: Tx, handle: str) -> Row | None:
    """Organisation, client and account behind a public address; asked before any scope is known."""
    return await db.maybe("select * from page_by_handle(%(handle)s)", {"handle": handle})


async def links(
    ctx: Context, account: UUID | None, *, after: tuple[UUID, int, UUID] | None = None, limit: int | None = None
) -> list[Row]:
    """Those `after` an account, position and id, at most `limit`."""
    of, position, id = after or (None, None, None)
    return await ctx.db.all(
        f"""select {_LINK} from link
            where {_OWN} and deleted_at is null and (%(account)s::uuid is null or account_id = %(account)s)
              and (%(after)s::uuid is null
                   or (account_id, position, id) > (%(of)s::uuid, %(position)s::bigint, %(after)s::uuid))
            order by account_id, position, id limit %(limit)s::int""",
        {**ctx.tenant, "account": account, "of": of, "position": position, "after": id, "limit": limit},
    )


async def link(ctx: Context, link: UUID, *, lock: bool = False) -> Row:
    return await ctx.db.one(
        f"""select {_LINK} from link where {_OWN} and id = %(id)s and deleted_at is null
            {"for no key update" if lock else ""}""",
        {**ctx.tenant, "id": link},
        missing="There is no such link here",
    )


async def active_links(ctx: Context, account: UUID, at: datetime) -> list[Row]:
    return await ctx.db.all(
        f"""select {_LINK} from link
            where {_OWN} and account_id = %(account)s and deleted_at is null
              and (active_from is null or active_from <= %(at)s) and (active_to is null or active_to > %(at)s)
            order by position, id""",
        {**ctx.tenant, "account": account, "at": at},
    )


async def insert_link(ctx: Context, client: UUID, link: dict[str, Any]) -> None:
    """At the end of the account's links unless a position is given."""
    await ctx.db.execute(
        """insert into link (organisation_id, client_id, id, account_id, title, address, active_from, active_to,
                             position)
           values (%(organisation)s, %(client)s, %(id)s, %(account_id)s, %(title)s, %(address)s, %(active_from)s,
                   %(active_to)s, coalesce(%(position)s, (
                     select coalesce(max(l.position) + 1, 0) from link l
                     where l.organisation_id = %(organisation)s and l.client_id = %(client)s
                       and l.account_id = %(account_id)s and l.deleted_at is null)))""",
        {"organisation": ctx.organisation, "client": client, **link},
    )


async def write_link(ctx: Context, link: dict[str, Any]) -> None:
    await ctx.db.execute(
        f"""update link set title = %(title)s, address = %(address)s, active_from = %(active_from)s,
                   active_to = %(active_to)s, position = %(position)s, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, **link},
    )


async def delete_link(ctx: Context, link: UUID) -> None:
    await ctx.db.execute(
        f"update link set deleted_at = now(), version = version + 1 where {_OWN} and id = %(id)s",
        {**ctx.tenant, "id": link},
    )
