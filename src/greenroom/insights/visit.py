"""What a request for a public page says about its reader: counted or not, a bot or not, from where. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

Source = Literal["direct", "search", "social", "feed", "page", "site"]

DEFINITION = (
    "A view is a reader opening the post's page or starting its video, counted once in 30 minutes for each reader. "
    "Known bots, prefetches and link previews are not views; bots are shown apart. A click is a reader following a "
    "link of the page, counted the same way. Readers are told apart by a keyed hash whose key is thrown away every "
    "day; nothing about them is kept."
)

FEED_MARK = "feed"
"""Links in the feeds carry `?via=feed`: feed readers mostly send no Referer."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that counts. Bots are counted apart."""

    bot: bool
    source: Source


def visit_of(method: str, headers: Mapping[str, str], *, query: str = "", host: str = "") -> Visit | None:
    """What to count for a request; None for HEAD and for what a browser fetches before anybody asked for it."""
    if method != "GET" or _is_prefetch(headers):
        return None
    return Visit(is_bot(headers.get("user-agent", "")), source_of(headers.get("referer", ""), query=query, host=host))


def starts_video(headers: Mapping[str, str]) -> bool:
    """Whether a request for a video begins at its beginning; seeking and the rest of a stream do not count."""
    wanted = headers.get("range")
    return wanted is None or re.match(r"\s*bytes\s*=\s*0*0\s*-", wanted, re.IGNORECASE) is not None


def is_bot(agent: str) -> bool:
    """Whether a user agent is a known robot, a link preview or a program; an empty one is."""
    return not agent.strip() or _BOT.search(agent) is not None


def source_of(referer: str, *, query: str = "", host: str = "") -> Source:
    """The class of the place that a reader came from. `host` is our own."""
    if FEED_MARK in parse_qs(query).get("via", []):
        return "feed"
    try:
        parts = urlsplit(referer)
        name = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "direct"
    if not name or parts.scheme not in ("http", "https", "android-app"):
        return "direct"
    if host and parts.netloc == host:
        return "page"
    for pattern, source in _PLACES:
        if pattern.search(name):
            return source
    return "site"


def _is_prefetch(headers: Mapping[str, str]) -> bool:
    said = " ".join(headers.get(name, "") for name in ("sec-purpose", "purpose", "x-purpose", "x-moz"))
    return re.search(r"prefetch|prerender|preview", said, re.IGNORECASE) is not None


# Robots call themselves so, mostly; the rest are previews that chats and networks make, programs and checks.
_BOT = re.compile(
    r"""(?<!cu)bot(?:\b|s\b|_)|crawl|spider|slurp|archiver|preview|scrape|fetch(?:er)?\b|monitor|uptime|headless
    |lighthouse|pagespeed|validator|facebookexternalhit|facebookcatalog|meta-external|whatsapp|telegrambot|skypeuri
    |slack-imgproxy|embedly|iframely|quora\ link|pinterest/0|vkshare|bitlybot|nuzzel|redditbot
    |mastodon/|pleroma|misskey|akkoma|lemmy|friendica|bluesky|cardyb|google-(?:read|inspection|extended)|googleother
    |feedfetcher|feedburner|feedly|inoreader|newsblur|feedbin|miniflux|tiny\ tiny\ rss|freshrss|bingpreview
    |mediapartners|apis-google|chatgpt|gptbot|oai-search|claude|perplexity|bytespider|ccbot|ia_archiver|wayback
    |^curl|^wget|python|aiohttp|httpx|libwww-perl|lwp-|java/|^okhttp|go-http|node-fetch|axios|undici|guzzle|\bruby\b|\bperl\b|^(?:viber|signal)\b
    |phantomjs|selenium|puppeteer|playwright|w3c_|nagios|zabbix|pingdom|statuscake|postmanruntime|insomnia""",
    re.IGNORECASE | re.VERBOSE,
)

_SEARCH = "google|bing|duckduckgo|yahoo|baidu|yandex|ecosia|startpage|qwant|kagi|naver|seznam|sogou|mojeek|perplexity"
_SOCIAL = (
    "facebook|instagram|threads|twitter|tiktok|youtube|linkedin|reddit|pinterest|snapchat|tumblr|bsky|mastodon"
    "|telegram|whatsapp|discord|vk|weibo|quora|twitch|flipboard"
)
_READERS = "feedly|inoreader|newsblur|feedbin|theoldreader|netvibes|feeder"
_SHORT = r"^(?:t\.co|x\.com|lnkd\.in|t\.me|fb\.me|youtu\.be|redd\.it|news\.ycombinator\.com)$"
# A name with its top-level domain (.com, .co.uk, .social), or an Android application (com.reddit.frontpage).
_END = r"\.[a-z]{2,6}(?:\.[a-z]{2})?$"
_PLACES: tuple[tuple[re.Pattern[str], Source], ...] = (
    (re.compile(rf"(?:^|\.)(?:{_SEARCH}|search\.brave){_END}|^com\.(?:{_SEARCH})\."), "search"),
    (re.compile(rf"(?:^|\.)(?:{_SOCIAL}){_END}|{_SHORT}|^(?:com|org)\.(?:{_SOCIAL})\."), "social"),
    (re.compile(rf"(?:^|\.)(?:{_READERS}){_END}"), "feed"),
)
