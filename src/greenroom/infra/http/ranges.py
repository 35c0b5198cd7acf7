"""A file as an HTTP answer: validators, single byte ranges (RFC 9110, 13 and 14), types that cannot run as a page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from greenroom.infra.store import MediaStore

_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)

SHOWN = frozenset(
    {
        "video/mp4", "video/webm", "audio/wav", "audio/mpeg", "audio/mp4", "image/png", "image/jpeg", "image/webp",
        "text/vtt", "text/plain",
    }
)  # fmt: skip
"""Types that a browser may show. Everything else is only ever offered for saving."""


class Unsatisfiable(Exception):
    """The range lies outside the file."""


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes in a store, `size` of them."""

    store: MediaStore
    hash: str
    size: int

    def read(self, span: "Span") -> Iterator[bytes]:
        return self.store.read(self.hash, span.first, span.last)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `first` to `last` of a file, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def file_response(
    request: Request,
    content: Content,
    *,
    tag: str,
    type: str,
    name: str | None = None,
    cache: str = "private, max-age=0, must-revalidate",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with the file or the part that was asked for. `tag` names the content and becomes a strong ETag.

    304 when the reader has it already, 206 for one satisfiable range, 416 for one that is not, else 200 with all
    of it (also for several ranges at once, which RFC 9110, 14.2 allows).
    """
    shown = type in SHOWN
    head = {
        "ETag": f'"{tag}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": cache,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        **(headers or {}),
    }
    if name is not None or not shown:
        head["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{_safe(name or "file")}"'
    if has_it(request, head["ETag"]):
        return Response(status_code=304, headers={k: v for k, v in head.items() if k != "Content-Disposition"})
    media_type = type if shown else "application/octet-stream"
    size = content.size
    try:
        span = wanted(request.headers, size, head["ETag"])
    except Unsatisfiable:
        return Response(status_code=416, headers={**head, "Content-Range": f"bytes */{size}"})
    status = 200 if span is None else 206
    span = span or Span(0, size - 1)
    head["Content-Length"] = str(span.length)
    if status == 206:
        head["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    if request.method == "HEAD":
        return Response(status_code=status, headers=head, media_type=media_type)
    return StreamingResponse(_whole(content, span), status_code=status, headers=head, media_type=media_type)


def wanted(headers: Mapping[str, str], size: int, tag: str) -> Span | None:
    """The part that a request asks for; None for the whole file. Raises Unsatisfiable.

    A header that is malformed, of another unit or names several ranges is ignored; so is one whose If-Range does
    not match.
    """
    match = _RANGE.fullmatch(headers.get("range", ""))
    if match is None or match.groups() == ("", "") or headers.get("if-range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        span = Span(max(0, size - int(last)), size - 1)
    else:
        span = Span(int(first), min(int(last), size - 1) if last else size - 1)
        if last and int(last) < int(first):
            return None
    if span.first >= size:
        raise Unsatisfiable
    return span


def has_it(request: Request, tag: str) -> bool:
    """Whether the reader named this tag in If-None-Match."""
    sent = request.headers.get("if-none-match")
    if sent is None:
        return False
    return sent.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in sent.split(","))


def _whole(content: Content, span: Span) -> Iterator[bytes]:
    """The span, read by a thread as the reader takes it; a store that gives less breaks the answer off."""
    left = span.length
    for chunk in content.read(span):
        left -= len(chunk)
        yield chunk
    if left:
        raise OSError(f"{content.hash} is shorter than it was")


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:120]
