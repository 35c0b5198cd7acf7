"""The apps of an iPhone through go-ios: installed, uninstalled, listed with their versions."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from greenroom.agent.errors import Refused, plain
from greenroom.agent.iphones.cable import Cable
from greenroom.agent.iphones.ipa import NoIpa, read_ipa
from greenroom.agent.iphones.notes import Note
from greenroom.agent.phone_values import App, Progress

INSTALLING, UNINSTALLING, LISTING = 900.0, 120.0, 60.0  # seconds
INSTALLED, UNINSTALLED = "installation successful", "done uninstalling"  # as go-ios says it


async def install(cable: Cable, files: Sequence[Path], progress: Progress | None) -> None:
    """One IPA. How far it is comes from iOS itself; while the file goes over, go-ios says nothing."""
    if len(files) != 1:
        raise Refused(cable.name, "takes one IPA at a time")
    try:
        await asyncio.to_thread(read_ipa, files[0])
    except NoIpa as error:
        raise Refused(cable.name, f"was given no app for an iPhone: {error}") from error

    def told(note: Note) -> None:
        if progress is not None and note.percent is not None:
            progress(note.percent, 100)

    async with room() as folder:
        # Under a name of ours: whatever the file is called, it is neither an option nor a path on the iPhone.
        file = folder / "app.ipa"
        file.symlink_to(files[0].resolve())
        await cable.do(
            "install", f"--path={file}", doing="install it", seconds=INSTALLING, proof=INSTALLED, told=told,
            temporary=folder,
        )  # fmt: skip
    if progress is not None:
        progress(100, 100)


async def uninstall(cable: Cable, app: str, *, runner: str) -> None:
    """`runner` is WebDriverAgent, which stays: without it nobody could act on the iPhone."""
    if app == runner:
        raise Refused(cable.name, "needs WebDriverAgent to be driven: uninstall that by hand")
    await cable.do(
        "uninstall", cable.app(app), doing=f"uninstall {plain(app, 80)}", seconds=UNINSTALLING, proof=UNINSTALLED
    )


async def list_apps(cable: Cable) -> tuple[App, ...]:
    """All of them, those of iOS marked."""
    said = await cable.do("apps", "--all", doing="list its apps", seconds=LISTING)
    listed = said.first if isinstance(said.first, list) else []
    found = [_app(one) for one in listed if isinstance(one, dict)]
    return tuple(sorted((one for one in found if one.id), key=lambda one: one.id))


@asynccontextmanager
async def room() -> AsyncIterator[Path]:
    """A folder until the block ends; what go-ios unpacked there is cleared away beside the loop."""
    folder = TemporaryDirectory(prefix="greenroom-iphone-")
    try:
        yield Path(folder.name)
    finally:
        await asyncio.shield(asyncio.to_thread(folder.cleanup))


def _app(one: dict[str, object]) -> App:
    version = one.get("CFBundleShortVersionString") or one.get("CFBundleVersion") or ""
    return App(
        id=plain(str(one.get("CFBundleIdentifier", "")), 200),
        version=plain(str(version), 60),
        system=one.get("ApplicationType") != "User",
    )
