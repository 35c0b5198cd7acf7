"""The platforms that Greenroom can publish to. Adding one is a folder and a line here."""

from greenroom.channels.platforms.adapter import Adapter
from greenroom.channels.platforms.bluesky.adapter import BlueskyAdapter
from greenroom.channels.platforms.mastodon.adapter import MastodonAdapter
from greenroom.channels.platforms.page.adapter import PageAdapter
from greenroom.kit.errors import NotFound

_ours: tuple[Adapter, ...] = (PageAdapter(), BlueskyAdapter(), MastodonAdapter())
_adapters: dict[str, Adapter] = {adapter.capabilities.platform: adapter for adapter in _ours}


def adapter_for(platform: str) -> Adapter:
    """The platform's adapter; NotFound when this version has none."""
    try:
        return _adapters[platform]
    except KeyError:
        raise NotFound(f"This version of Greenroom can't publish to {platform}") from None


def adapters() -> tuple[Adapter, ...]:
    return tuple(_adapters.values())


def register(adapter: Adapter) -> None:
    """Add a platform that comes from outside this package."""
    _adapters[adapter.capabilities.platform] = adapter
