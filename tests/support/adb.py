"""The adb that tests run, the one that the product would take, and what stands for the server of scrcpy."""

import hashlib
import socket
from pathlib import Path

from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.tools import adb_program

_JAR = b"stands for scrcpy's server, which a virtual phone takes and does not look into"


def the_adb() -> Path:
    found = adb_program()
    assert found, "no adb runs here; ./greenroom test fetches one"
    return found


def own_adb(home: Path) -> AdbServer:
    """A server that nobody else uses, on a free port; it starts when it is asked for."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return AdbServer(the_adb(), free.getsockname()[1], home)


def stand_in_jar(home: Path) -> Jar:
    file = home / "server.jar"
    file.write_bytes(_JAR)
    return Jar(file, hashlib.sha256(_JAR).hexdigest())
