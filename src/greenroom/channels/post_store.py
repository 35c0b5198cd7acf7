"""The statements on gr.post and gr.publish_attempt."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.channels.states import State
from greenroom.infra.context import Context
from greenroom.infra.database import Row

_OWN = "p.organisation_id = %(organisation)s and p.client_id = any(%(clients)s)"
_COLUMNS = """p.id, p.client_id, p.version, p.content_id, p.content_version, p.account_id, p.title, p.topic,
              p.poster_id, p.caption, p.hashtags, p.state, p.state_reason, p.wall_time, p.zone, p.due_at,
              p.not_before, p.note, p.again, p.job_id, p.posted_at, p.permalink, p.remote_id, p.disclosure,
              p.created_at, p.updated_at, p.schedule_id, p.on_hold, p.words_hash, p.file_hash,
              a.platform, a.name as account_name, a.handle"""
_FROM = """post p join account a
           on (a.organisation_id, a.client_id, a.id) = (p.organisation_id, p.client_id, p.account_id)"""
_ATTEMPT = """id, client_id, post_id, number, phase, marker, request_hash, remote, job_id, epoch, outcome, error,
              started_at, armed_at, ended_at"""


async def now(ctx: Context) -> datetime:
    """The database's clock: what is due is decided by it alone."""
    moment: datetime = await ctx.db.value("select now()")
    return moment


async def insert(ctx: Context, client: UUID, post: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into post (organisation_id, client_id, id, content_id, content_version, account_id, title, topic,
                             poster_id, caption, hashtags, words_hash, file_hash, again, state)
           values (%(organisation)s, %(client)s, %(id)s, %(content)s, %(content_version)s, %(account)s, %(title)s,
                   %(topic)s, %(poster)s, %(caption)s, %(hashtags)s, %(words)s, %(file)s, %(again)s, 'approved')""",
        {"organisation": ctx.organisation, "client": client, **post},
    )


async def by_id(ctx: Context, post: UUID, *, lock: bool = False) -> Row:
    """The post; with `lock` nobody else changes it until this transaction ends."""
    return await ctx.db.one(
        f"""select {_COLUMNS} from {_FROM} where {_OWN} and p.id = %(id)s
            {"for no key update of p" if lock else ""}""",
        {**ctx.tenant, "id": post},
        missing="There is no such post here",
    )


async def listed(
    ctx: Context,
    *,
    since: datetime | None,
    until: datetime | None,
    states: list[State] | None,
    content: UUID | None,
    account: UUID | None,
    after: tuple[datetime, UUID] | None,
    rising: bool,
    most: int,
) -> list[Row]:
    """Posts by the time they go or went out, else were made: the newest first, or when `rising` the oldest."""
    return await ctx.db.all(
        f"""select {_COLUMNS}, coalesce(p.posted_at, p.due_at, p.created_at) as shown_at
            from {_FROM}
            where {_OWN}
              and (%(since)s::timestamptz is null or coalesce(p.posted_at, p.due_at, p.created_at) >= %(since)s)
              and (%(until)s::timestamptz is null or coalesce(p.posted_at, p.due_at, p.created_at) < %(until)s)
              and (%(states)s::text[] is null or p.state = any(%(states)s))
              and (%(content)s::uuid is null or p.content_id = %(content)s)
              and (%(account)s::uuid is null or p.account_id = %(account)s)
              and (%(after_at)s::timestamptz is null
                   or (coalesce(p.posted_at, p.due_at, p.created_at), p.id)
                      {">" if rising else "<"} (%(after_at)s, %(after_id)s::uuid))
            order by shown_at {"asc" if rising else "desc"}, p.id {"asc" if rising else "desc"} limit %(most)s""",
        {
            **ctx.tenant,
            "since": since,
            "until": until,
            "states": states,
            "content": content,
            "account": account,
            "after_at": after[0] if after else None,
            "after_id": after[1] if after else None,
            "most": most,
        },
    )


async def of_content(ctx: Context, content: UUID) -> list[Row]:
    """The content's posts, locked."""
    return await ctx.db.all(
        f"""select {_COLUMNS} from {_FROM}
            where {_OWN} and p.content_id = %(content)s order by p.id for no key update of p""",
        {**ctx.tenant, "content": content},
    )


async def twins(ctx: Context, post: UUID, *, content: UUID, account: UUID) -> list[Row]:
    """The other posts of the content to the account, which stay so while the account is locked.

    `may_be_out`: a try of it is open whose call may have been made, whatever the state says.
    """
    return await ctx.db.all(
        f"""select {_COLUMNS},
                   exists (select from publish_attempt t
                           where t.organisation_id = p.organisation_id and t.client_id = p.client_id
                             and t.post_id = p.id and t.ended_at is null
                             and t.phase in ('commit', 'observe', 'finish')) as may_be_out
            from {_FROM}
            where {_OWN} and p.content_id = %(content)s and p.account_id = %(account)s and p.id <> %(id)s
            order by p.id""",
        {**ctx.tenant, "id": post, "content": content, "account": account},
    )


async def published_at(ctx: Context) -> list[Row]:
    return await ctx.db.all(
        f"""select p.id, p.posted_at from post p
            where {_OWN} and p.state in ('published', 'removed') and p.posted_at is not null""",
        ctx.tenant,
    )


async def published(ctx: Context, posts: Iterable[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select {_COLUMNS} from {_FROM}
            where {_OWN} and p.state in ('published', 'removed') and p.id = any(%(posts)s)""",
        {**ctx.tenant, "posts": list(posts)},
    )


async def count_published(ctx: Context, since: datetime, until: datetime) -> int:
    found: int = await ctx.db.value(
        f"""select count(*) from post p where {_OWN} and p.state in ('published', 'removed')
              and p.posted_at >= %(since)s and p.posted_at < %(until)s""",
        {**ctx.tenant, "since": since, "until": until},
    )
    return found


async def write_text(ctx: Context, post: UUID, caption: str, hashtags: list[str], *, words: str | None) -> None:
    await _update(
        ctx,
        post,
        "caption = %(caption)s, hashtags = %(hashtags)s, words_hash = %(words)s",
        caption=caption,
        hashtags=hashtags,
        words=words,
    )


async def write_again(ctx: Context, post: UUID) -> None:
    await _update(ctx, post, "again = true")


async def write_time(
    ctx: Context, post: UUID, *, wall: datetime | None, zone: str | None, due: datetime, note: str | None
) -> None:
    await _update(
        ctx,
        post,
        "wall_time = %(wall)s, zone = %(zone)s, due_at = %(due)s, note = %(note)s, not_before = null, on_hold = false",
        wall=wall,
        zone=zone,
        due=due,
        note=note,
    )


async def write_version(
    ctx: Context, post: UUID, content_version: int, title: str, poster: UUID | None, *, file: str
) -> None:
    await _update(
        ctx,
        post,
        "content_version = %(content_version)s, title = %(title)s, poster_id = %(poster)s, file_hash = %(file)s",
        file=file,
        content_version=content_version,
        title=title,
        poster=poster,
    )


async def write_state(ctx: Context, post: UUID, state: State, reason: str | None) -> None:
    await _update(ctx, post, "state = %(state)s, state_reason = %(reason)s", state=state, reason=reason)


async def write_off_hold(ctx: Context, post: UUID) -> None:
    await _update(ctx, post, "on_hold = false")


async def write_job(ctx: Context, post: UUID, job: UUID) -> None:
    await _update(ctx, post, "job_id = %(job)s", job=job)


async def write_published(
    ctx: Context, post: UUID, *, remote_id: str, permalink: str | None, at: datetime, disclosure: dict[str, Any],
    links: list[dict[str, Any]],
) -> None:  # fmt: skip
    await _update(
        ctx,
        post,
        """remote_id = %(remote_id)s, permalink = %(permalink)s, posted_at = %(at)s,
           disclosure = %(disclosure)s, links = %(links)s""",
        remote_id=remote_id,
        permalink=permalink,
        at=at,
        disclosure=Jsonb(disclosure),
        links=Jsonb(links),
    )


async def _update(ctx: Context, post: UUID, assignments: str, **values: Any) -> None:
    await ctx.db.execute(
        f"""update post p set {assignments}, version = version + 1, updated_at = now()
            where {_OWN} and p.id = %(id)s""",
        {**ctx.tenant, "id": post, **values},
    )


# -- attempts --------------------------------------------------------------------------------------------------------


async def attempts(ctx: Context, posts: Iterable[UUID]) -> list[Row]:
    return await ctx.db.all(
        f"""select {_ATTEMPT} from publish_attempt
            where organisation_id = %(organisation)s and client_id = any(%(clients)s) and post_id = any(%(posts)s)
            order by post_id, number""",
        {**ctx.tenant, "posts": list(posts)},
    )


async def live_attempt(ctx: Context, post: UUID) -> Row | None:
    return await ctx.db.maybe(
        f"""select {_ATTEMPT} from publish_attempt
            where organisation_id = %(organisation)s and client_id = any(%(clients)s) and post_id = %(post)s
              and ended_at is null for update""",
        {**ctx.tenant, "post": post},
    )


async def begin_attempt(ctx: Context, client: UUID, attempt: dict[str, Any]) -> Row:
    return await ctx.db.one(
        f"""insert into publish_attempt (organisation_id, client_id, id, post_id, number, phase, marker, job_id, epoch)
            select %(organisation)s, %(client)s, %(id)s, %(post)s, coalesce(max(number), 0) + 1, 'intent',
                   %(marker)s, %(job)s, %(epoch)s
            from publish_attempt
            where organisation_id = %(organisation)s and client_id = %(client)s and post_id = %(post)s
            returning {_ATTEMPT}""",
        {"organisation": ctx.organisation, "client": client, **attempt},
    )


async def take_over(ctx: Context, attempt: UUID, job: UUID, epoch: int) -> None:
    await ctx.db.execute(
        """update publish_attempt set job_id = %(job)s, epoch = %(epoch)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": attempt, "job": job, "epoch": epoch},
    )


async def write_phase(
    ctx: Context, attempt: UUID, job: UUID, epoch: int, phase: str, *, remote: dict[str, str] | None = None,
    request_hash: str | None = None,
) -> bool:  # fmt: skip
    """Whether the attempt is still this worker's."""
    changed = await ctx.db.execute(
        """update publish_attempt
           set phase = %(phase)s, remote = remote || %(remote)s,
               request_hash = coalesce(%(request_hash)s, request_hash),
               armed_at = case when %(phase)s = 'commit' then clock_timestamp() else armed_at end
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s
             and job_id = %(job)s and epoch = %(epoch)s and ended_at is null""",
        {
            **ctx.tenant,
            "id": attempt,
            "job": job,
            "epoch": epoch,
            "phase": phase,
            "remote": Jsonb(remote or {}),
            "request_hash": request_hash,
        },
    )
    return changed == 1


async def restart_attempt(ctx: Context, attempt: UUID, after: timedelta) -> None:
    await ctx.db.execute(
        """update publish_attempt set started_at = clock_timestamp() + %(after)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": attempt, "after": after},
    )


async def end_attempt(ctx: Context, attempt: UUID, outcome: str, error: str | None = None) -> None:
    await ctx.db.execute(
        """update publish_attempt set outcome = %(outcome)s, error = %(error)s, ended_at = clock_timestamp()
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s
             and ended_at is null""",
        {**ctx.tenant, "id": attempt, "outcome": outcome, "error": error},
    )


async def note_tries(ctx: Context, attempt: UUID, counts: dict[str, str]) -> None:
    await ctx.db.execute(
        """update publish_attempt set remote = remote || %(counts)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": attempt, "counts": Jsonb(counts)},
    )


async def note_error(ctx: Context, attempt: UUID, error: str) -> None:
    await ctx.db.execute(
        """update publish_attempt set error = %(error)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": attempt, "error": error},
    )
