"""The media bucket: whether it answers, takes, gives back and deletes, and whether its clock is ours."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from greenroom.entrypoints.doctor.finding import Finding, broken, ok, warn
from greenroom.infra.settings import Settings

PROBE = b"greenroom doctor"
APART = timedelta(minutes=1)
"""Clocks further apart are told; S3 refuses requests from 15 minutes on."""

_RIGHTS = "s3:PutObject, s3:GetObject and s3:DeleteObject"


def check_bucket(settings: Settings) -> Iterator[Finding]:
    """Nothing where media are kept in a folder. Leaves no object behind."""
    if settings.media_bucket is None:
        return
    import obstore
    from obstore.exceptions import BaseError

    from greenroom.infra.store.open import bucket_of

    name, key = settings.media_bucket, f"doctor/{secrets.token_hex(8)}"
    bucket = bucket_of(settings, name, retries=0)
    try:
        obstore.put(bucket, key, PROBE)
        written = obstore.head(bucket, key)["last_modified"]
        same = bytes(obstore.get(bucket, key).bytes()) == PROBE
    except (BaseError, OSError) as error:
        yield _refused(name, settings, error)
        return
    now = datetime.now(UTC)
    try:
        obstore.delete(bucket, key)
    except (BaseError, OSError):
        mend = f"Give the key s3:DeleteObject on {name} too, and delete {key} there."
        yield warn("bucket", f"{name} takes and gives, but the key may delete nothing", mend)
    if not same:
        mend = "Whatever stands between Greenroom and the bucket changes what passes; go without it."
        yield broken("bucket", f"{name} gave back other bytes than it was sent", mend)
        return
    yield ok("bucket", f"{name} can be written and read")
    yield _clock(name, now - written)


def _refused(name: str, settings: Settings, error: Exception) -> Finding:
    """What the library's error means for whoever has to mend it; its own words name keys and stay unsaid."""
    from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

    where = settings.media_endpoint or "Amazon S3"
    if "RequestTimeTooSkewed" in str(error):
        mend = "Set this machine's clock, for example by switching on systemd-timesyncd or chrony."
        return broken("bucket", f"{name} refuses: this machine's clock is more than 15 minutes off", mend)
    if isinstance(error, FileNotFoundError):
        mend = "Make the bucket, or set GREENROOM_MEDIA_BUCKET and GREENROOM_MEDIA_REGION to the right one."
        return broken("bucket", f"There is no bucket {name} at {where}", mend)
    if isinstance(error, PermissionDeniedError | UnauthenticatedError | PermissionError):
        mend = f"Check GREENROOM_MEDIA_ACCESS_KEY and _SECRET_KEY, and give the key {_RIGHTS} on {name}/*."
        return broken("bucket", f"{name} refuses this key", mend)
    mend = "Check GREENROOM_MEDIA_ENDPOINT and GREENROOM_MEDIA_REGION, and that this machine may connect there."
    return broken("bucket", f"{where} does not answer as a bucket does ({type(error).__name__})", mend)


def _clock(name: str, apart: timedelta) -> Finding:
    if abs(apart) <= APART:
        return ok("bucket", f"{name}'s clock and this machine's agree within a minute")
    mend = "Set this machine's clock; from 15 minutes on the bucket takes and gives nothing."
    return warn("bucket", f"{name}'s clock and this machine's are {abs(apart).total_seconds():.0f} s apart", mend)
