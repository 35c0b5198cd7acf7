"""The steps of a post that people and the planner take: a time, now, cancelled, missed, held, taken down."""

from datetime import datetime
from uuid import UUID

from greenroom.channels import account_store, outcome, pace, pace_store
from greenroom.channels import post_store as store
from greenroom.channels.account_states import POSTING, in_words
from greenroom.channels.echo import fingerprinted, no_echo
from greenroom.channels.package import check, pack
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.points import reached
from greenroom.channels.posts import locked, no_twin, open_for_posts
from greenroom.channels.states import OUT_OR_GOING, PLANNABLE, no_step, step
from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.events import Event
from greenroom.kit.errors import Conflict, Problem
from greenroom.studio import facade as studio


async def database_now(ctx: Context) -> datetime:
    """The moment that decides what is due and what has passed."""
    return await store.now(ctx)


async def schedule(
    ctx: Context, post: UUID, *, wall: datetime | None, zone: str | None, due: datetime, note: str | None
) -> None:
    """Set or move the time; Conflict when the post can have none now, or its content is not approved."""
    row = await locked(ctx, post)
    if row["state"] not in PLANNABLE and row["state"] != "draft":
        raise no_step(row["state"], "scheduled")
    await _ready(ctx, row)
    row = await store.by_id(ctx, post)
    await _alone(ctx, row, due)
    await pace.check_room(ctx, post, row["account_id"], due)
    await store.write_time(ctx, post, wall=wall, zone=zone, due=due, note=note)
    await store.write_state(ctx, post, step(row["state"], "scheduled"), None)


async def claim(ctx: Context, post: UUID) -> UUID:
    """Send the post on its way, in one transaction with its job; gives the job.

    A post whose outcome is unknown is looked for first, and not sent at all when others stand in its place meanwhile.
    """
    row = await locked(ctx, post)
    look_only = row["state"] == "unknown" and await replaced(ctx, row)
    if row["state"] != "unknown":
        await send_on(ctx, row)
    job = await jobs.enqueue(
        ctx,
        "channels.look" if look_only else "channels.publish",
        {"post": str(post)},
        subject=("post", post),
        title=f"{'Look for' if look_only else 'Publish'}: {row['title']}",
        client=row["client_id"],
    )
    await store.write_job(ctx, post, job)
    ctx.db.after_commit(_claimed)
    return job


async def replaced(ctx: Context, row: Row) -> bool:
    """Whether the same went to the account of the locked post, or will, while nobody knew whether the post is out."""
    if row["again"]:
        return False
    try:
        await no_twin(ctx, row["id"], content=row["content_id"], account=row["account_id"])
        await _alone(ctx, row, await store.now(ctx))
    except Conflict:
        return True
    return False


async def send_on(ctx: Context, row: Row) -> None:
    """Claim the locked post for the job that it has or is about to get; a Problem says why it may not go out."""
    await _ready(ctx, row, now=True)
    row = await store.by_id(ctx, row["id"])
    now = await store.now(ctx)
    # Those that are only planned were looked at when the later of them was, and are again when they go out.
    await _alone(ctx, row, now, out=row["state"] == "scheduled")
    if row["due_at"] is None:
        await store.write_time(ctx, row["id"], wall=None, zone=None, due=now, note=None)
    elif row["on_hold"]:
        await store.write_off_hold(ctx, row["id"])
    await store.write_state(ctx, row["id"], step(row["state"], "claimed"), None)


async def _claimed() -> None:
    reached("claimed")


async def claim_due(ctx: Context, post: UUID, *, late: datetime, skip: bool = False) -> str | None:
    """Claim the post if it is still due now; the state it came to, None when it waits or somebody was quicker.

    One that was due before `late`, or whose account has had its posts for the day or has no room soon after its time,
    is missed and asks, or with `skip` cancelled; one that may not go out any more is held with the reason.
    """
    row = await locked(ctx, post)
    due = max(row["due_at"], row["not_before"] or row["due_at"]) if row["due_at"] else None
    if row["state"] != "scheduled" or row["on_hold"] or due is None or due > await store.now(ctx):
        return None
    account = await account_store.account(ctx, row["account_id"])
    if due < late:
        while_ = "Greenroom was not running"
        if account["needs_reconnect"]:
            while_ = f"{account['name']} was not connected"
        elif account["state"] not in POSTING:
            while_ = f"{account['name']} {in_words(account['state'])}"
        why = f"Its time passed while {while_}; give it a new time or publish it now"
        return await _miss(ctx, row, why, skip=skip)
    if account["needs_reconnect"] or account["state"] not in POSTING:
        return None
    if full := await pace.full(ctx, row):
        return await _miss(ctx, row, full, skip=skip)
    if until := await pace.wait(ctx, row):
        if crowded := await pace.crowded_out(ctx, row, until, await store.now(ctx) - late):
            return await _miss(ctx, row, crowded, skip=skip)
        await pace_store.write_not_before(ctx, post, until)
        return None
    try:
        await claim(ctx, post)
    except Problem as refused:
        await outcome.fail(ctx, row, refused.detail, to="draft")
        return "draft"
    return "claimed"


async def _miss(ctx: Context, row: Row, reason: str, *, skip: bool) -> str:
    if skip:
        await outcome.skip(ctx, row, reason)
        return "cancelled"
    await outcome.miss(ctx, row, reason)
    return "missed"


async def give_up(ctx: Context, post: UUID, reason: str) -> None:
    """A post that is due could not even be claimed: it failed, so that it holds up no other; a person goes on."""
    row = await store.by_id(ctx, post, lock=True)
    if row["state"] == "scheduled":
        await outcome.fail(ctx, row, reason)


async def cancel(ctx: Context, post: UUID) -> None:
    row = await store.by_id(ctx, post, lock=True)
    await store.write_state(ctx, post, step(row["state"], "cancelled"), None)


async def take_down(ctx: Context, post: UUID) -> UUID:
    """Ask for a published post to be made unreachable; gives the job that does it."""
    row = await store.by_id(ctx, post, lock=True)
    step(row["state"], "removed")
    if not adapter_for(row["platform"]).capabilities.take_down:
        raise Conflict(f"{row['account_name']} lets only a person delete posts; do it there")
    await store.write_state(ctx, post, "published", "It is being taken down")
    job = await jobs.enqueue(
        ctx,
        "channels.take_down",
        {"post": str(post)},
        subject=("post", post),
        title=f"Take down: {row['title']}",
        client=row["client_id"],
    )
    await store.write_job(ctx, post, job)
    return job


async def follow_content(ctx: Context, event: Event) -> None:
    """Content changed: posts of it that wait are held until the present version is approved and planned again."""
    for row in await store.of_content(ctx, event.about):
        if row["state"] not in ("approved", "scheduled", "draft"):
            continue
        try:
            version = (await studio.approved(ctx, row["content_id"])).version
        except Problem:
            version = None
        if version is None or (version != row["content_version"] and row["state"] != "draft"):
            await _hold(ctx, row)
        elif row["state"] == "draft":
            reason = "Its content is approved again; give it a time" if row["due_at"] else None
            await store.write_state(ctx, row["id"], step("draft", "approved"), reason)


async def _hold(ctx: Context, row: Row) -> None:
    if row["state"] != "draft":
        reason = "Its content was changed after this post was planned; approve it and give it a time again"
        await outcome.fail(ctx, row, reason, to="draft")


async def _alone(ctx: Context, row: Row, at: datetime, *, out: bool = False) -> None:
    row = await fingerprinted(ctx, row)
    if not row["again"]:
        words, file = row["words_hash"], row["file_hash"]
        await no_echo(ctx, row["id"], row["account_id"], words=words, file=file, at=at, out=out)


async def _ready(ctx: Context, row: Row, *, now: bool = False) -> None:
    """The content is approved, what was approved is what will go out, and nothing sends it there a second time.

    A post that waits for nobody takes up the version that is approved now; a scheduled one never changes by itself.
    """
    content = await studio.approved(ctx, row["content_id"])
    if row["state"] not in OUT_OR_GOING and not row["again"]:
        await no_twin(ctx, row["id"], content=row["content_id"], account=row["account_id"])
    if row["state"] != "scheduled" and content.version != row["content_version"]:
        poster = content.poster.id if content.poster else None
        await store.write_version(ctx, row["id"], content.version, content.title, poster, file=content.video.hash)
    if row["state"] == "draft":
        await store.write_state(ctx, row["id"], step("draft", "approved"), None)
    open_for_posts(await account_store.account(ctx, row["account_id"]), now=now)
    check(adapter_for(row["platform"]), await pack(ctx, await store.by_id(ctx, row["id"])))
