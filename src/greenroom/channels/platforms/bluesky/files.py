"""The picture or video of a post brought to the server: within its limits, described for those who don't see it."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

from PIL import Image

from greenroom.channels.errors import Rejected, Unfit
from greenroom.channels.platforms.adapter import Desk, Package
from greenroom.channels.platforms.bluesky.line import Line
from greenroom.infra.fetch.call import Stream
from greenroom.infra.http.ranges import Content
from greenroom.media import facade as media
from greenroom.media.contracts import MediaFile

LARGEST_IMAGE, LARGEST_VIDEO, LARGEST_CAPTIONS = 2_000_000, 100_000_000, 20_000
LONGEST_VIDEO = 180.0
"""Bytes and seconds. The server takes a file that is too large and refuses the post that names it."""

_WIDEST = 4000


async def embed(desk: Desk, line: Line, package: Package) -> dict[str, Any]:
    """Upload what the package shows and give what the post's record says of it. Raises Rejected."""
    async with desk.open() as ctx:
        wanted = [file for file in (package.video, package.captions) if file is not None]
        files = await media.get_many(ctx, wanted)
        contents = {id: await media.content(ctx, file) for id, file in files.items()}
    shown = files.get(package.video)
    if shown is None:
        raise Unfit("The file of this post is gone; make it again")
    if shown.type.startswith("image/"):
        return await _image(line, package, shown, contents[shown.id])
    captions = contents.get(package.captions) if package.captions else None
    return await _video(line, package, shown, contents[shown.id], captions)


async def _image(line: Line, package: Package, shown: MediaFile, content: Content) -> dict[str, Any]:
    whole = await asyncio.to_thread(lambda: b"".join(content.store.read(content.hash)))
    fitted, type_ = await asyncio.to_thread(fit, whole, shown.type)
    image = {"image": await line.upload(fitted, type_), "alt": package.transcript or package.title}
    return {"$type": "app.bsky.embed.images", "images": [image | _ratio(package)]}


async def _video(
    line: Line, package: Package, shown: MediaFile, content: Content, captions: Content | None
) -> dict[str, Any]:
    if shown.type != "video/mp4" or content.size > LARGEST_VIDEO:
        raise Rejected(
            f"Bluesky takes MP4 videos of at most {LARGEST_VIDEO // 1_000_000} MB; this one has "
            f"{content.size / 1_000_000:.0f} MB. Render it shorter or smaller"
        )
    made: dict[str, Any] = {
        "$type": "app.bsky.embed.video",
        "video": await line.upload(_stream(content), shown.type),
        "alt": package.transcript or package.title,
        **_ratio(package),
    }
    if captions is not None and captions.size <= LARGEST_CAPTIONS:
        text = await line.upload(_stream(captions), "text/vtt")
        made["captions"] = [{"lang": package.language, "file": text}]
    return made


def fit(content: bytes, type: str) -> tuple[bytes, str]:
    """The picture within the limit: as it is, else as a JPEG of lower quality, then of fewer pixels."""
    if len(content) <= LARGEST_IMAGE:
        return content, type
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((_WIDEST, _WIDEST))
    while True:
        for quality in (90, 80, 70):
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            if made.tell() <= LARGEST_IMAGE:
                return made.getvalue(), "image/jpeg"
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def _ratio(package: Package) -> dict[str, Any]:
    if package.width < 1 or package.height < 1:
        return {}
    return {"aspectRatio": {"width": package.width, "height": package.height}}


def _stream(content: Content) -> Stream:
    async def chunks() -> AsyncIterator[bytes]:
        blocks: Iterator[bytes] = await asyncio.to_thread(content.store.read, content.hash)
        while (block := await asyncio.to_thread(next, blocks, None)) is not None:
            yield block

    return Stream(content.size, chunks)
