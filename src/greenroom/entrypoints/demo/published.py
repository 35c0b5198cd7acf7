"""The published file compared with the kept one: what readers get is what was approved."""

import hashlib
from pathlib import Path

import httpx

from greenroom.entrypoints.demo.report import VideoReport
from greenroom.infra.store.folder import FolderStore
from greenroom.kit.errors import NotFound


def locate_video(video: VideoReport, page_url: str, media: Path) -> VideoReport:
    """The same report with the hash of what the public page serves, and where that content lies on this machine."""
    digest = hashlib.sha256()
    with httpx.stream("GET", f"{page_url}/video.mp4", timeout=60) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_bytes():
            digest.update(chunk)
    found = digest.hexdigest()
    try:
        path: str | None = str(FolderStore(media).path(found))
    except NotFound:
        path = None
    return video.model_copy(update={"sha256": found, "path": path})
