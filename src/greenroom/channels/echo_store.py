"""The statements on what posts say and show: their fingerprints, and others that have the same."""

from datetime import datetime, timedelta
from uuid import UUID

from greenroom.channels.pace_store import OUT_AT
from greenroom.infra.context import Context
from greenroom.infra.database import Row

_LATE = timedelta(hours=12)
"""What went out no later than this after its time counts at its time."""


async def alike(
    ctx: Context, post: UUID, account: UUID, *, words: str | None, file: str | None, since: datetime, until: datetime,
    out: bool,
) -> list[Row]:  # fmt: skip
    """Other posts of the account with these words or this file that stand within the span, and those there that have
    no fingerprints yet; with `out` only those that are out or on their way and that nobody wanted there again."""
    return await ctx.db.all(
        f"""select id, title, state, account_name, content_id, content_version, caption, words_hash, file_hash from (
              select post.*, account.name as account_name, {OUT_AT} as out_at
              from post join account on (account.organisation_id, account.client_id, account.id)
                                      = (post.organisation_id, post.client_id, post.account_id)
              where post.organisation_id = %(organisation)s and post.client_id = any(%(clients)s)
                and post.account_id = %(account)s and post.id <> %(id)s
                and (post.words_hash = %(words)s or post.file_hash = %(file)s or post.file_hash is null)
                and (post.state in ('claimed', 'publishing', 'unknown', 'published')
                     or post.state = 'scheduled' and not %(out)s)
                and not (post.again and %(out)s)) near
            cross join lateral (
              select case when due_at < out_at and due_at >= out_at - %(late)s then due_at else out_at end as at) counts
            where counts.at > %(since)s and counts.at < %(until)s
            order by id""",
        {**ctx.tenant, "id": post, "account": account, "words": words, "file": file, "since": since, "until": until,
         "out": out, "late": _LATE},
    )  # fmt: skip


async def write(ctx: Context, post: UUID, words: str | None, file: str | None) -> None:
    """Its fingerprints, which are no change of the post."""
    await ctx.db.execute(
        """update post set words_hash = %(words)s, file_hash = %(file)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": post, "words": words, "file": file},
    )
