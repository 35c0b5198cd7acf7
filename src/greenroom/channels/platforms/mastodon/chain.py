"""The posts of a thread that is out, found from its first one."""

from greenroom.channels.platforms.mastodon.api import Refused
from greenroom.channels.platforms.mastodon.known import Status
from greenroom.channels.platforms.mastodon.line import Line


async def chain(line: Line, first: Status) -> list[str]:
    """Their ids: from the first post on, always the account's own reply to the one before."""
    try:
        replies = (await line.get(f"/api/v1/statuses/{first['id']}/context")).value.get("descendants") or ()
    except Refused:
        replies = ()
    found = [first["id"]]
    for reply in sorted(replies, key=lambda one: str(one.get("created_at"))):
        if reply.get("in_reply_to_id") == found[-1] and reply["account"]["id"] == first["account"]["id"]:
            found.append(reply["id"])
    return found
