"""What was written down here of a post that may be out: when it was first tried, with which files, in which words."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from greenroom.channels import post_store
from greenroom.channels.package import post_of
from greenroom.channels.platforms.adapter import Desk

_SKEW = timedelta(minutes=15)
"""How far the clocks of two servers may be apart."""


@dataclass(frozen=True, slots=True)
class Trace:
    """`media` are the files of every upload, `words` a hash for each part of the thread, of the last try."""

    since: datetime
    media: tuple[str, ...]
    words: tuple[str, ...]


async def trace_of(desk: Desk, marker: str) -> Trace:
    post = post_of(marker)
    async with desk.open() as ctx:
        attempts = await post_store.attempts(ctx, [post])
    made = datetime.fromtimestamp((post.int >> 80) / 1000, UTC)
    since = min([one["started_at"] for one in attempts], default=made) - _SKEW
    sent = [one["remote"] for one in attempts if "media" in one["remote"]]
    words = tuple(json.loads(sent[-1]["words"])) if sent else ()
    media = [id for one in sent for id in (one["media"], *json.loads(one.get("earlier", "[]")))]
    return Trace(since, tuple(media), words)
