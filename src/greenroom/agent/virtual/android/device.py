"""A virtual Android phone as a server: its port, its connections, and what the shell sees beside the model."""

import asyncio
import contextlib
import logging
import zlib
from collections.abc import Callable, Coroutine
from typing import Any

from greenroom.agent.virtual.android.disk import Disk
from greenroom.agent.virtual.android.identity import DISPLAY, ENVIRONMENT, banner_of, properties_of, settings_of
from greenroom.agent.virtual.android.install import Installer
from greenroom.agent.virtual.android.keys import PublicKey
from greenroom.agent.virtual.android.link import Link, Service
from greenroom.agent.virtual.android.opening import service_of
from greenroom.agent.virtual.android.shell.commands import COMMANDS, Command
from greenroom.agent.virtual.android.trust import Policy, Trust, allowed_on_screen
from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.keycodes import HOME, WAKEUP

logger = logging.getLogger(__name__)

BOOT = 3.0  # seconds away when it reboots
FULL = 120 << 20  # bytes left on a phone whose storage is full
FIRST_UID, FIRST_PID = 10_050, 2_000


class Android:
    """One phone behind one port; `serve` opens the port, `close` ends everything."""

    def __init__(self, handset: Handset, *, serial: str, policy: Policy = "always") -> None:
        self.handset, self.serial = handset, serial
        self._host, self.port = "", 0
        self._policy = policy
        self.trust = Trust(policy, self._question)
        self.answering = asyncio.Event()
        self.answering.set()
        self.abis = tuple(handset.phone.properties.get("ro.product.cpu.abilist", "arm64-v8a").split(","))
        self.settings = settings_of(serial)
        self.keyboards: set[str] = set()
        self.window = ""  # the size of the last terminal, as rows x columns
        self.automated = False  # whether somebody holds UiAutomation
        self.disk = Disk(handset.phone.files, self.free)
        self.installer = Installer(handset.phone, self.disk, self.free, self.abis)
        self._listeners: dict[str, Service] = {}
        self._links: dict[Link, asyncio.Event] = {}  # with what is set when one has ended
        self._server: asyncio.Server | None = None
        self._work: set[asyncio.Task[Any]] = set()

    # -- the port -------------------------------------------------------------------------------------------------

    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Listen; the port, chosen by the system where 0 is given, stays the phone's own."""
        self._server = await asyncio.start_server(self._connected, host, port, limit=1 << 18)
        self._host, self.port = host, self._server.sockets[0].getsockname()[1]
        return self.port

    async def away(self) -> None:
        """As if its cable were pulled: no port, no connections."""
        server, self._server = self._server, None
        if server:
            server.close()
        for link in tuple(self._links):
            link.close()

    async def back(self) -> None:
        """Listen again on its own port, if it had one."""
        if self._server is None and self.port:
            self._server = await asyncio.start_server(self._connected, self._host, self.port, limit=1 << 18)

    @property
    def present(self) -> bool:
        return self._server is not None

    def ask(self, asks: bool) -> None:
        """Forget every computer and ask about each on the screen, or go back to the policy it was made with."""
        if asks:
            self.trust = Trust("ask", self._question)
            for link in tuple(self._links):
                link.close()
        elif self.asks():
            self.trust = Trust(self._policy, self._question)

    def asks(self) -> bool:
        return self.trust.policy == "ask" and self._policy != "ask"

    async def close(self) -> None:
        self.answering.set()
        ended = tuple(self._links.values())
        await self.away()
        for task in tuple(self._work):
            task.cancel()
        await asyncio.gather(*self._work, *(event.wait() for event in ended), return_exceptions=True)
        self.handset.rest()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = Link(self, reader, writer)
        self._links[link] = asyncio.Event()
        try:
            await link.run()
        finally:
            self._links.pop(link).set()

    def background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Let something go on after what began it has ended; it ends with the phone."""
        task = asyncio.ensure_future(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return task

    # -- what a link asks -----------------------------------------------------------------------------------------

    def banner(self) -> str:
        return banner_of(self.properties())

    def needs_key(self) -> bool:
        return self.trust.policy != "open"

    def knows(self, token: bytes, signature: bytes) -> bool:
        return self.trust.knows(token, signature)

    async def accepts(self, key: PublicKey) -> bool:
        return await self.trust.accepts(key)

    async def _question(self, key: PublicKey) -> bool:
        return await allowed_on_screen(self.handset, key)

    def service(self, name: str) -> Service | None:
        return service_of(self, name)

    def listen(self, name: str, service: Service) -> Callable[[], None]:
        """Answer on a socket of the phone (`tcp:9008`, `localabstract:…`); the answer takes it away again."""
        self._listeners[name] = service
        return lambda: self._listeners.pop(name, None) and None

    def listener(self, name: str) -> Service | None:
        return self._listeners.get(name)

    # -- what the shell asks --------------------------------------------------------------------------------------

    def command(self, name: str) -> Command | None:
        return COMMANDS.get(name.removeprefix("/system/bin/"))

    def environment(self) -> dict[str, str]:
        return dict(ENVIRONMENT)

    def properties(self) -> dict[str, str]:
        return properties_of(self.handset.phone, self.serial)

    def setting(self, table: str, name: str) -> str:
        return self.settings.get((table, name), "")

    def put_setting(self, table: str, name: str, value: str) -> None:
        self.settings[table, name] = value
        if (table, name) == ("system", "user_rotation") and value in ("0", "1", "2", "3"):
            self.rotate(int(value))

    def free(self) -> int:
        """Bytes that are left."""
        phone = self.handset.phone
        return max(
            0, min(phone.storage.free, FULL if phone.faults.full_storage else phone.storage.free) - phone.files.used
        )

    def packages(self) -> tuple[Package, ...]:
        return self.handset.phone.installed()

    def package(self, name: str) -> Package | None:
        return next((one for one in self.packages() if one.name == name), None)

    def package_names(self) -> set[str]:
        return {one.name for one in self.packages()}

    def apk_paths(self, package: Package) -> list[str]:
        mark = f"{zlib.crc32(package.name.encode()):08x}"
        folder = f"/system/app/{package.name}" if package.system else f"/data/app/~~{mark}==/{package.name}-{mark}=="
        return [f"{folder}/base.apk", *(f"{folder}/split_{name}.apk" for name in package.splits)]

    def uid(self, package: str) -> int:
        return FIRST_UID + zlib.crc32(package.encode()) % 5000

    def processes(self) -> list[tuple[int, str, str]]:
        """Number, user and name of what runs."""
        fixed = [(1, "root", "init"), (820, "system", "system_server"), (910, "shell", "adbd")]
        return fixed + [
            (FIRST_PID + zlib.crc32(name.encode()) % 20_000, f"u0_a{self.uid(name) - 10_000}", name)
            for name in self.handset.phone.apps
        ]

    def display_id(self) -> str:
        return DISPLAY

    def natural_size(self) -> tuple[int, int]:
        width, height = self.handset.phone.size
        return (height, width) if self.handset.phone.rotation % 2 else (width, height)

    def density(self) -> int:
        return self.handset.phone.shape.density

    def keyboard_shown(self) -> bool:
        return self.handset.phone.keyboard_shown()

    def stored(self, path: str) -> None:
        """A file came in; the gallery may show it."""
        self.handset.stirred()

    # -- what the shell does --------------------------------------------------------------------------------------

    def launch(self, package: str) -> None:
        self.handset.phone.launch(package)
        self.handset.stirred()

    def stop(self, package: str) -> None:
        self.handset.phone.stop(package)
        self.handset.stirred()

    def rotate(self, rotation: int) -> None:
        self.handset.phone.rotation = rotation % 4
        self.handset.stirred()

    def unlock(self) -> None:
        self.handset.key(WAKEUP)
        self.handset.phone.locked = False
        self.handset.stirred()

    def panel(self, name: str) -> None:
        """Open or close the notifications."""
        self.handset.phone.open_shade(name != "collapse")
        self.handset.stirred()

    def reboot(self) -> None:
        self.background(self._reboot())

    async def _reboot(self) -> None:
        await asyncio.sleep(0.05)  # the command that asked for it may still answer
        await self.away()
        for package in tuple(self.handset.phone.apps):
            self.handset.phone.stop(package)
        self.handset.key(HOME)
        self._listeners.clear()
        await asyncio.sleep(BOOT)
        with contextlib.suppress(OSError):
            await self.back()
