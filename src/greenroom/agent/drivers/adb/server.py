"""Greenroom's own adb server: one binary, one port, started once and never by way of a command for an action."""

import asyncio
import contextlib
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from greenroom.agent.drivers.adb.host import Failed, Host
from greenroom.agent.errors import HostBroken

STARTING = 10.0  # seconds
USB = Path("/sys/bus/usb")  # where Linux has none, adb waits three seconds for it to turn up
VERSION = re.compile(r"Android Debug Bridge version 1\.0\.(\d+)")


@dataclass(slots=True)
class AdbServer:
    """`home` keeps the key that phones accept, so it has to outlive the agent. One that runs already is taken over."""

    binary: Path
    port: int
    home: Path
    _child: asyncio.subprocess.Process | None = None
    _own: int = 0  # the binary's version, once it was asked
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self) -> Host:
        """The server, started if none of ours runs; HostBroken when the port belongs to an adb of another version.

        Asked twice before it counts as gone or hung; ours is ended then, and another one started.
        """
        host = Host(self.port)
        found = await _answering(host) if self._own else None
        if found is None:
            async with self._lock:
                self._own = self._own or await self._version()
                found = await _answering(host)
                if found is None:
                    await self._spawn()
                    found = await self._wait(host)
        wanted = self._own
        if found != wanted:
            raise HostBroken(
                f"Port {self.port} has an adb server of version {found}, Greenroom's is {wanted}: "
                "stop the other one or give Greenroom another port."
            )
        return host

    async def stop(self) -> None:
        """End the server if this object started it."""
        child, self._child = self._child, None
        if child and child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), 5)
            except TimeoutError:
                child.kill()
                await child.wait()

    async def _end_hung(self) -> None:
        """It has not answered, so it is not asked to end."""
        child, self._child = self._child, None
        if child and child.returncode is None:
            child.kill()
            await child.wait()

    async def _version(self) -> int:
        try:
            run = await asyncio.create_subprocess_exec(
                self.binary, "version", stdout=asyncio.subprocess.PIPE, env=self._environment()
            )
        except OSError as error:
            raise HostBroken(f"adb cannot be started from {self.binary}: {error.strerror}.") from error
        try:
            async with asyncio.timeout(STARTING):
                out, _ = await run.communicate()
        except TimeoutError as error:
            run.kill()
            await run.wait()
            raise HostBroken(f"{self.binary} does not answer when it is asked for its version.") from error
        match = VERSION.search(out.decode("utf-8", "replace"))
        if not match:
            raise HostBroken(f"{self.binary} does not look like adb: it does not tell its version.")
        return int(match[1])

    async def _spawn(self) -> None:
        await self._end_hung()
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = os.open(self.home / "adb.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._child = await asyncio.create_subprocess_exec(
                self.binary, "-L", f"tcp:localhost:{self.port}", "nodaemon", "server",
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                env=self._environment(), cwd=self.home, start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(log)

    def _environment(self) -> dict[str, str]:
        """Own keys, no search for emulators or on the network, no server that the caller's shell names."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADB_", "ANDROID_"))}
        kept |= {"HOME": str(self.home), "ADB_LOCAL_TRANSPORT_MAX_PORT": "5554", "ADB_EMU": "0", "ADB_MDNS": "0"}
        return kept | {"ADB_USB": "0"} if sys.platform == "linux" and not USB.exists() else kept

    async def _wait(self, host: Host) -> int:
        end = asyncio.get_running_loop().time() + STARTING
        while asyncio.get_running_loop().time() < end:
            if (found := await _answering(host)) is not None:
                return found
            if self._child and self._child.returncode is not None:
                break
            await asyncio.sleep(0.05)
        raise HostBroken(f"The adb server did not start; {self.home / 'adb.log'} says why.")


async def _answering(host: Host) -> int | None:
    with contextlib.suppress(HostBroken, Failed, ValueError):
        return int(await host.ask("host:version"), 16)
    return None
