"""Record keys that follow from the post, so that every try writes to the same place. Pure."""

from greenroom.channels.package import post_of

COLLECTION = "app.bsky.feed.post"
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


def key_of(marker: str, part: int = 0) -> str:
    """The timestamp identifier (TID) of a part of the post: when the post was made, and ten of its random bits.

    The post's own time, not its scheduled one: moved to another time it keeps its key, and is still found by it.
    """
    post = post_of(marker).int
    milliseconds, fraction = post >> 80, (post >> 64) & 0xFFF
    microseconds = milliseconds * 1000 + fraction * 1000 // 4096 + part
    return _sortable(((microseconds & (1 << 53) - 1) << 10) | (post & 0x3FF))


def uri_of(did: str, key: str) -> str:
    return f"at://{did}/{COLLECTION}/{key}"


def link_of(did: str, key: str) -> str:
    return f"https://bsky.app/profile/{did}/post/{key}"


def key_in(uri: str) -> str:
    return uri.rpartition("/")[2]


def following(key: str, part: int) -> str:
    """The key of a part of the thread that begins at `key`."""
    number = 0
    for digit in key:
        number = number << 5 | _DIGITS.index(digit)
    return _sortable(number + (part << 10))


def _sortable(number: int) -> str:
    return "".join(_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))
