"""How a post does, as an AppView counts it. Where none answers the numbers are not known, which is not zero."""

from collections.abc import Mapping

from greenroom.channels.platforms.adapter import Desk, Receipt
from greenroom.channels.platforms.bluesky.line import open_line
from greenroom.channels.platforms.bluesky.xrpc import Refused
from greenroom.infra.fetch.call import NoAnswer

_NAMES = {"likes": "likeCount", "replies": "replyCount", "reposts": "repostCount", "quotes": "quoteCount"}


async def metrics(desk: Desk, receipt: Receipt) -> Mapping[str, int] | None:
    """Likes, replies, reposts and quotes, those of them that are told; None when nobody counts them."""
    line = await open_line(desk)
    try:
        posts = (await line.query("app.bsky.feed.getPosts", uris=receipt.remote_id)).get("posts") or []
    except (Refused, NoAnswer):
        return None
    told = {name: posts[0].get(field) for name, field in _NAMES.items()} if posts else {}
    return {name: value for name, value in told.items() if isinstance(value, int)} or None
