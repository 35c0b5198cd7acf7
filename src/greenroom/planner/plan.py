"""Planning posts: now or at a wall time, moved, called off."""

from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post, Resolution
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Invalid
from greenroom.planner import free_slots
from greenroom.planner.contracts import At, NewPost, PostChange
from greenroom.planner.when import resolve as instant_of

_AUDITED = {"content", "account", "caption", "hashtags", "state", "wall_time", "zone", "due_at"}


async def plan(ctx: Context, new: NewPost) -> Post:
    """Make a post and give it its time, or send it on its way now.

    Raises Conflict (not approved, a twin, a closed account, no room), Invalid (time, zone, too long for the platform).
    """
    if new.slot and new.at is not None:
        raise Invalid("Choose a time or the next free slot, not both", fields={"slot": "Leave it out, or the time"})
    post = await channels.add_post(
        ctx,
        content=new.content_id,
        account=new.account_id,
        caption=new.caption,
        hashtags=new.hashtags,
        again=new.again,
    )
    if new.slot:
        # The account is locked since its post was made, so the slot stays free.
        free = await free_slots.next_free(ctx, new.account_id)
        await channels.schedule(ctx, post.id, wall=free.wall, zone=free.zone, due=free.at, note=free.note)
        at = At(wall=free.wall, zone=free.zone)
        return await _told(ctx, post.id, "planner.post.scheduled", f"goes out {_spoken(at)}", None)
    if new.at is None:
        await channels.claim(ctx, post.id)
        return await _told(ctx, post.id, "planner.post.scheduled", "goes out now", None)
    await _set(ctx, post.id, new.at)
    return await _told(ctx, post.id, "planner.post.scheduled", f"goes out {_spoken(new.at)}", None)


async def change(ctx: Context, post: UUID, version: int, wanted: PostChange) -> Post:
    """New words or a new time; Stale when somebody changed the post meanwhile."""
    await channels.expect_version(ctx, post, version)
    before = await channels.get_post(ctx, post)
    if wanted.again:
        await channels.allow_again(ctx, post)
    if wanted.caption is not None or wanted.hashtags is not None:
        await channels.change_text(ctx, post, wanted.caption, wanted.hashtags)
    if not wanted.model_dump(exclude_none=True):
        return before
    if wanted.at is None:
        what = "may go out although the same is there" if wanted.again else "has new words"
        return await _told(ctx, post, "planner.post.changed", what, before)
    await _set(ctx, post, wanted.at)
    return await _told(ctx, post, "planner.post.scheduled", f"goes out {_spoken(wanted.at)}", before)


async def publish_now(ctx: Context, post: UUID) -> Post:
    """Send it on its way without waiting for its time; one whose outcome is unknown is looked for again."""
    before = await channels.get_post(ctx, post)
    await channels.claim(ctx, post)
    return await _told(ctx, post, "planner.post.changed", "goes out now", before)


async def cancel(ctx: Context, post: UUID) -> Post:
    before = await channels.get_post(ctx, post)
    await channels.cancel(ctx, post)
    return await _told(ctx, post, "planner.post.changed", "was cancelled", before)


async def take_down(ctx: Context, post: UUID) -> Post:
    """Ask for a published post to be taken down; it is removed once the platform has done so."""
    before = await channels.get_post(ctx, post)
    await channels.take_down(ctx, post)
    return await _told(ctx, post, "planner.post.changed", "is being taken down", before)


async def settle(ctx: Context, post: UUID, seen: Resolution) -> Post:
    """A person looked at the account and says whether a post of unknown outcome is out."""
    before = await channels.get_post(ctx, post)
    await channels.resolve(ctx, post, seen)
    return await _told(ctx, post, "planner.post.changed", "was looked for by a person", before)


async def _set(ctx: Context, post: UUID, at: At) -> None:
    when = instant_of(at.wall, at.zone, now=await channels.database_now(ctx))
    await channels.schedule(ctx, post, wall=when.wall, zone=when.zone, due=when.at, note=when.note)


async def _told(ctx: Context, post: UUID, kind: str, what: str, before: Post | None) -> Post:
    shown = await channels.get_post(ctx, post)
    await events.emit(
        ctx,
        kind,
        subject=("post", post),
        client=shown.client_id,
        message=f"“{shown.content.title}” {what}",
        data={"state": shown.state, "content": str(shown.content.id), "account": str(shown.account.id)},
    )
    await audit.record(
        ctx,
        "post.planned" if before is None else "post.changed",
        ("post", post),
        before=before.model_dump(include=_AUDITED) if before else None,
        after=shown.model_dump(include=_AUDITED),
        client=shown.client_id,
        reason=what,
    )
    return shown


def _spoken(at: At) -> str:
    return f"on {at.wall:%-d %B} at {at.wall:%H:%M} ({at.zone})"
