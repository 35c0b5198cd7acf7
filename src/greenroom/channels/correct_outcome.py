"""How a correction ends: its own record, the post, the news of it and the trail, together."""

from typing import Any
from uuid import UUID

from greenroom.channels import correct_store as store
from greenroom.channels import outcome
from greenroom.channels import post_store as posts_store
from greenroom.channels.correct import CORRECT, being_taken_down
from greenroom.channels.echo import words_hash
from greenroom.channels.states import step
from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.infra.events import Event, Severity
from greenroom.kit.errors import Conflict


async def corrected(ctx: Context, correction: Row, disclosure: dict[str, Any]) -> None:
    """The platform shows the new words."""
    row = await posts_store.by_id(ctx, correction["post_id"], lock=True)
    words = words_hash(correction["after"])
    await store.write_words(ctx, row["id"], correction["after"], disclosure, words=words)
    await store.end(ctx, correction["id"], "corrected", None)
    await _tell(ctx, row, correction, "corrected", "info", f"“{row['title']}” was corrected on {row['account_name']}")


async def failed(ctx: Context, correction: Row, why: str) -> None:
    """It certainly was not corrected, or not whole, and will not be by itself."""
    row = await posts_store.by_id(ctx, correction["post_id"], lock=True)
    await _end(ctx, row, correction, "failed", why)


async def gone(ctx: Context, correction: Row) -> None:
    """There was nothing to correct: somebody deleted the post on its platform, which its state says from now on."""
    row = await posts_store.by_id(ctx, correction["post_id"], lock=True)
    if row["state"] == "published" and not await being_taken_down(ctx, row):
        reason = f"It was not on {row['account_name']} any more when it was to be corrected"
        await posts_store.write_state(ctx, row["id"], step("published", "removed"), reason)
        await outcome.tell(ctx, row, "channels.post.removed", "warning", f"“{row['title']}”: {reason}")
        await _end(ctx, row, correction, "failed", f"{reason}; make a new post")
    else:
        await _end(ctx, row, correction, "failed", "It was taken down meanwhile")


async def leave_to_person(ctx: Context, correction: Row, account: str) -> None:
    """Nobody knows which words it has; asking for the same ones once more does no harm."""
    row = await posts_store.by_id(ctx, correction["post_id"], lock=True)
    why = f"It could not be found out which words it has. Look on {account}, and correct it again with the right ones"
    await store.end(ctx, correction["id"], "unknown", why)
    await _touch(ctx, row)
    await _tell(ctx, row, correction, "correction_unknown", "error", f"“{row['title']}”: {why}", why)


async def follow_job(ctx: Context, event: Event) -> None:
    """Runs in the transaction that ends the job, so that no correction is left under way without one."""
    if event.data.get("kind") != CORRECT or event.data.get("state") not in ("failed", "cancelled"):
        return
    correction = await store.of_job(ctx, event.about)
    if correction is None or correction["outcome"] is not None:
        return
    if correction["phase"] == "asked":
        await failed(ctx, correction, str(event.data.get("error") or "Its job was cancelled"))
    else:
        row = await posts_store.by_id(ctx, correction["post_id"])
        await leave_to_person(ctx, correction, row["account_name"])


async def correct_again(ctx: Context, job: UUID, post: UUID) -> None:
    """Take the correction up again for its job; Conflict when something else was done with the post since."""
    row = await posts_store.by_id(ctx, post, lock=True)
    found = await store.of_posts(ctx, [post])
    if not found or found[-1]["job_id"] != job or found[-1]["outcome"] == "corrected":
        raise Conflict("Something else was done with this post since; look at the post")
    if row["state"] != "published" or await being_taken_down(ctx, row):
        raise Conflict("This post is not out any more, so there is nothing to correct", state=row["state"])
    await store.reopen(ctx, found[-1]["id"])
    await audit.record(
        ctx, "post.correction_retried", ("post", post), client=row["client_id"],
        before={"caption": row["caption"]}, after={"caption": found[-1]["after"]},
    )  # fmt: skip


async def _end(ctx: Context, row: Row, correction: Row, outcome: str, why: str) -> None:
    await store.end(ctx, correction["id"], outcome, why)
    await _touch(ctx, row)
    message = f"“{row['title']}” was not corrected. {why}"
    await _tell(ctx, row, correction, "not_corrected", "error", message, why)


async def _touch(ctx: Context, row: Row) -> None:
    """A new version of what is shown."""
    now = await posts_store.by_id(ctx, row["id"])
    await posts_store.write_state(ctx, row["id"], now["state"], now["state_reason"])


async def _tell(
    ctx: Context, row: Row, correction: Row, what: str, severity: Severity, message: str, reason: str = ""
) -> None:
    await events.emit(
        ctx, f"channels.post.{what}", subject=("post", row["id"]), client=row["client_id"], severity=severity,
        message=message,
        data={"content": str(row["content_id"]), "account": str(row["account_id"]), "number": correction["number"]},
    )  # fmt: skip
    if ctx.actor.kind == "user":
        return
    after = await posts_store.by_id(ctx, row["id"])
    await audit.record(
        ctx, f"post.{what}", ("post", row["id"]), client=row["client_id"], reason=reason,
        before={"caption": row["caption"]},
        after={"caption": after["caption"], "decided_by": await audit.last_person(ctx, row["id"])},
    )  # fmt: skip
