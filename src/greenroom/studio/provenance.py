"""What a video says about its own making: its Content Credentials, read from the file now.

The library that reads them is loaded on first use."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.settings import Settings
from greenroom.kit.errors import NotFound
from greenroom.media import facade as media
from greenroom.studio import content_store, review_store
from greenroom.studio.records import Provenance


async def video_of(ctx: Context, content: UUID) -> Path:
    """The file of the video that waits for review or was reviewed. NotFound before there is one."""
    row = await content_store.by_id(ctx, content)
    if row["render_id"] is None:
        raise NotFound("There is no video yet, so nothing to verify")
    render = await review_store.render(ctx, row["render_id"])
    return await asyncio.to_thread(media.path, ctx, await media.get(ctx, render["video_id"]))


async def read(video: Path, settings: Settings) -> Provenance:
    """The manifest in the file. Reads the whole of it, so it is done outside of any transaction."""
    return await asyncio.to_thread(_read, video, settings)


def signing_folder(settings: Settings) -> Path:
    """The folder of the credentials to sign with; a certificate of the settings is linked in as the person's own."""
    folder = settings.home / "credentials"
    if settings.c2pa_certificate is None or settings.c2pa_key is None:
        return folder
    folder = folder / "own"
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in (("own-chain.pem", settings.c2pa_certificate), ("own.key", settings.c2pa_key)):
        link = folder / name
        if not link.is_symlink() or link.readlink() != source:
            link.unlink(missing_ok=True)
            link.symlink_to(source)
    return folder


def _read(path: Path, settings: Settings) -> Provenance:
    from greenroom.studio.make.provenance.authority import credentials
    from greenroom.studio.make.provenance.sign import read as read_manifest

    manifest = read_manifest(path, credentials(signing_folder(settings)).anchors)
    return Provenance(
        state=manifest.state,
        issuer=manifest.issuer or None,
        digital_source_type=manifest.digital_source_type or None,
        reasons=manifest.reasons,
        manifest=_whole(path),
    )


def _whole(path: Path) -> dict[str, Any]:
    """The manifest store as the file carries it; empty when there is none that can be read."""
    import c2pa

    try:
        with path.open("rb") as file, c2pa.Reader("video/mp4", file) as reader:
            store: dict[str, Any] = json.loads(reader.json())
            return store
    except c2pa.C2paError:
        return {}
