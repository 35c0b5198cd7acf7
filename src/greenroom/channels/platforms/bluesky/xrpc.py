"""One call to a server that speaks the AT Protocol, and what its refusals mean."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from greenroom.channels.errors import Limited, Rejected, RetryLater, Shut
from greenroom.infra.context import House
from greenroom.infra.fetch.call import Answer, NoAnswer, NotReached, Stream, call
from greenroom.kit.errors import Problem

_LARGEST_ANSWER = 2_000_000
_WITHIN = timedelta(seconds=20)
_SLOWEST = 250_000
"""Bytes a second that an upload is given time for."""
_LATER = timedelta(seconds=30)
_SHUT: dict[str, Literal["restricted", "suspended", "banned"]] = {
    "AccountTakedown": "banned",
    "AccountSuspended": "suspended",
    "AccountDeactivated": "restricted",
    "AccountNotFound": "restricted",
}


class Refused(Exception):
    """The server said no, and nothing happened."""

    def __init__(self, status: int, error: str, message: str, headers: Mapping[str, str]) -> None:
        super().__init__(f"{status} {error}: {message}")
        self.status, self.error, self.message, self.headers = status, error, message, headers

    @property
    def stale(self) -> bool:
        """Whether another session may help."""
        return self.status == 401 or self.error in ("ExpiredToken", "InvalidToken")


async def ask(
    house: House,
    service: str,
    nsid: str,
    *,
    query: Mapping[str, str] | None = None,
    form: Mapping[str, Any] | None = None,
    file: tuple[Stream | bytes, str] | None = None,
    token: str = "",
    before: Callable[[], None] | None = None,
    heard: Callable[[Mapping[str, str]], None] = lambda headers: None,
) -> dict[str, Any]:
    """Call a method: a query, or a procedure with a form or a file and its type. `before`: see infra.fetch.
    `heard` is given the headers of the answer, whatever it is.

    Raises Refused; RetryLater when it certainly did not arrive; NoAnswer when it may have been done.
    """
    address = f"{service}/xrpc/{nsid}" + (f"?{urlencode(query)}" if query else "")
    headers = [("Authorization", f"Bearer {token}")] if token else []
    content: Stream | bytes = b""
    if form is not None:
        content = json.dumps(form, ensure_ascii=False).encode()
        headers.append(("Content-Type", "application/json"))
    elif file is not None:
        content = file[0]
        headers.append(("Content-Type", file[1]))
    method = "GET" if form is None and file is None and query is not None else "POST"
    size = content.length if isinstance(content, Stream) else len(content)
    within = _WITHIN + timedelta(seconds=size / _SLOWEST)
    try:
        answer = await call(
            house.settings, method, address, headers=headers, content=content, limit_bytes=_LARGEST_ANSWER,
            within=within, before=before,
        )  # fmt: skip
    except NotReached as error:
        raise RetryLater(error.detail, after=_LATER) from error
    heard(answer.headers)
    return _read(answer, service)


def problem(refused: Refused, now: float) -> Problem:
    """What the refusal means for a post. `now` in seconds since 1970, for the time when the server takes more."""
    said = refused.message.strip().rstrip(".") or refused.error or f"status {refused.status}"
    if refused.status == 429:
        return Limited(f"Bluesky asks us to slow down: {said}", after=_wait(refused.headers, now))
    if refused.error in _SHUT:
        detail = f"The account is closed on its server: {said}. Sign in there and look"
        return Shut(detail, state=_SHUT[refused.error])
    return Rejected(f"Bluesky does not take this: {said}. Change the post or its account")


def _read(answer: Answer, service: str) -> dict[str, Any]:
    if answer.status >= 500:
        raise NoAnswer(f"{service} answered {answer.status}; try again later")
    try:
        said = json.loads(answer.content or b"{}")
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NoAnswer(f"{service} does not answer as a Bluesky server; check its address")
    if not 200 <= answer.status < 300:
        raise Refused(answer.status, str(said.get("error", "")), str(said.get("message", "")), answer.headers)
    return said


def _wait(headers: Mapping[str, str], now: float) -> timedelta:
    """Until when the server said; a minute when it did not."""
    for name, since in (("retry-after", 0.0), ("ratelimit-reset", now)):
        try:
            return timedelta(seconds=max(1.0, float(headers[name]) - since))
        except (KeyError, ValueError):
            continue
    return timedelta(minutes=1)
