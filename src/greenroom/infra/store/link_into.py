"""Stored content under a readable name, for programs that want files."""

from pathlib import Path

from greenroom.infra.store.stored import MediaStore


def link_into(store: MediaStore, hash: str, folder: Path, name: str) -> Path:
    """The content under a readable name in `folder`, without a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / Path(name).name
    target.unlink(missing_ok=True)
    target.symlink_to(store.path(hash).resolve())
    return target
