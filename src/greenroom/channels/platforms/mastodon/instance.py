"""What a server is and takes, asked of itself: whether it is Mastodon proper, its longest posts, its largest files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from greenroom.channels.errors import RetryLater
from greenroom.channels.platforms.mastodon.api import Refused, ask
from greenroom.infra.context import House
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.fetch.refuse import AddressRefused

_RELEASE = re.compile(r"([3-9]|\d\d)\.\d+\.\d+[\w.+-]*")


@dataclass(frozen=True, slots=True)
class Instance:
    """`keys`: it honours idempotency keys, as Mastodon itself does; others may pass over them without a word."""

    title: str
    version: str
    keys: bool
    characters: int
    link_length: int
    alt_length: int
    image_bytes: int
    video_bytes: int
    types: tuple[str, ...]

    def takes(self, type: str) -> bool:
        return not self.types or type in self.types


_KEPT = timedelta(minutes=5)
# By address. Only servers that an account is linked on come here, so it stays small.
_read: dict[str, tuple[datetime, Instance]] = {}


async def instance_of(house: House, service: str) -> Instance:
    """As `read_instance`, at most five minutes old."""
    now = house.clock.now()
    kept = _read.get(service)
    if kept is None or not timedelta(0) <= now - kept[0] < _KEPT:
        kept = _read[service] = (now, await read_instance(house, service))
    return kept[1]


def known(service: str) -> Instance | None:
    """What was read of the server last, however long ago."""
    kept = _read.get(service)
    return kept[1] if kept is not None else None


async def read_instance(house: House, service: str) -> Instance:
    """Raises Refused, RetryLater or NoAnswer when it does not say; Refused also when it is no such server."""
    try:
        said = (await ask(house, service, "GET", "/api/v2/instance")).value
    except Refused:
        said = (await ask(house, service, "GET", "/api/v1/instance")).value
    if not isinstance(said, dict) or not isinstance(said.get("version"), str):
        raise Refused(404, "it does not say that it speaks Mastodon's API", {})
    settings = _part(said, "configuration")
    statuses, files = _part(settings, "statuses"), _part(settings, "media_attachments")
    version = said["version"][:100]
    return Instance(
        title=str(said.get("title") or urlsplit(service).netloc)[:200],
        version=version,
        keys=bool(_RELEASE.fullmatch(version)) and await _software(house, service) == "mastodon",
        characters=_number(statuses, "max_characters", _number(said, "max_toot_chars", 500)),
        link_length=_number(statuses, "characters_reserved_per_url", 23),
        alt_length=_number(files, "description_limit", 1500),
        image_bytes=_number(files, "image_size_limit", 8_000_000),
        video_bytes=_number(files, "video_size_limit", 40_000_000),
        types=tuple(one for one in files.get("supported_mime_types") or () if isinstance(one, str)),
    )


async def _software(house: House, service: str) -> str:
    """The program's name in its NodeInfo; empty when it does not say. Some lend themselves Mastodon's version."""
    try:
        index = (await ask(house, service, "GET", "/.well-known/nodeinfo")).value
        links = [str(link.get("href", "")) for link in index.get("links", ()) if isinstance(link, dict)]
        # Only the path counts: the document is the same server's, whatever it calls itself.
        said = (await ask(house, service, "GET", urlsplit(links[-1]).path)).value
        return str(said["software"]["name"]).lower()
    except (Refused, RetryLater, NoAnswer, AddressRefused, LookupError, AttributeError, TypeError, ValueError):
        return ""


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: Mapping[str, Any], name: str, otherwise: int) -> int:
    found = value.get(name)
    return found if isinstance(found, int) and found > 0 else otherwise
