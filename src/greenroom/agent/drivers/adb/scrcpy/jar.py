"""scrcpy's server file: checked by its hash before it is used, put on the phone when the phone has another or none."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.adb.sync import Files
from greenroom.agent.errors import HostBroken

VERSION = "3.3.4"
SHA256 = "8588238c9a5a00aa542906b6ec7e6d5541d9ffb9b5d0f6e1bc0e365e2303079e"


@dataclass(frozen=True, slots=True)
class Jar:
    """The version has to be the file's own: the server refuses another one."""

    path: Path
    sha256: str = SHA256
    version: str = VERSION

    def read(self) -> bytes:
        """The file's content; HostBroken when it is not there or not the one that is meant."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise HostBroken(f"scrcpy's server is not at {self.path}: {error.strerror}.") from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise HostBroken(f"{self.path} is not scrcpy's server {self.version}: its SHA-256 differs; fetch it again.")
        return data

    @property
    def place(self) -> str:
        """Where it lies on the phone."""
        return f"/data/local/tmp/greenroom-scrcpy-{self.version}-{self.sha256[:8]}.jar"


async def deliver(jar: Jar, shell: Shell, files: Files) -> str:
    """Where the file is on the phone, pushed if need be; one call at a time a phone, as it is not written at once."""
    data = jar.read()
    done = await shell.run("sha256sum", jar.place)
    if done.code != 0 or done.text.split(" ")[0].strip() != jar.sha256:
        await files.push(data, jar.place)
    return jar.place
