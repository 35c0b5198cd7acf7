"""Virtual phones in a process of their own, and an adb server of our own beside them: own port, own home, own keys."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import adbutils
import pytest

from tests.flow.virtual_phones.lab import Adb, Phones, start, stop
from tests.support.adb import the_adb


@pytest.fixture(scope="session")
def phones() -> Iterator[Phones]:
    found = start("--count", "3", "--iphones", "1", "--small")
    yield found
    assert stop(found) == 0


@pytest.fixture(scope="session")
def adb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    home: Path = tmp_path_factory.mktemp("adb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "ANDROID_ADB_SERVER_PORT": str(port),
        "ADB_MDNS": "0",
        "ADB_LIBUSB": "0",  # where no USB is, the other way takes three seconds to find that out
        "ADB_LOCAL_TRANSPORT_MAX_PORT": "0",  # emulators of this machine are none of our business
    }
    found = Adb(str(the_adb()), port, environment)
    found("start-server")
    yield found
    found("kill-server")


@pytest.fixture
def serial(phones: Phones, adb: Adb) -> str:
    """The address of a healthy phone, attached, with its launcher in front."""
    phone = phones.androids()[0]
    phones.heal(phone["serial"])
    adb.attach(phone["address"])
    adb("shell", "input", "keyevent", "HOME", serial=phone["address"])
    return str(phone["address"])


@pytest.fixture
def device(serial: str, adb: Adb) -> adbutils.AdbDevice:
    return adb.client().device(serial)
