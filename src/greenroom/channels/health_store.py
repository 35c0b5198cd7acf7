"""The statements on gr.account_trouble, and on what gr.account says about its server being down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.channels.health import SPAN
from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"


async def troubles(ctx: Context, accounts: list[UUID], now: datetime) -> list[Row]:
    """What counts still for their health."""
    return await ctx.db.all(
        f"""select account_id, kind, at from account_trouble
            where {_OWN} and account_id = any(%(accounts)s) and not excused and at > %(since)s
            order by account_id, at""",
        {**ctx.tenant, "accounts": accounts, "since": now - SPAN},
    )


async def service_of(ctx: Context, account: UUID) -> str:
    """The server that the account is on, else its platform."""
    found: str = await ctx.db.value(
        """select coalesce(l.service, a.platform) from account a
           left join account_login l
             on (l.organisation_id, l.client_id, l.account_id) = (a.organisation_id, a.client_id, a.id)
           where a.organisation_id = %(organisation)s and a.client_id = any(%(clients)s) and a.id = %(id)s""",
        {**ctx.tenant, "id": account},
    )
    return found


async def insert_trouble(ctx: Context, client: UUID, trouble: dict[str, Any]) -> bool:
    """Whether it was kept: one failure is told of in several places, and counts once a minute."""
    made = await ctx.db.execute(
        """insert into account_trouble (organisation_id, client_id, id, account_id, service, kind, said)
           select %(organisation)s, %(client)s, %(id)s, %(account)s, %(service)s, %(kind)s, %(said)s
           where not exists (select from account_trouble
                             where organisation_id = %(organisation)s and client_id = %(client)s
                               and account_id = %(account)s and kind = %(kind)s
                               and at > clock_timestamp() - interval '1 minute')""",
        {"organisation": ctx.organisation, "client": client, **trouble},
    )
    return made == 1


async def failing_alike(ctx: Context, service: str, kind: str, since: datetime) -> list[Row]:
    """The accounts of the whole organisation that fail so on the server: ids, first and last time."""
    return await ctx.db.all(
        "select * from accounts_failing_alike(%(service)s, %(kind)s, %(since)s)",
        {"service": service, "kind": kind, "since": since},
    )


async def failing_together(db: Tx, since: datetime, least: int) -> list[Row]:
    """Where several accounts of one organisation fail alike: ids and times; needs no scope."""
    return await db.all(
        "select * from accounts_failing_together(%(since)s, %(least)s)", {"since": since, "least": least}
    )


async def excuse(ctx: Context, account: UUID, service: str, kind: str, since: datetime) -> bool:
    """Hold these failures against the account no longer; whether its server was not taken for down before."""
    await ctx.db.execute(
        f"""update account_trouble set excused = true
            where {_OWN} and account_id = %(id)s and service = %(service)s and kind = %(kind)s and at >= %(since)s
              and not excused""",
        {**ctx.tenant, "id": account, "service": service, "kind": kind, "since": since},
    )
    # A login that died in these minutes is taken for alive again.
    return bool(
        await ctx.db.value(
            f"""with before as (select server_down_at from account where {_OWN} and id = %(id)s for no key update)
                update account set server_down_at = clock_timestamp(),
                       needs_reconnect = account.needs_reconnect
                         and not (%(kind)s = 'relogin' and account.last_error_at >= %(since)s),
                       version = version + 1, updated_at = now()
                from before where {_OWN} and id = %(id)s
                returning coalesce(before.server_down_at < now() - interval '1 hour', true)""",
            {**ctx.tenant, "id": account, "kind": kind, "since": since},
        )
    )


async def server_is_up(ctx: Context, account: UUID) -> None:
    """It answered: what was taken for its outage is over."""
    await ctx.db.execute(
        f"""update account set server_down_at = null, version = version + 1, updated_at = now()
            where {_OWN} and id = %(id)s and server_down_at is not null""",
        {**ctx.tenant, "id": account},
    )


async def tidy(db: Tx) -> None:
    """Forget what is long past, everywhere."""
    await db.execute("select tidy_account_troubles()")
