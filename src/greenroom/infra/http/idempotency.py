"""Idempotency-Key: a POST that is sent again does nothing again and gets the answer of the first time.

The key is taken, the work done and the answer kept in one transaction, so there is no moment in which one of them is
there without the others. A request that failed has kept nothing: sent again, it runs again.
"""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute

from greenroom.infra.database import Tx
from greenroom.infra.http import idempotency_store as store
from greenroom.kit.errors import Conflict, Invalid

HEADER = "Idempotency-Key"
MOST = 200
"""Characters of a key."""
MOST_BODY = 1024 * 1024
"""Bytes of an answer that are kept; what makes something answers with far less."""


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


class AnswersOnce(APIRoute):
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
    request_hash = await _hash(request)
    try:
        before = await store.take(tx, organisation, user, key, request_hash)
    except psycopg.errors.LockNotAvailable as error:
        raise Conflict("The same request is still being worked on; ask again in a moment") from error
    if before is None:
        request.state.idempotent = Kept(tx, organisation, user, key)
        return
    if bytes(before["request_hash"]) != request_hash:
        raise Invalid("This key came with another request before; send a new one", fields={HEADER: "Used before"})
    if before["status"] is None or before["body"] is None:
        raise Conflict("This was done already, and its answer is shown once only; look at what is there now")
    raise Replayed(
        Response(
            bytes(before["body"]),
            status_code=before["status"],
            media_type=before["type"] or None,
            headers={"Idempotency-Replayed": "true"},
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
        type=response.headers.get("content-type", ""),
        body=None if secret else body,
    )


async def _hash(request: Request) -> bytes:
    digest = hashlib.sha256()
    for part in (request.method, request.url.path, request.url.query):
        digest.update(len(part).to_bytes(8, "big") + part.encode())
    digest.update(await request.body())
    return digest.digest()
