"""Files of a public page: videos in ranges, captions, posters, the portrait."""

from uuid import UUID

from fastapi.responses import Response

from greenroom.cast import facade as cast
from greenroom.infra.http.ranges import file_response
from greenroom.insights.count import Hit
from greenroom.insights.page.show import shown
from greenroom.insights.page.visitor import Visitor
from greenroom.insights.visit import starts_video
from greenroom.kit.errors import NotFound
from greenroom.media import facade as media
from greenroom.media.contracts import MediaFile

# The reader's browser keeps the bytes and asks each time whether they are still there: a 304 counts and costs little.
_ASK = "private, no-cache"


async def video(visitor: Visitor, slug: str) -> Response:
    """The video, whole or in parts; its beginning is a view, unless the same reader's was counted already."""
    entry = await shown(visitor, slug)
    if starts_video(visitor.request.headers):
        await visitor.count(Hit("view", visitor.account.id, post=entry.post_id))
    return await _file(visitor, entry.video_id, f"{entry.slug}.mp4")


async def captions(visitor: Visitor, slug: str) -> Response:
    return await _file(visitor, (await shown(visitor, slug)).captions_id, f"{slug}.vtt")


async def poster(visitor: Visitor, slug: str) -> Response:
    return await _file(visitor, (await shown(visitor, slug)).poster_id, f"{slug}.jpg")


async def portrait(visitor: Visitor) -> Response:
    return await _response(visitor, await cast.portrait(visitor.ctx, visitor.character.id), "portrait.png")


async def _file(visitor: Visitor, file: UUID | None, name: str) -> Response:
    if file is None:
        raise NotFound("There is no such file")
    return await _response(visitor, await media.get(visitor.ctx, file), name)


async def _response(visitor: Visitor, file: MediaFile, name: str) -> Response:
    return file_response(
        visitor.request,
        await media.content(visitor.ctx, file),
        tag=file.hash,
        type=file.type,
        name=name,
        cache=_ASK,
        headers={"Cross-Origin-Resource-Policy": "cross-origin"},
    )
