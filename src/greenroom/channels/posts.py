"""Posts: made for approved content only, bound to the version that was approved."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from greenroom.channels import account_store, counting
from greenroom.channels import post_store as store
from greenroom.channels.account_states import PASSING, POSTING, in_words
from greenroom.channels.contracts import Attempt, Counts, Post, PostAccount, PostContent
from greenroom.channels.corrections import ability, corrections
from greenroom.channels.echo import no_echo, words_hash
from greenroom.channels.package import check, package_of
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.states import ON_ITS_WAY, OUT_OR_GOING, State
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, NotFound, Stale
from greenroom.kit.ids import uuid7
from greenroom.media.contracts import file_url
from greenroom.studio import facade as studio
from greenroom.studio.contracts import ApprovedContent
from greenroom.tenancy import facade as tenancy


async def add_post(
    ctx: Context,
    *,
    content: UUID,
    account: UUID,
    caption: str | None = None,
    hashtags: Sequence[str] | None = None,
    again: bool = False,
) -> Post:
    """A post without a time yet; caption and hashtags come from the content when they are None.

    Raises Conflict when the content is not approved or another client's than the account, the account takes no posts,
    or (unless `again`) the same content is out or planned there already; Rejected when the platform would not take it.
    """
    approved = await studio.approved(ctx, content)
    # Locking the account makes two equal requests follow each other, so the second sees the first.
    at = await account_store.account(ctx, account, lock=True)
    await same_client(ctx, approved, at)
    open_for_posts(at)
    post = uuid7()
    if not again:
        await no_twin(ctx, post, content=content, account=account)
    words = approved.caption if caption is None else caption
    tags = list(approved.hashtags if hashtags is None else hashtags)
    package = package_of(approved, post, words, tags)
    check(adapter_for(at["platform"]), package)
    row = {
        "id": post,
        "content": content,
        "content_version": approved.version,
        "account": account,
        "title": approved.title,
        "topic": approved.topic,
        "poster": approved.poster.id if approved.poster else None,
        "caption": package.caption,
        "hashtags": tags,
        "words": words_hash(package.caption),
        "file": approved.video.hash,
        "again": again,
    }
    await store.insert(ctx, at["client_id"], row)
    return await get_post(ctx, post)


async def get_post(ctx: Context, post: UUID) -> Post:
    """The post with its attempts, corrections and numbers."""
    (shown,) = await _shown(ctx, [await store.by_id(ctx, post)])
    return shown.model_copy(update={"corrections": await corrections(ctx, post)})


async def list_posts(
    ctx: Context,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    states: list[State] | None = None,
    content: UUID | None = None,
    account: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    rising: bool = False,
    limit: int = 200,
) -> list[tuple[datetime, Post]]:
    """Posts and the time each is shown at (posted, else due, else made), latest first unless `rising`."""
    rows = await store.listed(
        ctx,
        since=since,
        until=until,
        states=states,
        content=content,
        account=account,
        after=after,
        rising=rising,
        most=limit,
    )
    return list(zip((row["shown_at"] for row in rows), await _shown(ctx, rows), strict=True))


async def change_text(ctx: Context, post: UUID, caption: str | None, hashtags: Sequence[str] | None) -> None:
    """New words for a post that has not left yet; Rejected when the platform would not take them, Conflict when they
    are those of another post at that time."""
    row = await locked(ctx, post)
    if row["state"] in ON_ITS_WAY or row["state"] in ("published", "removed"):
        raise Conflict("This post has left already; its words can't be changed any more", state=row["state"])
    words = row["caption"] if caption is None else caption
    tags = list(row["hashtags"] if hashtags is None else hashtags)
    package = package_of(await studio.approved(ctx, row["content_id"]), post, words, tags)
    check(adapter_for(row["platform"]), package)
    hashed = words_hash(package.caption)
    if row["state"] == "scheduled" and not row["again"]:
        await no_echo(ctx, post, row["account_id"], words=hashed, file=None, at=row["due_at"])
    await store.write_text(ctx, post, package.caption, tags, words=hashed)


async def allow_again(ctx: Context, post: UUID) -> None:
    """A person wants it there although the same is, or is planned, there already."""
    row = await locked(ctx, post)
    if row["state"] in ON_ITS_WAY or row["state"] in ("published", "removed"):
        raise Conflict("This post has left already", state=row["state"])
    await store.write_again(ctx, post)


async def expect_version(ctx: Context, post: UUID, version: int) -> None:
    """Lock the post; Stale, with its present state, when it is not at this version any more."""
    row = await locked(ctx, post)
    if row["version"] != version:
        present = await get_post(ctx, post)
        raise Stale("This post was changed meanwhile; look again", present=present.model_dump(mode="json"))


async def published_at(ctx: Context) -> dict[UUID, datetime]:
    """Every post that went out, and when."""
    return {row["id"]: row["posted_at"] for row in await store.published_at(ctx)}


async def published_posts(ctx: Context, posts: Sequence[UUID]) -> list[Post]:
    """Those of these posts that went out, in no order, without their attempts."""
    return await _shown(ctx, await store.published(ctx, posts), attempts=False)


async def count_published(ctx: Context, since: datetime, until: datetime) -> int:
    return await store.count_published(ctx, since, until)


def open_for_posts(account: Row, *, now: bool = False) -> None:
    """Conflict when no post can be planned for the account, or with `now` when none may go out just now."""
    state = account["state"]
    if state not in POSTING and (now or state not in PASSING):
        why = account["state_reason"] or "look at the account"
        raise Conflict(f"{account['name']} {in_words(state)} and takes no posts: {why}")
    if account["needs_reconnect"]:
        raise Conflict(f"{account['name']} has to be connected again before it takes posts; do that under Accounts")


async def same_client(ctx: Context, content: ApprovedContent, account: Row) -> None:
    """Conflict when the content is one client's and the account another's, which the acting person both sees."""
    if content.client_id == account["client_id"]:
        return
    owner = (await tenancy.client_of(ctx, content.client_id)).name
    other = (await tenancy.client_of(ctx, account["client_id"])).name
    raise Conflict(
        f"This content is {owner}’s and the account {account['name']} is {other}’s; choose an account of {owner}",
        fields={"account_id": f"Choose an account of {owner}"},
    )


async def locked(ctx: Context, post: UUID) -> Row:
    """The post, with its account and itself locked: in this order everywhere, so that nobody waits in a circle."""
    row = await store.by_id(ctx, post)
    await account_store.account(ctx, row["account_id"], lock=True)
    return await store.by_id(ctx, post, lock=True)


async def lock_accounts(ctx: Context, accounts: Iterable[UUID]) -> None:
    """Lock several accounts, in one order for all, before posts are made for them."""
    wanted = set(accounts)
    if len(await account_store.lock(ctx, list(wanted))) < len(wanted):
        raise NotFound("There is no such account here")


async def no_twin(ctx: Context, post: UUID, *, content: UUID, account: UUID) -> None:
    """Conflict when another post of the content is, or may be, out or planned on the account, which the caller has
    locked."""
    for row in await store.twins(ctx, post, content=content, account=account):
        if row["state"] in OUT_OR_GOING or row["may_be_out"]:
            when = "is published" if row["state"] == "published" else "is planned"
            if row["state"] not in OUT_OR_GOING:
                when = "may be out"
            raise Conflict(
                f"This content {when} on {row['account_name']} already; say so if you want it there again",
                post=str(row["id"]),
                fields={"again": "Set it to publish the same content there again"},
            )


async def _shown(ctx: Context, rows: list[Row], *, attempts: bool = True) -> list[Post]:
    ids = [row["id"] for row in rows]
    counts = await counting.posts(ctx, ids)
    tries: dict[UUID, list[Attempt]] = {}
    for attempt in await store.attempts(ctx, ids) if attempts and ids else []:
        tries.setdefault(attempt["post_id"], []).append(_attempt(attempt))
    return [_post(row, counts.get(row["id"], Counts()), tries.get(row["id"], [])) for row in rows]


def _post(row: Row, counts: Counts, attempts: Iterable[Attempt]) -> Post:
    thumbnail = file_url(row["poster_id"]) if row["poster_id"] else None
    return Post(
        **{name: row[name] for name in _SAME},
        content=PostContent(id=row["content_id"], topic=row["topic"], title=row["title"], thumbnail_url=thumbnail),
        account=PostAccount(
            id=row["account_id"], platform=row["platform"], name=row["account_name"], handle=row["handle"]
        ),
        views=counts.views,
        clicks=counts.clicks,
        attempts=tuple(attempts),
        **ability(row["platform"]),
    )


def _attempt(row: Row) -> Attempt:
    return Attempt(**{name: row[name] for name in Attempt.model_fields})


_SAME = (
    "id", "client_id", "version", "caption", "hashtags", "state", "state_reason", "wall_time", "zone", "due_at",
    "note", "posted_at", "permalink", "disclosure", "schedule_id", "on_hold",
)  # fmt: skip
