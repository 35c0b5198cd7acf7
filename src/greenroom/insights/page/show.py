"""Pages and feeds of one character, and the way out over its links."""

from uuid import UUID

from fastapi.responses import RedirectResponse, Response

from greenroom.channels import facade as channels
from greenroom.channels.contracts import PageEntry
from greenroom.insights.count import Hit
from greenroom.insights.page import render
from greenroom.insights.page.view import (
    EntryView,
    entry_view,
    json_feed,
    linked_post,
    linked_profile,
    palette_css,
)
from greenroom.insights.page.visitor import Visitor
from greenroom.kit.errors import NotFound
from greenroom.media import facade as media


class Removed(Exception):
    """There was something here, and it was taken down."""


async def profile(visitor: Visitor) -> Response:
    """Who this is, its links, its posts."""
    found = await channels.entries(visitor.ctx, visitor.account.id)
    return render.html(
        visitor.request,
        "profile.html",
        page=visitor.page,
        entries=[entry_view(entry, visitor.page) for entry in found],
        linked_data=linked_profile(visitor.page),
    )


async def post(visitor: Visitor, slug: str) -> Response:
    """One post; opening it is a view."""
    entry = await shown(visitor, slug)
    await visitor.count(Hit("view", visitor.account.id, post=entry.post_id))
    view = entry_view(entry, visitor.page)
    return render.html(
        visitor.request, "post.html", page=visitor.page, entry=view, linked_data=linked_post(visitor.page, view)
    )


async def palette(visitor: Visitor) -> Response:
    return render.answer(visitor.request, palette_css(visitor.character), "text/css")


async def rss(visitor: Visitor) -> Response:
    """RSS 2.0, the video as enclosure."""
    return render.xml(visitor.request, "feed.xml", page=visitor.page, entries=await _feed(visitor))


async def json(visitor: Visitor) -> Response:
    body = json_feed(visitor.page, await _feed(visitor))
    return render.answer(visitor.request, body, "application/feed+json")


async def follow(visitor: Visitor, link: str, slug: str | None) -> Response:
    """Count the click, for the post whose page it was on when `slug` names one, and send the reader on."""
    found = next((one for one in visitor.page.links if str(one.id) == link.lower()), None)
    if found is None:
        raise NotFound("There is no such link now")
    await visitor.count(Hit("click", visitor.account.id, post=await _post_of(visitor, slug), link=found.id))
    headers = {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    return RedirectResponse(found.address, status_code=302, headers=headers)


async def shown(visitor: Visitor, slug: str) -> PageEntry:
    """The entry; Removed when it was taken down, NotFound when there never was one."""
    entry = await channels.entry(visitor.ctx, visitor.account.id, slug)
    if entry.removed_at is not None:
        raise Removed
    return entry


async def _post_of(visitor: Visitor, slug: str | None) -> UUID | None:
    if slug is None:
        return None
    try:
        return (await shown(visitor, slug)).post_id
    except (NotFound, Removed):
        return None


async def _feed(visitor: Visitor) -> list[EntryView]:
    found = await channels.entries(visitor.ctx, visitor.account.id)
    files = await media.get_many(visitor.ctx, [entry.video_id for entry in found])
    return [
        entry_view(entry, visitor.page, size=files[entry.video_id].size if entry.video_id in files else 0)
        for entry in found
    ]
