"""A small scrcpy 3.3 client over adbutils, for tests only: starts the server, decodes with PyAV, sends touches."""

import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import av
import numpy as np
from adbutils import AdbDevice, AdbError, Network
from numpy.typing import NDArray

JAR = "/data/local/tmp/scrcpy-server.jar"
CONFIG, KEY = 1 << 63, 1 << 62
TOUCH = struct.Struct(">BBqiiHHHII")
DOWN, UP = 0, 1


@dataclass
class Scrcpy:
    """One session; `frames` decodes what comes."""

    device: AdbDevice
    scid: int = 0x1234ABCD
    options: dict[str, str] = field(default_factory=dict)
    version: str = "3.3.4"

    def __enter__(self) -> "Scrcpy":
        self.device.sync.push(b"stands for the jar", JAR)
        said = {
            "scid": f"{self.scid:08x}",
            "tunnel_forward": "true",
            "audio": "false",
            "max_size": "800",
        } | self.options
        words = " ".join(f"{name}={value}" for name, value in said.items())
        line = f"CLASSPATH={JAR} app_process / com.genymobile.scrcpy.Server {self.version} {words}"
        self.server = self.device.shell(line, stream=True)
        self.video = self._connect(tries=200)
        assert self._read(1) == b"\0"
        self.control = self._connect(tries=1)
        self.name = self._read(64).rstrip(b"\0").decode()
        self.codec, self.width, self.height = struct.unpack(">III", self._read(12))
        self.decoder: Any = av.CodecContext.create("h264", "r")
        self.configs = self.keys = 0
        self._config = b""
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self.video, self.control, self.server):
            one.close()

    def packet(self) -> tuple[int, bytes]:
        """Flags with the time, and the data."""
        flags, size = struct.unpack(">QI", self._read(12))
        return flags, self._read(size)

    def frames(self, *, within: float = 20.0) -> Iterator[NDArray[np.uint8]]:
        """Pictures as RGB, as they come; ends after `within` seconds without one."""
        self.video.settimeout(within)
        while True:
            try:
                flags, data = self.packet()
            except TimeoutError:
                return
            if flags & CONFIG:
                self.configs += 1
                self._config = data
                continue
            if flags & KEY:
                self.keys += 1
                data, self._config = self._config + data, b""
            for frame in self.decoder.decode(av.Packet(data)):
                yield frame.to_ndarray(format="rgb24")

    def touch(self, action: int, x: int, y: int, size: tuple[int, int] | None = None) -> None:
        width, height = size or (self.width, self.height)
        self.control.sendall(TOUCH.pack(2, action, -2, x, y, width, height, 0xFFFF, 1, 1))

    def tap(self, x: int, y: int, size: tuple[int, int] | None = None) -> None:
        self.touch(DOWN, x, y, size)
        self.touch(UP, x, y, size)

    def _connect(self, tries: int) -> Any:
        for left in reversed(range(tries)):
            try:
                return self.device.create_connection(Network.LOCAL_ABSTRACT, f"scrcpy_{self.scid:08x}")
            except AdbError:
                if not left:
                    raise
                time.sleep(0.05)

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            part = self.video.recv(count - len(data))
            if not part:
                raise ConnectionError(f"the video ended; the server said: {self.server.conn.recv(4096)!r}")
            data += part
        return bytes(data)
