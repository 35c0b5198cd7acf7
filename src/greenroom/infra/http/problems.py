"""Failures as RFC 9457 problem documents. What the database or a library says never reaches the reader."""

import errno
import logging
from typing import Any, cast

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from greenroom.infra.plain import plain_json
from greenroom.kit.errors import (
    Conflict,
    DiskFull,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    SignedOut,
    TooMany,
    Unavailable,
)

log = logging.getLogger(__name__)

TYPE = "https://greenroom.invalid/problems/"
"""Stable names of the problem types; they are identifiers, nothing is fetched from there."""

_AT_ONCE = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation, psycopg.errors.DeadlockDetected)
_BY_STATUS: dict[int, type[Problem]] = {401: SignedOut, 403: Forbidden, 404: NotFound}


class ProblemDocument(BaseModel):
    """RFC 9457: what went wrong, and in `detail` what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, str] | None = None


class Document(Response):
    media_type = "application/problem+json"


def document(problem: Problem) -> Document:
    """The answer that says what went wrong and what to do."""
    body: dict[str, Any] = {
        "type": TYPE + problem.slug,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **problem.extra,
    }
    if problem.fields:
        body["errors"] = problem.fields
    headers = dict(problem.headers)
    if isinstance(problem, TooMany):
        headers["Retry-After"] = str(max(1, round(problem.after.total_seconds())))
    return Document(plain_json(body), status_code=problem.status, headers=headers)


def install(app: FastAPI) -> None:
    """Answer every failure of this application with a problem document."""
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(psycopg.Error, _database)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(Exception, _unexpected)


async def _known(request: Request, error: Exception) -> Response:
    return document(cast(Problem, error))


async def _malformed(request: Request, error: Exception) -> Response:
    errors = cast(RequestValidationError, error).errors()
    fields = {_place(e["loc"]): _sentence(e["msg"]) for e in errors}
    return document(Invalid("Mend the fields named here and send it again", fields=fields))


async def _http(request: Request, error: Exception) -> Response:
    error = cast(HTTPException, error)
    if error.status_code == 400:  # FastAPI's word for a body that is no text, or is nested too deeply to be read
        return document(Invalid("Send the body as JSON in UTF-8", fields={"body": "Can't be read"}))
    kind = _BY_STATUS.get(error.status_code)
    if kind is not None:
        return document(kind(str(error.detail)))
    body = {
        "type": TYPE + "http",
        "title": str(error.detail),
        "status": error.status_code,
        "detail": str(error.detail),
    }
    return Document(plain_json(body), status_code=error.status_code, headers=error.headers)


async def _database(request: Request, error: Exception) -> Response:
    method = request.scope.get("method", "WebSocket")
    log.warning("database: %s %s: %s", method, request.url.path, type(error).__name__, exc_info=error)
    return document(_translate(error))


def _translate(error: Exception) -> Problem:
    if isinstance(error, psycopg.errors.DiskFull):
        return DiskFull("The database has no room left; free some space, nothing that was saved is lost")
    if isinstance(error, _AT_ONCE):
        return Conflict("Somebody else changed this at the same moment; load it again")
    if isinstance(error, psycopg.errors.DataError):
        return Invalid("A value here can't be kept as text or a number; remove special characters")
    if isinstance(error, psycopg.OperationalError):
        return Unavailable("The database does not answer; try again in a moment")
    return Problem("It was written to the log; try again, and tell an administrator if it stays")


async def _system(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return document(DiskFull("The disk is full; free some space and try again, nothing that was saved is lost"))
    return await _unexpected(request, error)


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return document(Problem("It was written to the log; try again, and tell an administrator if it stays"))


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part not in ("body", "query", "path", "header")) or "body"


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")
