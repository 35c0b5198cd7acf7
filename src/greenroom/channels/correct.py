"""Asking for a published post to be given other words: checked as before publishing, done by a job."""

from uuid import UUID

from greenroom.channels import account_store
from greenroom.channels import correct_store as store
from greenroom.channels import post_store as posts_store
from greenroom.channels.contracts import Post
from greenroom.channels.corrections import ability
from greenroom.channels.echo import no_echo_corrected
from greenroom.channels.errors import Held
from greenroom.channels.follow_job import TAKE_DOWN
from greenroom.channels.package import check, package_of
from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.registry import adapter_for
from greenroom.channels.posts import expect_version, get_post
from greenroom.infra import audit, events, jobs
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Invalid, NotFound
from greenroom.kit.ids import uuid7
from greenroom.studio import facade as studio
from greenroom.studio.errors import NotApproved
from greenroom.tenancy import facade as tenancy

CORRECT = "channels.correct"


async def correct(ctx: Context, post: UUID, version: int, caption: str) -> Post:
    """Ask for these words; the post has them once its platform shows them.

    Raises Stale; Conflict when it is not out (any more), its platform corrects nothing, a correction is under way or
    another post near it has these words;
    Rejected when the platform would not take the words.
    """
    await expect_version(ctx, post, version)
    row = await posts_store.by_id(ctx, post, lock=True)
    await _open_for_corrections(ctx, row)
    package = await package_for(ctx, row, caption)
    if package.caption == row["caption"] and not await _uncertain(ctx, post):
        raise Invalid("These are the words that it has already", fields={"caption": "Change something first"})
    check(adapter_for(row["platform"]), package)
    await no_echo_corrected(ctx, row, package.caption)
    correction = {"id": uuid7(), "post": post, "asked_by": ctx.actor.name[:200], "before": row["caption"]}
    await store.insert(ctx, row["client_id"], {**correction, "after": package.caption})
    job = await jobs.enqueue(
        ctx, CORRECT, {"post": str(post)}, subject=("post", post), title=f"Correct: {row['title']}",
        client=row["client_id"],
    )  # fmt: skip
    await store.write_job(ctx, correction["id"], job)
    await posts_store.write_state(ctx, post, "published", row["state_reason"])  # a new version of what is shown
    await events.emit(
        ctx, "channels.post.correcting", subject=("post", post), client=row["client_id"],
        message=f"“{row['title']}” is being corrected on {row['account_name']}",
        data={"content": str(row["content_id"]), "account": str(row["account_id"])},
    )  # fmt: skip
    await audit.record(
        ctx, "post.correction_asked", ("post", post), client=row["client_id"],
        before={"caption": row["caption"]}, after={"caption": package.caption},
    )  # fmt: skip
    return await get_post(ctx, post)


async def package_for(ctx: Context, row: Row, caption: str) -> Package:
    """The post with these words. The line about AI is put there as it is when a post goes out.

    The content may have been changed since; nothing of it goes out again but its words here.
    """
    client = await tenancy.client_of(ctx, row["client_id"])
    if client.status != "active":
        raise Held(f"{client.name} is archived and corrects nothing; bring the client back first")
    try:
        content = await studio.approved(ctx, row["content_id"])
    except (NotApproved, NotFound) as refused:
        raise Held(refused.detail) from refused
    return package_of(content, row["id"], caption, row["hashtags"])


async def being_taken_down(ctx: Context, row: Row) -> bool:
    if row["job_id"] is None:
        return False
    found = await jobs.get_jobs(ctx, [row["job_id"]])
    return any(job.kind == TAKE_DOWN and job.state in ("queued", "running") for job in found)


async def _open_for_corrections(ctx: Context, row: Row) -> None:
    if row["state"] != "published":
        raise Conflict("Only a post that is out can be corrected; this one is " + row["state"], state=row["state"])
    if await being_taken_down(ctx, row):
        raise Conflict("This post is being taken down; make a new post with the right words")
    if "text" not in ability(row["platform"]).get("corrects", ()):
        raise Conflict(ability(row["platform"])["corrects_not"], instead="take_down_and_post_again")
    account = await account_store.account(ctx, row["account_id"])
    if account["needs_reconnect"]:
        raise Conflict(f"{account['name']} has to be connected again before a post is corrected; do that in Accounts")
    if await store.live(ctx, row["id"]) is not None:
        raise Conflict("This post is being corrected already; wait until that is done")


async def _uncertain(ctx: Context, post: UUID) -> bool:
    """Whether nobody knows which words the post has; then the old ones may be asked for too."""
    found = await store.of_posts(ctx, [post])
    return bool(found) and found[-1]["outcome"] in ("unknown", "failed")
