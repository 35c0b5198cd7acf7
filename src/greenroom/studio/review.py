"""A person's decision about a video, and the only door through which approved content leaves the studio."""

import asyncio
from uuid import UUID

from greenroom.infra import audit
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Invalid, Stale
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.media.contracts import MediaFile
from greenroom.studio import content_store, review_store
from greenroom.studio.contracts import ApprovedContent, CharacterSheet, KeptFile, Script
from greenroom.studio.errors import NotApproved
from greenroom.studio.make.digest import digest
from greenroom.studio.news import changed
from greenroom.studio.read import detail
from greenroom.studio.records import ContentDetail, NewReview

DECISIVE = {
    "disclosure": "the disclosure in the caption",
    "label": "the AI label in the picture",
    "manifest": "Content Credentials",
}
"""The checks without which nothing goes out, by their ids in the pipeline; the values tell people what is missing."""

REVIEWABLE = ("review", "approved", "rejected")


async def review(ctx: Context, content: UUID, new: NewReview) -> ContentDetail:
    """Approve the version that was looked at, or send it back with a note.

    An approval holds for exactly this script and this video file. Raises Stale when it is another version now,
    Conflict when there is nothing to review or a check blocks, Forbidden without the right to approve.
    """
    row = await content_store.locked(ctx, content)
    ctx = ctx.within(row["client_id"])
    reviewer = ctx.person()
    if new.decision == "approve":
        ctx.require("approve", row["client_id"])
    if row["version"] != new.version:
        raise Stale("This is another version now; look at it again", current=await detail(ctx, content))
    if row["status"] not in REVIEWABLE:
        raise Conflict(f"There is nothing to review; it is {row['status']}")
    await _decide(ctx, row, new, reviewer)
    return await detail(ctx, content)


async def approved(ctx: Context, content: UUID) -> ApprovedContent:
    """Approved content with all that may go out of it.

    Raises NotApproved unless a person approved exactly the present script and video and no check blocks; NotFound
    when it is deleted or somebody else's.
    """
    row = await content_store.by_id(ctx, content)
    if row["status"] != "approved" or row["approval_id"] is None:
        raise NotApproved(f"“{row['topic']}” is not approved; somebody has to review it first")
    approval = await review_store.review(ctx, row["approval_id"])
    render = await review_store.render(ctx, row["render_id"])
    video = await media.get(ctx, render["video_id"])
    same = (
        approval["decision"] == "approve"
        and approval["content_version"] == row["version"]
        and approval["render_id"] == row["render_id"]
        and approval["video_hash"] == video.hash
        and approval["script_hash"] == script_hash(row)
    )
    if not same or await _blocking(ctx, row):
        raise NotApproved(f"“{row['topic']}” is not what was approved; review it again")
    return await _outgoing(ctx, row, render, video, approval)


def script_hash(row: Row) -> str:
    """The script as it is, and who speaks it, as one fingerprint."""
    return digest(row["script"], row["sheet"])


async def _decide(ctx: Context, row: Row, new: NewReview, reviewer: UUID) -> None:
    if new.decision == "changes" and not new.note:
        raise Invalid("Say what should change", fields={"note": "Write a note"})
    if new.decision == "approve":
        if row["status"] == "approved":
            raise Conflict("This version is approved already")
        wrong = await _blocking(ctx, row)
        if wrong:
            raise Conflict(wrong)
    render = await review_store.render(ctx, row["render_id"])
    video = await media.get(ctx, render["video_id"])
    made = uuid7()
    await review_store.insert_review(
        ctx,
        {
            "client": row["client_id"],
            "id": made,
            "content": row["id"],
            "version": row["version"],
            "render": row["render_id"],
            "video_hash": video.hash,
            "script_hash": script_hash(row),
            "reviewer_id": reviewer,
            "reviewer": ctx.actor.name,
            **new.model_dump(include={"decision", "note", "at_seconds"}),
        },
    )
    yes = new.decision == "approve"
    status = "approved" if yes else "rejected"
    await content_store.set_decided(ctx, row["id"], status, made if yes else None)
    what = f"approved “{row['topic']}”" if yes else f"asked for changes to “{row['topic']}”"
    await changed(ctx, row["id"], f"{ctx.actor.name} {what}", status=status)
    await audit.record(
        ctx,
        "content.approved" if yes else "content.sent_back",
        ("content", row["id"]),
        before={"status": row["status"]},
        after={"status": status, "version": row["version"], "video": video.hash, "script": script_hash(row)},
        client=row["client_id"],
        reason=new.note or "",
    )


async def _blocking(ctx: Context, row: Row) -> str:
    """Why the checks let nothing out: one blocks, or a decisive one has not passed; nothing when all is well."""
    checks = await review_store.checks(ctx, row["render_id"])
    blocking = next((check for check in checks if not check["ok"] and check["level"] == "block"), None)
    if blocking:
        return f"A check blocks this: {blocking['reason'].rstrip('.')}. Change the script and make it again"
    passed = {check["kind"] for check in checks if check["ok"]}
    lacking = [what for kind, what in DECISIVE.items() if kind not in passed]
    return f"Nobody has checked {', '.join(lacking)}. Make the video again" if lacking else ""


async def _outgoing(ctx: Context, row: Row, render: Row, video: MediaFile, approval: Row) -> ApprovedContent:
    script, sheet = Script.model_validate(row["script"]), CharacterSheet.model_validate(row["sheet"])
    beside = [render[name] for name in ("captions_id", "thumbnail_id", "transcript_id") if render[name]]
    files = await media.get_many(ctx, beside)
    captions, poster = files.get(render["captions_id"]), files.get(render["thumbnail_id"])
    words = files.get(render["transcript_id"])
    return ApprovedContent(
        id=row["id"],
        client_id=row["client_id"],
        character_id=row["character_id"],
        version=row["version"],
        topic=row["topic"],
        title=script.title,
        caption=script.caption,
        hashtags=script.hashtags,
        transcript=await asyncio.to_thread(_text, ctx, words) if words else "",
        sources=script.sources,
        language=script.language,
        disclosure=sheet.disclosure,
        digital_source_type=render["manifest"]["digital_source_type"],
        video=_kept(video),
        captions=_kept(captions) if captions else None,
        poster=_kept(poster) if poster else None,
        duration=render["duration"],
        width=render["width"],
        height=render["height"],
        approved_by=approval["reviewer"],
        approved_at=approval["created_at"],
    )


def _text(ctx: Context, file: MediaFile) -> str:
    return media.path(ctx, file).read_text(encoding="utf-8")


def _kept(file: MediaFile) -> KeptFile:
    return KeptFile(id=file.id, hash=file.hash, type=file.type, size=file.size)
