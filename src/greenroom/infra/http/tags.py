"""ETags of records: the version, and a digest of what is said, so that a reader who has it is spared the rest.

If-Match takes such a tag as it is, and reads only the version out of it.
"""

import hashlib
import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from greenroom.infra.http.ranges import has_it

_DIGEST = 16
"""Hexadecimal digits: 64 bits tell the states of one record apart."""


class Tagged(APIRoute):
    """A route that answers with an ETag where its answer is a record with a version, and with 304 to who has it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if not has_version(self.response_model):
            return handle

        async def handle_tagged(request: Request) -> Response:
            return _tagged(request, await handle(request))

        return handle_tagged


def has_version(model: Any) -> bool:
    """Whether an answer of this model is one record with a version of its own."""
    field = getattr(model, "model_fields", {}).get("version")
    return field is not None and field.annotation is int


def _tagged(request: Request, response: Response) -> Response:
    body = bytes(response.body)
    digest = hashlib.sha256(body).hexdigest()[:_DIGEST]
    response.headers["ETag"] = f'"{json.loads(body)["version"]}.{digest}"'
    if request.method in ("GET", "HEAD") and has_it(request, response.headers["ETag"]):
        kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return Response(status_code=304, headers=kept)
    return response
