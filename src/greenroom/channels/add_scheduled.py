"""Posts made with their time at once, for those who make many: a fifth of the statements that planning one takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from greenroom.channels import account_store, pace, scheduled_store
from greenroom.channels.echo import no_echo, words_hash
from greenroom.channels.package import check, package_of
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.posts import no_twin, open_for_posts, same_client
from greenroom.infra.context import Context
from greenroom.kit.errors import Conflict
from greenroom.kit.ids import uuid7
from greenroom.studio.contracts import ApprovedContent
from greenroom.tenancy import facade as tenancy


@dataclass(frozen=True, slots=True)
class Due:
    """A time on the wall, the instant that it means, and what a person should know about it."""

    wall: datetime
    zone: str
    at: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The schedule that makes a post, and the time of it that the post is for."""

    schedule: UUID
    occurrence: str


async def add_scheduled(
    ctx: Context,
    content: ApprovedContent,
    account: UUID,
    due: Due,
    *,
    caption: str | None = None,
    hashtags: Sequence[str] | None = None,
    again: bool = False,
    by: MadeBy | None = None,
) -> UUID:
    """A post of content that was just seen approved, waiting for its time; what planning one by itself refuses is
    refused: Conflict (another client's account, a twin, no room, a closed account, an archived client), Rejected."""
    at = await account_store.account(ctx, account, lock=True)
    client = await tenancy.client_of(ctx, at["client_id"])
    if client.status != "active":
        raise Conflict(f"{client.name} is archived and publishes nothing; bring the client back first")
    await same_client(ctx, content, at)
    open_for_posts(at)
    post = uuid7()
    if not again:
        await no_twin(ctx, post, content=content.id, account=account)
    tags = list(content.hashtags if hashtags is None else hashtags)
    package = package_of(content, post, content.caption if caption is None else caption, tags)
    check(adapter_for(at["platform"]), package)
    words = words_hash(package.caption)
    if not again:
        await no_echo(ctx, post, account, words=words, file=content.video.hash, at=due.at)
    await pace.check_room(ctx, post, account, due.at)
    await scheduled_store.insert(
        ctx,
        at["client_id"],
        {
            "id": post,
            "content": content.id,
            "content_version": content.version,
            "account": account,
            "title": content.title,
            "topic": content.topic,
            "poster": content.poster.id if content.poster else None,
            "caption": package.caption,
            "hashtags": tags,
            "words": words,
            "file": content.video.hash,
            "again": again,
            "wall": due.wall,
            "zone": due.zone,
            "due": due.at,
            "note": due.note,
            "schedule": by.schedule if by else None,
            "occurrence": by.occurrence if by else None,
            "occurrence_wall": due.wall if by else None,
        },
    )
    return post
