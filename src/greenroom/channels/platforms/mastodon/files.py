"""The picture or video of a post brought to the server: within its limits, described for those who don't see it."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import uuid4

from greenroom.channels.errors import Rejected, RetryLater, Unfit
from greenroom.channels.platforms.adapter import Package
from greenroom.channels.platforms.mastodon.api import Refused
from greenroom.channels.platforms.mastodon.instance import Instance
from greenroom.channels.platforms.mastodon.line import Line
from greenroom.channels.platforms.mastodon.multipart import with_file
from greenroom.infra.fetch.call import Stream
from greenroom.infra.http.ranges import Content
from greenroom.kit import graphemes
from greenroom.media import facade as media
from greenroom.media.contracts import MediaFile

READY_WITHIN = 90.0
"""Seconds that a server is given to make its own of a file, before the post waits for another try."""
_ENDINGS = {"video/mp4": "mp4", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}


async def upload(line: Line, instance: Instance, package: Package) -> str:
    """The id of the file there; nobody sees it before a status names it. Raises Rejected, RetryLater, Refused."""
    async with line.desk.open() as ctx:
        files = await media.get_many(ctx, [package.video])
        shown = files.get(package.video)
        content = await media.content(ctx, shown) if shown is not None else None
    if shown is None or content is None:
        raise Unfit("The file of this post is gone; make it again")
    _check(instance, shown, content)
    # A name of its own for each upload: some servers keep files by their names, and overwrite.
    name = f"{package.marker}-{uuid4().hex[:8]}.{_ENDINGS.get(shown.type, 'bin')}"
    alt = {"description": _described(package, instance.alt_length)}
    said = await line.post("/api/v2/media", with_file(alt, _stream(content), name=name, type=shown.type))
    id = str(said.value["id"])
    if said.status == 202:
        await _until_ready(line, id)
    return id


async def _until_ready(line: Line, id: str) -> None:
    """The server works on the file (206) until it can be shown (200)."""
    end, pause = time.monotonic() + READY_WITHIN, 0.5
    while True:
        try:
            if (await line.get(f"/api/v1/media/{id}")).status == 200:
                return
        except Refused as refused:
            if refused.status == 422:
                raise Rejected(f"Mastodon could not read the file: {refused.message or 'no reason given'}") from refused
            raise
        if time.monotonic() > end:
            raise RetryLater("The server still works on the file", after=timedelta(minutes=1))
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, 5.0)


def _check(instance: Instance, shown: MediaFile, content: Content) -> None:
    if not instance.takes(shown.type):
        raise Rejected(f"{instance.title} takes no files of type {shown.type}; make the post from another one")
    most = instance.image_bytes if shown.type.startswith("image/") else instance.video_bytes
    if content.size > most:
        raise Rejected(
            f"{instance.title} takes files of at most {most / 1_000_000:.0f} MB here; this one has "
            f"{content.size / 1_000_000:.0f} MB. Make it shorter or smaller"
        )


def _described(package: Package, most: int) -> str:
    """What is heard and seen: all of it, else the title, which says less but ends nowhere in between."""
    text = package.transcript or package.title
    return text if graphemes.count(text) <= most else package.title


def _stream(content: Content) -> Stream:
    async def chunks() -> AsyncIterator[bytes]:
        blocks: Iterator[bytes] = await asyncio.to_thread(content.store.read, content.hash)
        while (block := await asyncio.to_thread(next, blocks, None)) is not None:
            yield block

    return Stream(content.size, chunks)
