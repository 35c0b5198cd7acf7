"""Guards around every request: same origin for changes, a size limit, security headers (pure ASGI)."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenroom.infra.http.admit import HEADERS
from greenroom.infra.http.problems import document
from greenroom.kit.errors import Forbidden, Problem

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a request's body. A brief's text may have 1 MB; uploads have their own way."""

_UPLOADS = {
    "PATCH": re.compile(r"/api/v1/uploads/[0-9a-f-]{36}"),
    "POST": re.compile(r"/api/v1/phones/files"),
    "PUT": re.compile(r"/api/v1/agents/transfers/[\w-]+"),
}
"""Where files go, by method; the routes read them as a stream, each within a limit of its own."""

_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        b"media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        b"form-action 'self'; frame-ancestors 'none'"
    ),
}


class TooLarge(Problem):
    status = 413
    slug = "too-large"
    title = "That is too much at once"


class Guard:
    """Refuses cross-site changes and oversized bodies, and adds headers that a route has not set itself."""

    def __init__(self, app: ASGIApp, *, origins: Iterable[str] = ()) -> None:
        self.app = app
        self.origins = {_origin(o) for o in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                limits: dict[str, str] = scope.get("state", {}).get(HEADERS, {})
                told = ((name.lower().encode(), value.encode()) for name, value in limits.items())
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in (*_HEADERS.items(), *told) if name not in present),
                ]
            await send(message)

        refused = self._refuse(scope, headers)
        if refused is not None:
            await document(refused)(scope, receive, send_guarded)
            return
        await self.app(scope, receive if _is_upload(scope) else _limited(receive), send_guarded)

    def _refuse(self, scope: Scope, headers: dict[bytes, str]) -> Problem | None:
        length = headers.get(b"content-length", "0")
        if length.isdigit() and int(length) > MAX_BODY and not _is_upload(scope):
            return TooLarge(f"Send at most {MAX_BODY // 1024 // 1024} MB in one request")
        if scope["method"] in _SAFE or self._same_origin(scope, headers):
            return None
        return Forbidden("This came from another site; open Greenroom itself and try again")

    def _same_origin(self, scope: Scope, headers: dict[bytes, str]) -> bool:
        """Browsers send Origin with every change; a program that sends none carries no ambient cookie."""
        origin = headers.get(b"origin")
        if origin is None:
            return headers.get(b"sec-fetch-site", "none") in ("same-origin", "none")
        own = f"{scope['scheme']}://{headers.get(b'host', '')}"
        return origin in (own, *self.origins)


def _is_upload(scope: Scope) -> bool:
    address = _UPLOADS.get(scope["method"])
    return address is not None and address.fullmatch(scope["path"]) is not None


def _limited(receive: Receive) -> Receive:
    """Count what streams in, for bodies that name no length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise TooLarge(f"Send at most {MAX_BODY // 1024 // 1024} MB in one request")
        return message

    return counted


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
