"""A post found again among an account's statuses, by its file, and the replies that are its parts. Pure.

Never by its words alone: two posts may say the same, and one would be taken for the other and never go out.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from greenroom.channels.platforms.mastodon.words import without_servers

Status = Mapping[str, Any]

_TAG = re.compile(r"<[^>]*>")
_APART = re.compile(r"[\W_]+")


def said(text: str) -> str:
    """The letters and digits of a text or of a status's HTML, without what a server does to marks, links and lines."""
    # Only inside a word may a tag stand without a gap around it, so that <b>ha</b>lf stays one.
    return _APART.sub("", html.unescape(_TAG.sub("", text))).casefold()


def words_hash(text: str) -> str:
    return hashlib.sha256(said(html.escape(text)).encode()).hexdigest()


def shows(status: Status, media: str) -> bool:
    """Whether the status shows the file that we uploaded under this id."""
    for shown in status.get("media_attachments") or ():
        addresses = (str(shown.get("url") or ""), str(shown.get("preview_url") or ""))
        if shown.get("id") == media or any(address.endswith(f"/{media}") for address in addresses):
            return True
    return False


def says(status: Status, words: str) -> bool:
    """Whether the status's words are those of this hash."""
    return hashlib.sha256(said(str(status.get("content") or "")).encode()).hexdigest() == words


def shows_words(status: Status, text: str) -> bool:
    """Whether the status says this text, in which Mastodon shows people's names without their servers."""
    content = said(str(status.get("content") or ""))
    return content in (said(html.escape(text)), said(html.escape(without_servers(text))))


def by_file(statuses: Iterable[Status], media: Iterable[str]) -> Status | None:
    """The status that shows one of these files, which only this post's tries uploaded."""
    wanted = tuple(media)
    return next((one for one in statuses if any(shows(one, id) for id in wanted)), None)


def thread(statuses: Sequence[Status], first: Status, words: Sequence[str]) -> list[Status]:
    """The parts that are there, in order, from the first one on."""
    found = [first]
    for part in words[1:]:
        after = (one for one in statuses if one.get("in_reply_to_id") == found[-1]["id"] and says(one, part))
        if (next_ := next(after, None)) is None:
            break
        found.append(next_)
    return found
