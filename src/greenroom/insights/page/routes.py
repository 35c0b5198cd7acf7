"""The addresses under /p: profile, posts, media, feeds, links. Everything is found by its public address."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from greenroom.insights.page import media, render, show
from greenroom.insights.page.show import Removed
from greenroom.insights.page.view import PageView
from greenroom.insights.page.visitor import Visitor, at_page
from greenroom.kit.errors import NotFound

router = APIRouter()
_READ = ["GET", "HEAD"]


@router.api_route("/robots.txt", methods=_READ)
async def robots() -> Response:
    """Public pages may be found; the studio behind the sign-in is nobody's business."""
    return PlainTextResponse("User-agent: *\nAllow: /p/\nDisallow: /\n")


@router.api_route("/p/-/{name}", methods=_READ)
async def asset(request: Request, name: str) -> Response:
    return render.asset(name) or _missing(request, None)


@router.api_route("/p/{handle}", methods=_READ)
async def profile(request: Request, handle: str) -> Response:
    return await _serve(request, handle, show.profile)


@router.api_route("/p/{handle}/palette.css", methods=_READ)
async def palette(request: Request, handle: str) -> Response:
    return await _serve(request, handle, show.palette)


@router.api_route("/p/{handle}/portrait.png", methods=_READ)
async def portrait(request: Request, handle: str) -> Response:
    return await _serve(request, handle, media.portrait)


@router.api_route("/p/{handle}/feed.xml", methods=_READ)
async def rss(request: Request, handle: str) -> Response:
    return await _serve(request, handle, show.rss)


@router.api_route("/p/{handle}/feed.json", methods=_READ)
async def json_feed(request: Request, handle: str) -> Response:
    return await _serve(request, handle, show.json)


@router.api_route("/p/{handle}/go/{link}", methods=_READ)
async def follow(request: Request, handle: str, link: str) -> Response:
    return await _serve(request, handle, lambda visitor: show.follow(visitor, link, request.query_params.get("at")))


@router.api_route("/p/{handle}/{slug}", methods=_READ)
async def post(request: Request, handle: str, slug: str) -> Response:
    return await _serve(request, handle, lambda visitor: show.post(visitor, slug))


@router.api_route("/p/{handle}/{slug}/video.mp4", methods=_READ)
async def video(request: Request, handle: str, slug: str) -> Response:
    return await _serve(request, handle, lambda visitor: media.video(visitor, slug))


@router.api_route("/p/{handle}/{slug}/captions.vtt", methods=_READ)
async def captions(request: Request, handle: str, slug: str) -> Response:
    return await _serve(request, handle, lambda visitor: media.captions(visitor, slug))


@router.api_route("/p/{handle}/{slug}/poster.jpg", methods=_READ)
async def poster(request: Request, handle: str, slug: str) -> Response:
    return await _serve(request, handle, lambda visitor: media.poster(visitor, slug))


@router.api_route("/p", methods=_READ)
@router.api_route("/p/{rest:path}", methods=_READ)
async def nowhere(request: Request) -> Response:
    return _missing(request, None)


async def _serve(request: Request, handle: str, answer: Callable[[Visitor], Awaitable[Response]]) -> Response:
    """The answer at a character's page; what is missing or was taken down is said in a page of the same design."""
    known: PageView | None = None
    try:
        async with at_page(request, handle) as visitor:
            known = visitor.page
            if not known.open:
                raise Removed
            return await answer(visitor)
    except NotFound:
        return _missing(request, known)
    except Removed:
        return _removed(request, known)


def _missing(request: Request, page: PageView | None) -> Response:
    sentence = "The address may be mistyped, or what was here has moved."
    return render.html(request, "lone.html", page=page, status=404, headline="There is nothing here", sentence=sentence)


def _removed(request: Request, page: PageView | None) -> Response:
    sentence = "Who published it has removed it, and it won't come back at this address."
    return render.html(request, "lone.html", page=page, status=410, headline="This was taken down", sentence=sentence)
