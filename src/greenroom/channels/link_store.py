"""The statements on gr.link_redirect: people who were sent to a server to let us in. States are here only as hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "organisation_id = %(organisation)s and client_id = any(%(clients)s)"
_REDIRECT = "client_id, platform, service, app_id, character_id, account_id, established"


async def begin(ctx: Context, client: UUID, redirect: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into link_redirect (organisation_id, client_id, id, user_id, state_hash, browser_hash, platform,
                                      service, app_id, character_id, account_id, established, created_at,
                                      expires_at)
           values (%(organisation)s, %(client)s, %(id)s, %(user)s, %(state)s, %(browser)s, %(platform)s, %(service)s,
                   %(app)s, %(character)s, %(account)s, %(established)s, %(now)s, %(expires)s)""",
        {"organisation": ctx.organisation, "client": client, **redirect},
    )


async def take(ctx: Context, user: UUID, state: bytes, browser: bytes, now: datetime) -> Row | None:
    """End a living redirect of this person and browser; None when it is over, taken, or somebody else's."""
    return await ctx.db.maybe(
        f"""delete from link_redirect
            where {_OWN} and user_id = %(user)s and state_hash = %(state)s and browser_hash = %(browser)s
              and expires_at > %(now)s
            returning {_REDIRECT}""",
        {**ctx.tenant, "user": user, "state": state, "browser": browser, "now": now},
    )


async def take_over(ctx: Context, now: datetime) -> list[Row]:
    """End those whose time is over."""
    return await ctx.db.all(
        f"delete from link_redirect where {_OWN} and expires_at <= %(now)s returning {_REDIRECT}",
        {**ctx.tenant, "now": now},
    )
