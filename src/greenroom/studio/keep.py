"""Results of stages as kept rows and files, and back into what the next stage reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.infra.context import Context
from greenroom.infra.store import MediaStore, Stored, link_into
from greenroom.media import facade as media
from greenroom.studio import stage_store
from greenroom.studio.contracts import Rendered
from greenroom.studio.make.stage import StageResult

_TYPES = {
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
    ".txt": "text/plain",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished result. `own` when this very making has it; else it was made for another and can be taken over.

    `files` maps a name to {id, hash, file}: the media file, its content, and the file name that stages expect.
    """

    data: dict[str, Any]
    files: dict[str, Any]
    own: bool

    def complete(self, store: MediaStore) -> bool:
        return all(store.exists(file["hash"]) for file in self.files.values())

    def result(self, store: MediaStore, folder: Path) -> StageResult:
        """The result as the next stage reads it, its files linked into `folder`."""
        paths = {name: link_into(store, file["hash"], folder, file["file"]) for name, file in self.files.items()}
        return StageResult(self.data, paths)


async def kept_stage(ctx: Context, place: dict[str, Any], key: str) -> Kept | None:
    """This making's result when it is of the same key, else the newest of that key, else None."""
    own = (await stage_store.of_making(ctx, place["content"], place["making"])).get(place["stage"])
    if own is not None and own["state"] == "done" and own["key"] == key:
        return Kept(own["data"], own["files"], own=True)
    other = await stage_store.by_key(ctx, place["client"], place["stage"], key)
    return Kept(other["data"], other["files"], own=False) if other else None


def store_files(store: MediaStore, result: StageResult) -> dict[str, Stored]:
    """Put a result's files into the media store. Blocking; raises DiskFull."""
    return {name: store.put(path) for name, path in result.files.items()}


async def keep_files(
    ctx: Context, result: StageResult, stored: Mapping[str, Stored], rendered: Rendered | None
) -> dict[str, Any]:
    """Records of the stored files, as `Kept.files` has them; videos carry the render's measures."""
    kept = {}
    for name, path in result.files.items():
        type_ = _TYPES.get(path.suffix, "application/octet-stream")
        shape: dict[str, Any] = {}
        if type_ == "video/mp4" and rendered is not None:
            shape = {"width": rendered.width, "height": rendered.height, "duration": rendered.duration}
        file = await media.keep(ctx, stored[name], type=type_, name=path.name, **shape)
        kept[name] = {"id": str(file.id), "hash": file.hash, "file": path.name}
    return kept
