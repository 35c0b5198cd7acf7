"""Posts that a schedule made: which time of it each is for, and holding or taking back those that wait."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from greenroom.channels import outcome, post_store, scheduled_store
from greenroom.channels.states import step
from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.database import Row

WAITING = ("draft", "approved", "scheduled")


async def remark(ctx: Context, post: UUID, wall: datetime) -> None:
    """The time that the post is for stands at another wall time now."""
    await scheduled_store.remark(ctx, post, wall)


async def of_schedule(ctx: Context, schedule: UUID) -> list[Row]:
    """The schedule's posts that stand for one of its times: id, account, content, state, times, zone."""
    return await scheduled_store.of_schedule(ctx, schedule)


async def schedule_of(ctx: Context, post: UUID) -> UUID | None:
    """The schedule that made the post; None when a person did."""
    found: UUID | None = (await post_store.by_id(ctx, post))["schedule_id"]
    return found


async def follow_clocks(
    ctx: Context, posts: Sequence[UUID], means: Callable[[datetime, str], tuple[datetime, str | None]]
) -> int:
    """Give posts that wait for a time on a wall the instant that it `means` now, and its note; how many were moved."""
    moved = 0
    for row in await scheduled_store.on_the_wall(ctx, list(posts)):
        due, note = means(row["wall_time"], row["zone"])
        if due != row["due_at"] and await scheduled_store.write_due(ctx, row, due, note):
            moved += 1
            words = f"“{row['title']}” still goes out at {row['wall_time']:%H:%M}; the clocks of {row['zone']} changed"
            await events.emit(ctx, "channels.post.moved", subject=("post", row["id"]), message=words)
    return moved


async def withdraw(ctx: Context, post: UUID, reason: str) -> bool:
    """Take back a post that waits: it is cancelled and its time is free again. False when it does not wait any more."""
    row = await post_store.by_id(ctx, post, lock=True)
    if row["state"] not in WAITING:
        return False
    await post_store.write_state(ctx, post, step(row["state"], "cancelled"), reason)
    await scheduled_store.unmark(ctx, post)
    return True


async def hold(ctx: Context, schedule: UUID) -> int:
    """Keep the schedule's waiting posts from going out; gives how many."""
    return await scheduled_store.hold(ctx, schedule)


async def release(ctx: Context, schedule: UUID, *, skip: bool) -> int:
    """Let the schedule's held posts go on. Those whose time passed are cancelled with `skip`, else missed; how many."""
    passed = await scheduled_store.release(ctx, schedule)
    for post in passed:
        row = await post_store.by_id(ctx, post, lock=True)
        if skip:
            await outcome.skip(ctx, row, "Its time passed while its schedule was paused")
        else:
            reason = "Its time passed while its schedule was paused; give it a new time or publish it now"
            await outcome.miss(ctx, row, reason)
    return len(passed)


async def standing_on(ctx: Context, accounts: Sequence[UUID], contents: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Which of the contents are out or planned on which of the accounts, as (account, content)."""
    rows = await scheduled_store.standing(ctx, list(accounts), list(contents))
    return {(row["account_id"], row["content_id"]) for row in rows}
