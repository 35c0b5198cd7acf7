"""One call to a server that speaks Mastodon's API, and what its refusals mean."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from greenroom.channels.errors import Limited, NeedsPerson, Reconnect, Rejected, RetryLater
from greenroom.infra.context import House
from greenroom.infra.fetch.call import Answer, NoAnswer, NotReached, Stream, call
from greenroom.kit.errors import Problem

_LARGEST_ANSWER = 4_000_000
WITHIN = timedelta(seconds=20)
"""How long a call may take; one with a large body longer."""
_SLOWEST = 250_000
"""Bytes a second that an upload is given time for."""
LATER = timedelta(seconds=30)


class Refused(Exception):
    """The server said no, and nothing happened."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str]) -> None:
        super().__init__(f"{status}: {message}")
        self.status, self.message, self.headers = status, message, headers


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, and its type."""

    content: Stream | bytes
    type: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the 200s: its status, and its JSON."""

    status: int
    value: Any


def as_json(value: Mapping[str, Any]) -> Body:
    return Body(json.dumps(value, ensure_ascii=False).encode(), "application/json")


def as_form(fields: Mapping[str, str]) -> Body:
    return Body(urlencode(fields).encode(), "application/x-www-form-urlencoded")


async def ask(
    house: House,
    service: str,
    method: str,
    path: str,
    *,
    query: Sequence[tuple[str, str]] = (),
    body: Body | None = None,
    token: str = "",
    key: str = "",
    before: Callable[[], None] | None = None,
    heard: Callable[[Mapping[str, str]], None] = lambda headers: None,
) -> Said:
    """Call a method of the API; `key` is the idempotency key. `before`: see infra.fetch. `heard` is given the headers
    of the answer, whatever it is.

    Raises Refused; RetryLater when it certainly did not arrive; NoAnswer when it may have been done.
    """
    address = f"{service}{path}" + (f"?{urlencode(query)}" if query else "")
    headers = [("Accept", "application/json")]
    if token:
        headers.append(("Authorization", f"Bearer {token}"))
    if key:
        headers.append(("Idempotency-Key", key))
    content: Stream | bytes = b""
    if body is not None:
        content = body.content
        headers.append(("Content-Type", body.type))
    size = content.length if isinstance(content, Stream) else len(content)
    try:
        answer = await call(
            house.settings, method, address, headers=headers, content=content, limit_bytes=_LARGEST_ANSWER,
            within=WITHIN + timedelta(seconds=size / _SLOWEST), before=before,
        )  # fmt: skip
    except NotReached as error:
        raise RetryLater(error.detail, after=LATER) from error
    heard(answer.headers)
    return _read(answer, service)


def problem(refused: Refused, account: str, now: datetime) -> Problem:
    """What the refusal means for a post of this account."""
    said = refused.message.strip().rstrip(".") or f"status {refused.status}"
    if refused.status == 429:
        return Limited(f"Mastodon asks us to slow down: {said}", after=_wait(refused.headers, now))
    if refused.status == 401:
        return Reconnect(f"Mastodon does not let us in as {account} any more ({said}); reconnect the account")
    if refused.status == 403:
        return NeedsPerson(f"Mastodon does not let {account} do this: {said}. Sign in there and look")
    return Rejected(f"Mastodon does not take this: {said}. Change the post or its account")


def _read(answer: Answer, service: str) -> Said:
    if answer.status >= 500:
        raise NoAnswer(f"{service} answered {answer.status}; try again later")
    try:
        value = json.loads(answer.content or b"{}")
    except ValueError:
        value = None
    if not 200 <= answer.status < 300:
        raise Refused(answer.status, _words(value), answer.headers)
    if value is None:
        raise NoAnswer(f"{service} does not answer as a Mastodon server; check its address")
    return Said(answer.status, value)


def _words(value: Any) -> str:
    """The server's own words of a refusal, in one line."""
    if not isinstance(value, dict):
        return ""
    said = value.get("error_description") or value.get("error") or value.get("detail") or ""
    return " ".join(str(said).split())[:500]


def _wait(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Until when the server said, as seconds or as a moment; a minute when it did not."""
    shortest = timedelta(seconds=1)
    for name in ("x-ratelimit-reset", "retry-after"):
        given = headers.get(name, "")
        try:
            number = float(given)
        except ValueError:
            try:
                until = datetime.fromisoformat(given)
            except ValueError:
                continue
            return max(shortest, (until if until.tzinfo else until.replace(tzinfo=UTC)) - now)
        return max(shortest, timedelta(seconds=number - (now.timestamp() if number > 1_000_000_000 else 0)))
    return timedelta(minutes=1)
