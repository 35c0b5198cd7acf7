"""The web client's files: names with a hash are kept for good, the page itself is asked for every time."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from greenroom.infra.http.problems import document
from greenroom.kit.errors import NotFound, Problem

_FOREVER = "public, max-age=31536000, immutable"


class WrongMethod(Problem):
    status = 405
    slug = "wrong-method"
    title = "This address has no such method"


def mount_web(app: FastAPI, folder: Path | None, *, api: str, operations: Sequence[APIRoute]) -> None:
    """Serve the client at the root; every address that is no file is a page of the client."""
    root = folder.resolve() if folder else None

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        if f"/{path}".startswith((f"{api}/", "/api/")):
            return _no_operation(f"/{path}".removeprefix(api), operations)
        if root is None:
            return PlainTextResponse("The web client is not built here; run ./greenroom up in a clone.", 503)
        file = (root / path).resolve()
        if path and file.is_file() and file.is_relative_to(root):
            hashed = path.startswith("assets/")
            return FileResponse(file, headers={"Cache-Control": _FOREVER if hashed else "no-cache"})
        if path.startswith("assets/"):
            return document(NotFound("This file belongs to another version; load the page again"))
        return FileResponse(root / "index.html", headers={"Cache-Control": "no-cache"})

    app.add_route("/{path:path}", serve, methods=["GET", "HEAD"], include_in_schema=False)
    app.router.default = _unknown


def _no_operation(path: str, operations: Sequence[APIRoute]) -> Response:
    """404, or 405 where the address has operations with other methods."""
    allowed: set[str] = set()
    for route in operations:
        if route.path_regex.match(path):
            allowed.update(route.methods or ())
    if not allowed:
        return document(NotFound("There is no such operation; see the reference of the API"))
    return document(WrongMethod("Use one of the methods in Allow", headers={"Allow": ", ".join(sorted(allowed))}))


async def _unknown(scope: Scope, receive: Receive, send: Send) -> None:
    await document(NotFound("There is no such operation; see the reference of the API"))(scope, receive, send)
