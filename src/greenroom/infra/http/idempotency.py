"""Idempotency-Key: a POST that is sent again does nothing again and gets the answer of the first time.

The key is taken, the work done and the answer kept in one transaction, so there is no moment in which one of them is
there without the others. A request that failed has kept nothing: sent again, it runs again.
"""

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from fastapi import FastAPI, Request, Response

from greenroom.infra.database import Tx
from greenroom.infra.http import idempotency_store as store
from greenroom.infra.http.declared import header_names
from greenroom.infra.http.house import house_of
from greenroom.infra.http.tags import Tagged
from greenroom.kit.errors import Conflict, Invalid

HEADER = "Idempotency-Key"
MOST = 200
"""Characters of a key."""
MOST_BODY = 1024 * 1024
"""Bytes of an answer that are kept; what makes something answers with far less."""
_NOT_KEPT = {"content-length", "set-cookie"}
"""Headers of an answer that are made anew, or are nobody's to read."""
_PURPOSE = "idempotent requests"


@dataclass(frozen=True, slots=True)
class Kept:
    """A key that this request has taken and will answer for."""

    tx: Tx
    organisation: UUID
    user: UUID
    key: str


class Replayed(Exception):
    """The request was answered before; this is what was said."""

    def __init__(self, answer: Response) -> None:
        super().__init__("answered before")
        self.answer = answer


class AnswersOnce(Tagged):
    """A route whose POST honours the key; `secret` answers are never kept, only that they were given."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_once(request: Request) -> Response:
            response = await handle(request)
            kept: Kept | None = getattr(request.state, "idempotent", None)
            if kept is not None:
                await _keep(kept, response, secret=is_secret(request))
            return response

        return handle_once


async def take_key(request: Request, tx: Tx, organisation: UUID, user: UUID) -> None:
    """Take the request's key, if it has one, for this transaction. Raises Replayed, Invalid, Conflict."""
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return
    if not 1 <= len(key) <= MOST or not key.isprintable():
        raise Invalid(f"Send 1 to {MOST} printable characters as {HEADER}", fields={HEADER: "Not a key"})
    hashes = await _hashes(request)
    try:
        before = await store.take(tx, organisation, user, key, hashes[0])
    except psycopg.errors.LockNotAvailable as error:
        raise Conflict("The same request is still being worked on; ask again in a moment") from error
    if before is None:
        request.state.idempotent = Kept(tx, organisation, user, key)
        return
    if bytes(before["request_hash"]) not in hashes:
        raise Invalid("This key came with another request before; send a new one", fields={HEADER: "Used before"})
    if before["status"] is None or before["body"] is None:
        raise Conflict("This was done already, and its answer is shown once only; look at what is there now")
    raise Replayed(
        Response(
            bytes(before["body"]),
            status_code=before["status"],
            headers={**before["headers"], "Idempotency-Replayed": "true"},
        )
    )


def install(app: FastAPI) -> None:
    """Answer what was answered before with the same words."""

    async def replay(request: Request, error: Exception) -> Response:
        if not isinstance(error, Replayed):
            raise error
        return error.answer

    app.add_exception_handler(Replayed, replay)


def is_secret(request: Request) -> bool:
    """Whether the answer holds something that is shown once and kept nowhere."""
    secrets: frozenset[str] = getattr(request.app.state, "secret_answers", frozenset())
    return request.scope["route"].operation_id in secrets


async def _keep(kept: Kept, response: Response, *, secret: bool) -> None:
    body = bytes(response.body) if hasattr(response, "body") else None
    if body is not None and len(body) > MOST_BODY:
        body = None
    await store.keep(
        kept.tx,
        kept.organisation,
        kept.user,
        kept.key,
        status=response.status_code,
        headers={name: value for name, value in response.headers.items() if name not in _NOT_KEPT},
        body=None if secret else body,
    )


async def _hashes(request: Request) -> list[bytes]:
    """What the request asks for, told to nobody without the master key: one for each version of it, newest first.

    The headers are those that the route takes; what others are sent with it may differ from one time to the next.
    """
    headers = [(name, request.headers.get(name, "")) for name in sorted(header_names(request.scope["route"]))]
    parts = (request.method, request.url.path, request.url.query, json.dumps(headers))
    told = [len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts]
    return await house_of(request).vault.master.mac(_PURPOSE, b"".join(told) + await request.body())
