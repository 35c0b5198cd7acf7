"""The web client's files: names with a hash are kept for good, the page itself is asked for every time."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from greenroom.infra.http.problems import document
from greenroom.kit.errors import NotFound

_FOREVER = "public, max-age=31536000, immutable"


def mount_web(app: FastAPI, folder: Path | None, *, api: str) -> None:
    """Serve the client at the root; every address that is no file is a page of the client."""
    root = folder.resolve() if folder else None

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        if f"/{path}".startswith((f"{api}/", "/api/")):
            return document(NotFound("There is no such operation; see the reference of the API"))
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


async def _unknown(scope: Scope, receive: Receive, send: Send) -> None:
    await document(NotFound("There is no such operation; see the reference of the API"))(scope, receive, send)
