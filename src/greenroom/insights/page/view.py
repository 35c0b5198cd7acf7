"""What the templates show: a page and its entries with every text and address ready. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.utils import format_datetime
from typing import Any

from greenroom.cast.contracts import Character
from greenroom.channels.contracts import Account, Link, PageEntry
from greenroom.insights.page import palette

LANGUAGE = "en"
"""Of the page's own words; a character's words carry their own."""

# IPTC's terms as schema.org names them (IPTCDigitalSourceEnumeration).
_SOURCE_TYPES = {
    "trainedAlgorithmicMedia": "TrainedAlgorithmicMediaDigitalSource",
    "compositeWithTrainedAlgorithmicMedia": "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "algorithmicMedia": "AlgorithmicMediaDigitalSource",
}


@dataclass(frozen=True, slots=True)
class PageView:
    """A character's page. `path` is under this host, `address` whole; `palette` changes with the colours."""

    name: str
    handle: str
    path: str
    address: str
    about: str
    biography: str
    pronouns: str
    says: str
    language: str
    portrait: bool
    palette: str
    open: bool
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """A post. `id` never changes, whatever address the page is served at."""

    id: str
    slug: str
    path: str
    address: str
    title: str
    about: str
    caption: str
    text: str
    hashtags: tuple[str, ...]
    label: str
    disclosure: str
    transcript: str
    sources: tuple[Mapping[str, Any], ...]
    language: str
    captions: bool
    poster: bool
    width: int
    height: int
    seconds: float
    length: str
    posted: str
    posted_iso: str
    posted_rfc: str
    size: int
    source_type: str | None


def page_view(account: Account, character: Character, links: list[Link], base: str) -> PageView:
    says = character.disclosure.profile
    colours = palette_css(character)
    return PageView(
        name=character.name,
        handle=account.handle,
        path=account.url,
        address=base + account.url,
        about=" ".join(part for part in (shorten(character.profile.biography, 200), says) if part),
        biography=character.profile.biography,
        pronouns=character.profile.pronouns,
        says=says,
        language=character.profile.language,
        portrait=character.portrait_url is not None,
        palette=hashlib.sha256(colours.encode()).hexdigest()[:12],
        open=account.state != "closed",
        links=tuple(links),
    )


def entry_view(entry: PageEntry, page: PageView, *, size: int = 0) -> EntryView:
    """`size` in bytes of the video, for feeds."""
    at = entry.published_at
    tags = " ".join(f"#{tag}" for tag in entry.hashtags)
    return EntryView(
        id=entry.id.urn,
        slug=entry.slug,
        path=f"{page.path}/{entry.slug}",
        address=f"{page.address}/{entry.slug}",
        title=entry.title,
        about=" ".join(part for part in (shorten(entry.caption, 200), entry.disclosure) if part),
        caption=entry.caption,
        text="\n\n".join(part for part in (entry.caption, tags, entry.disclosure) if part),
        hashtags=entry.hashtags,
        label=entry.label,
        disclosure=entry.disclosure,
        transcript=entry.transcript,
        sources=entry.sources,
        language=entry.language,
        captions=entry.captions_id is not None,
        poster=entry.poster_id is not None,
        width=entry.width,
        height=entry.height,
        seconds=entry.duration,
        length=length(entry.duration),
        posted=f"{at.day} {at:%B %Y}",
        posted_iso=at.isoformat(timespec="seconds"),
        posted_rfc=format_datetime(at),
        size=size,
        source_type=_SOURCE_TYPES.get(entry.digital_source_type.rsplit("/", 1)[-1]),
    )


def palette_css(character: Character) -> str:
    """The character's colours, by day and by night."""
    own = character.palette
    day = palette.light(own.paper, own.ink, own.accent, own.second)
    night = palette.dark(own.paper, own.ink, own.accent, own.second)
    return f":root{{{_roles(day)}}}\n@media (prefers-color-scheme: dark){{:root{{{_roles(night)}}}}}\n"


def linked_profile(page: PageView) -> dict[str, Any]:
    """The page as schema.org describes it."""
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": page.address,
        "mainEntity": _character(page),
    }


def linked_post(page: PageView, entry: EntryView) -> dict[str, Any]:
    """The post as schema.org describes it."""
    return {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": entry.title,
        "description": entry.text,
        "url": entry.address,
        "contentUrl": f"{entry.address}/video.mp4",
        "encodingFormat": "video/mp4",
        "uploadDate": entry.posted_iso,
        "duration": f"PT{entry.seconds:.0f}S",
        "inLanguage": entry.language,
        "width": entry.width,
        "height": entry.height,
        "creator": _character(page),
        "creditText": entry.label,
        **({"thumbnailUrl": f"{entry.address}/poster.jpg"} if entry.poster else {}),
        **({"transcript": entry.transcript} if entry.transcript else {}),
        **({"digitalSourceType": f"https://schema.org/{entry.source_type}"} if entry.source_type else {}),
    }


def json_feed(page: PageView, entries: list[EntryView]) -> str:
    """JSON Feed 1.1 (jsonfeed.org)."""
    icon = {"icon": f"{page.address}/portrait.png"} if page.portrait else {}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.name,
        "home_page_url": page.address,
        "feed_url": f"{page.address}/feed.json",
        "description": page.about,
        "language": page.language,
        **icon,
        "authors": [{"name": page.name, "url": page.address}],
        "items": [_feed_item(entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def script_json(value: dict[str, Any]) -> str:
    """JSON for a `script` element: nothing in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def shorten(text: str, longest: int) -> str:
    """One line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest].rsplit(" ", 1)[0] if " " in line[:longest] else line[:longest]
    return cut.rstrip(",;:.-– ") + "…"


def length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _roles(theme: palette.Theme) -> str:
    return "".join(f"--{role.replace('_', '-')}:{colour};" for role, colour in asdict(theme).items())


def _character(page: PageView) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": page.name,
        "alternateName": f"@{page.handle}",
        "url": page.address,
        "description": page.says,
        **({"image": f"{page.address}/portrait.png"} if page.portrait else {}),
    }


def _feed_item(entry: EntryView) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": f"{entry.address}?via=feed",
        "title": entry.title,
        "content_text": entry.text,
        "date_published": entry.posted_iso,
        "language": entry.language,
        **({"image": f"{entry.address}/poster.jpg"} if entry.poster else {}),
        **({"tags": list(entry.hashtags)} if entry.hashtags else {}),
        "attachments": [
            {
                "url": f"{entry.address}/video.mp4?via=feed",
                "mime_type": "video/mp4",
                "size_in_bytes": entry.size,
                "duration_in_seconds": round(entry.seconds),
            }
        ],
    }
