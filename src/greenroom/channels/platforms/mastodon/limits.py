"""What Mastodon takes from one account, and how its answers say what is left.

From its documentation of rate limits ("Rate limits", docs.joinmastodon.org) and its own code: calls, files and what
takes a post or a boost away are counted by themselves, and so are posts. Other servers have limits of their own.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from greenroom.channels.platforms.metered import CALL, told_by
from greenroom.channels.rate import Limit, Told

LIMITS = (
    Limit("publish", 300, timedelta(hours=3)),
    Limit("upload", 30, timedelta(minutes=30)),
    Limit("delete", 30, timedelta(minutes=30)),
    Limit(CALL, 300, timedelta(minutes=5)),
)

_OPERATIONS = (
    ("publish", "POST", re.compile(r"/api/v1/statuses")),
    ("upload", "POST", re.compile(r"/api/v[12]/media")),
    ("delete", "DELETE", re.compile(r"/api/v1/statuses/[^/]+")),
    ("delete", "POST", re.compile(r"/api/v1/statuses/[^/]+/unreblog")),
)


def operation_of(method: str, path: str) -> str:
    return next((name for name, verb, shape in _OPERATIONS if verb == method and shape.fullmatch(path)), CALL)


def told_in(headers: Mapping[str, str], now: datetime) -> Told | None:
    """What an answer says of the limit that it is nearest to."""
    found = told_by(headers, "x-ratelimit", _moment, now)
    return Told(found[0], found[1], found[2] - now) if found is not None else None


def _moment(text: str) -> datetime:
    """As Mastodon writes it, or in seconds since 1970 as some others do."""
    if text.isascii() and text.isdigit():
        return datetime.fromtimestamp(int(text), UTC)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
