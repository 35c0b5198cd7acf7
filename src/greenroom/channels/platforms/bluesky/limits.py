"""What a Bluesky server takes from one account, and how its answers say what is left.

From its documentation of rate limits ("Rate Limits", docs.bsky.app) and the server's own code: points for writing, 3
to create, 2 to put and 1 to delete a record; signing in, files and all calls are counted by themselves. Posts are put.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from greenroom.channels.platforms.metered import CALL, told_by
from greenroom.channels.rate import Limit, Told

_MINUTES, _HOUR, _DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
_PUT, _DELETE = 2, 1

LIMITS = (
    Limit("publish", 5000, _HOUR, cost=_PUT, bucket="points.hour"),
    Limit("publish", 35_000, _DAY, cost=_PUT, bucket="points.day"),
    Limit("delete", 5000, _HOUR, cost=_DELETE, bucket="points.hour"),
    Limit("delete", 35_000, _DAY, cost=_DELETE, bucket="points.day"),
    Limit("upload", 1000, _DAY),
    Limit("sign_in", 30, _MINUTES),
    Limit("sign_in", 300, _DAY, bucket="sign_in.day"),
    Limit(CALL, 3000, _MINUTES),
)

_OPERATIONS = {
    "com.atproto.repo.putRecord": "publish",
    "com.atproto.repo.deleteRecord": "delete",
    "com.atproto.repo.uploadBlob": "upload",
}


def operation_of(nsid: str) -> str:
    return _OPERATIONS.get(nsid, CALL)


def told_in(headers: Mapping[str, str], now: datetime) -> Told | None:
    """What an answer says of the limit that it is nearest to."""
    found = told_by(headers, "ratelimit", lambda text: datetime.fromtimestamp(int(text), UTC), now)
    window = headers.get("ratelimit-policy", "").partition(";w=")[2]
    if found is None or not (window.isascii() and window.isdigit() and len(window) < 8):
        return None
    most, left, until = found
    return Told(most, left, until - now, per=timedelta(seconds=int(window)))
