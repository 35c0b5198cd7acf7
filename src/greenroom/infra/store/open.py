"""The store that the settings name: a bucket when there is one, else a folder."""

from datetime import timedelta
from typing import TYPE_CHECKING

from obstore.store import S3Store

from greenroom.infra.settings import Settings
from greenroom.infra.store.bucket import BucketStore
from greenroom.infra.store.cache import Cache
from greenroom.infra.store.folder import FolderStore
from greenroom.infra.store.stored import MediaStore

if TYPE_CHECKING:
    from obstore.store import S3Config  # a name of its stubs only


def open_store(settings: Settings) -> MediaStore:
    """Nothing is asked of the bucket yet; a wrong key shows at the first use."""
    if settings.media_bucket is None:
        return FolderStore(settings.media)
    return BucketStore(
        bucket_of(settings, settings.media_bucket), Cache(settings.home / "cache" / "media", most=settings.media_cache)
    )


def bucket_of(settings: Settings, name: str, *, retries: int = 3) -> S3Store:
    """Without keys in the settings, those of the machine (environment, instance role) are taken."""
    config: S3Config = {"region": settings.media_region, "checksum_algorithm": "sha256"}
    if settings.media_endpoint:
        config["endpoint"] = str(settings.media_endpoint).rstrip("/")
    if settings.media_access_key and settings.media_secret_key:
        config["access_key_id"] = settings.media_access_key
        config["secret_access_key"] = settings.media_secret_key
    return S3Store(
        name,
        config=config,
        client_options={
            "allow_http": config.get("endpoint", "").startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(minutes=10),  # of one request, its whole body included
        },
        retry_config={"max_retries": retries, "retry_timeout": timedelta(seconds=20)},
    )
