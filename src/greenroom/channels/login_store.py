"""The statements on gr.account_login, and on what gr.account says about signing in."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def login(ctx: Context, account: UUID, *, lock: bool = False) -> Row | None:
    """How we sign in; with `lock` nobody else renews the session until this transaction ends."""
    return await ctx.db.maybe(
        f"""select account_id, client_id, service, password_id, session_id, refreshed_at from account_login
            where {_OWN} and account_id = %(id)s {"for no key update" if lock else ""}""",
        {**ctx.tenant, "id": account},
    )


async def insert_login(ctx: Context, client: UUID, login: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into account_login (organisation_id, client_id, account_id, service, password_id, session_id,
                                      refreshed_at)
           values (%(organisation)s, %(client)s, %(account)s, %(service)s, %(password)s, %(session)s, now())""",
        {"organisation": ctx.organisation, "client": client, **login},
    )


async def write_service(ctx: Context, account: UUID, service: str) -> None:
    await ctx.db.execute(
        f"update account_login set service = %(service)s, updated_at = now() where {_OWN} and account_id = %(id)s",
        {**ctx.tenant, "id": account, "service": service},
    )


async def write_refreshed(ctx: Context, account: UUID) -> None:
    await ctx.db.execute(
        f"update account_login set refreshed_at = now(), updated_at = now() where {_OWN} and account_id = %(id)s",
        {**ctx.tenant, "id": account},
    )


async def delete_login(ctx: Context, account: UUID) -> None:
    await ctx.db.execute(
        f"delete from account_login where {_OWN} and account_id = %(id)s", {**ctx.tenant, "id": account}
    )


async def write_error(ctx: Context, account: UUID, error: str, *, reconnect: bool) -> bool:
    """Note what went wrong; whether the account needs reconnecting only since now."""
    return bool(
        await ctx.db.value(
            f"""with before as (select needs_reconnect from account where {_OWN} and id = %(id)s for no key update)
                update account set last_error = %(error)s, last_error_at = now(),
                       needs_reconnect = account.needs_reconnect or %(reconnect)s,
                       version = version + 1, updated_at = now()
                from before where {_OWN} and id = %(id)s
                returning account.needs_reconnect and not before.needs_reconnect""",
            {**ctx.tenant, "id": account, "error": error[:1000], "reconnect": reconnect},
        )
    )


async def clear_error(ctx: Context, account: UUID) -> None:
    """Nothing is wrong any more; a login that is dead stays so."""
    await ctx.db.execute(
        f"""update account set last_error = null, last_error_at = null, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s and last_error is not null and not needs_reconnect""",
        {**ctx.tenant, "id": account},
    )


async def write_linked(ctx: Context, account: UUID, *, handle: str, name: str, url: str) -> None:
    """It is connected (again): under this handle, with no error left."""
    await ctx.db.execute(
        f"""update account set handle = %(handle)s, name = %(name)s, url = %(url)s, needs_reconnect = false,
                   last_error = null, last_error_at = null, warned_days = null, linked_at = now(),
                   version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s""",
        {**ctx.tenant, "id": account, "handle": handle, "name": name, "url": url},
    )


async def linked_as(ctx: Context, client: UUID, platform: str, remote: str) -> Row | None:
    """The client's account that is this one there, unless it was unlinked."""
    return await ctx.db.maybe(
        f"""select id, name, state from account
            where {_OWN} and client_id = %(client)s and platform = %(platform)s and remote_id = %(remote)s
              and state <> 'closed'""",
        {**ctx.tenant, "client": client, "platform": platform, "remote": remote},
    )


async def insert_account(ctx: Context, client: UUID, account: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into account (organisation_id, client_id, id, platform, name, handle, url, character_id, remote_id,
                                linked_at)
           values (%(organisation)s, %(client)s, %(id)s, %(platform)s, %(name)s, %(handle)s, %(url)s, %(character)s,
                   %(remote)s, now())""",
        {"organisation": ctx.organisation, "client": client, **account},
    )


async def to_warn_of(db: Tx, most: int) -> list[Row]:
    """Organisation, client, id and days of accounts that may not post and for which posts wait; needs no scope."""
    return await db.all("select * from accounts_to_warn_of(%(most)s)", {"most": most})


async def warn(ctx: Context, account: UUID, days: int) -> Row | None:
    """Note that it is told now; the account's name and state, and how many posts wait. None when somebody was quicker,
    or it may post again."""
    return await ctx.db.maybe(
        f"""update account set warned_days = %(days)s
            where {_OWN} and id = %(id)s and warned_days is distinct from %(days)s
              and (needs_reconnect or state not in ('created', 'ramping', 'active'))
            returning name, client_id, state, needs_reconnect,
                      (select count(*)::int from post p
                       where p.organisation_id = account.organisation_id and p.client_id = account.client_id
                         and p.account_id = account.id and p.state = 'scheduled' and not p.on_hold
                         and p.due_at < now() + make_interval(days => %(days)s)
                         and (account.needs_reconnect or account.state_until is null
                              or p.due_at < account.state_until)) as waiting""",
        {**ctx.tenant, "id": account, "days": days},
    )
