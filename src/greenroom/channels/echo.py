"""The duplicate guard over all contents: the same words or the same file on an account twice within 20 hours."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from greenroom.channels import echo_store
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, NotFound
from greenroom.studio import facade as studio
from greenroom.studio.errors import NotApproved

NEAR = timedelta(hours=20)
"""Nearer than this is the same twice on a day. A daily post is none: not on a day of 23 hours, and not when one of
them went out late, for what is out counts at the time that it was planned for, unless it left half a day later."""

_APART = re.compile(r"[\W_]+")


def words_hash(caption: str) -> str | None:
    """A fingerprint of the words, whatever stands between them and however they are written; None without any."""
    words = _APART.sub(" ", caption.casefold()).strip()
    return hashlib.sha256(words.encode()).hexdigest() if words else None


async def no_echo(
    ctx: Context, post: UUID, account: UUID, *, words: str | None, file: str | None, at: datetime, out: bool = False
) -> None:
    """Conflict when another post of the account, which the caller has locked, says or shows the same near that time;
    with `out` only when it is out or on its way, and not when a person wanted that one there as well."""
    if found := await _echo(ctx, post, account, words, file, at, out=out):
        raise Conflict(
            f"{found[0]} within 20 hours of this one; say so if you want it there again",
            post=str(found[1]),
            fields={"again": "Set it to publish the same there again"},
        )


async def no_echo_corrected(ctx: Context, post: Row, caption: str) -> None:
    """Conflict when the post, which is out and locked with its account, would say what another one near it says."""
    words = words_hash(caption)
    if post["again"] or words == words_hash(post["caption"]):
        return
    if found := await _echo(ctx, post["id"], post["account_id"], words, None, post["posted_at"], out=False):
        raise Conflict(
            f"{found[0]} within 20 hours of this one; give this one other words",
            post=str(found[1]),
            fields={"caption": "Another post near it says the same"},
        )


async def fingerprinted(ctx: Context, post: Row) -> Row:
    """The locked post with its fingerprints, which those of earlier versions of Greenroom get now."""
    words, file = await _prints(ctx, post)
    if (words, file) != (post["words_hash"], post["file_hash"]):
        await echo_store.write(ctx, post["id"], words, file)
    return post | {"words_hash": words, "file_hash": file}


async def _echo(
    ctx: Context, post: UUID, account: UUID, words: str | None, file: str | None, at: datetime, *, out: bool
) -> tuple[str, UUID] | None:
    """What is said of the first other post that is alike, and that post."""
    at = at.astimezone(UTC)  # hours that pass, not those on a wall when its clocks are changed
    others = await echo_store.alike(
        ctx, post, account, words=words, file=file, since=at - NEAR, until=at + NEAR, out=out
    )
    for other in others:
        its_words, its_file = await _prints(ctx, other)
        same = "words" if words and words == its_words else "file" if file and file == its_file else None
        if same:
            is_ = "is published" if other["state"] == "published" else "is planned"
            said = f"Another post with the same {same}, “{other['title']}”, {is_} on {other['account_name']}"
            return said, other["id"]
    return None


async def _prints(ctx: Context, post: Row) -> tuple[str | None, str | None]:
    """Of its words and its file; None for a file of a version that is not the approved one any more."""
    words, file = post["words_hash"] or words_hash(post["caption"]), post["file_hash"]
    if file is None:
        try:
            content = await studio.approved(ctx, post["content_id"])
        except (NotApproved, NotFound):
            return words, None
        if content.version == post["content_version"]:
            file = content.video.hash
    return words, file
