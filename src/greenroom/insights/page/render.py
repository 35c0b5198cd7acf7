"""Templates to answers, with the headers that every public page has."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from greenroom.insights.page.view import LANGUAGE, PageView, etag, script_json

_HEADERS = {
    # No script at all; JSON-LD is data and is not run. Pages may be framed by nobody.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    # Kept by the reader's browser alone and asked for each time: nothing counted is missed, nothing taken down stays.
    "Cache-Control": "private, no-cache",
}
ASSETS = {"page.css": "text/css", "inter-latin.woff2": "font/woff2", "inter-latin-ext.woff2": "font/woff2"}

_templates = Environment(
    loader=PackageLoader("greenroom.insights.page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(
    request: Request, template: str, *, page: PageView | None, status: int = 200,
    linked_data: dict[str, Any] | None = None, **values: Any,
) -> Response:  # fmt: skip
    """A page; `linked_data` is described for machines in it."""
    body = _templates.get_template(template).render(
        page=page,
        assets=assets_version(),
        language=LANGUAGE,
        # Escaped for its place by script_json; the template's own escaping would break the JSON.
        linked_data=Markup(script_json(linked_data)) if linked_data else "",  # noqa: S704 -- see above
        **values,
    )
    return answer(request, body, "text/html", status=status)


def xml(request: Request, template: str, **values: Any) -> Response:
    return answer(request, _templates.get_template(template).render(**values), "application/rss+xml")


def answer(request: Request, body: str, media_type: str, *, status: int = 200) -> Response:
    """The text, or 304 when the reader has this very text already."""
    headers = {**_HEADERS, "ETag": etag(body)}
    sent = request.headers.get("if-none-match", "")
    if status == 200 and headers["ETag"] in [one.strip().removeprefix("W/") for one in sent.split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, media_type=f"{media_type}; charset=utf-8", headers=headers)


def asset(name: str) -> Response | None:
    """A file that all pages share; None when there is none of that name. Its address changes with its content."""
    if name not in ASSETS:
        return None
    content, tag = _content(name)
    headers = {"Cache-Control": "public, max-age=86400", "ETag": tag}
    return Response(content, media_type=ASSETS[name], headers=headers)


@cache
def _content(name: str) -> tuple[bytes, str]:
    content = files("greenroom.insights.page").joinpath("assets", name).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@cache
def assets_version() -> str:
    return hashlib.sha256(b"".join(_content(name)[0] for name in sorted(ASSETS))).hexdigest()[:12]
