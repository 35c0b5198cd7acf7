"""A virtual Android in this process as adb-shell sees it, synchronous and asynchronous, with its own RSA keys."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from adb_shell.adb_device import AdbDeviceTcp
from adb_shell.adb_device_async import AdbDeviceTcpAsync
from adb_shell.auth.keygen import keygen
from adb_shell.auth.sign_pythonrsa import PythonRSASigner
from adb_shell.exceptions import DeviceAuthError

from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.contracts import ANDROID_SMALL
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.model.phone import Phone
from tests.support.wait import until_true


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> PythonRSASigner:
    path: Path = tmp_path_factory.mktemp("keys") / "adbkey"
    keygen(str(path))
    return PythonRSASigner(Path(f"{path}.pub").read_text(), path.read_text())


@pytest.fixture
async def phone() -> AsyncIterator[Android]:
    device = Android(Handset(Phone(ANDROID_SMALL)), serial="GRV1")
    await device.serve()
    yield device
    await device.close()


async def test_the_asynchronous_client(phone: Android, signer: PythonRSASigner, tmp_path: Path) -> None:
    client = AdbDeviceTcpAsync("127.0.0.1", phone.port)
    assert await client.connect(rsa_keys=[signer], auth_timeout_s=5)
    try:
        assert await client.shell("echo 'a  b'; whoami") == "a  b\nshell\n"
        sent = tmp_path / "sent.bin"
        sent.write_bytes(bytes(range(256)) * 4000)
        await client.push(str(sent), "/sdcard/Download/sent.bin")
        await client.pull("/sdcard/Download/sent.bin", str(tmp_path / "back.bin"))
        assert (tmp_path / "back.bin").read_bytes() == sent.read_bytes()
        assert (await client.stat("/sdcard/Download/sent.bin"))[1] == 1_024_000
        assert [one.filename for one in await client.list("/sdcard/Download")] == [b".", b"..", b"sent.bin"]
    finally:
        await client.close()


async def test_the_synchronous_client(phone: Android, signer: PythonRSASigner, tmp_path: Path) -> None:
    def work() -> tuple[str, bytes]:
        client = AdbDeviceTcp("127.0.0.1", phone.port)
        client.connect(rsa_keys=[signer], auth_timeout_s=5)
        (tmp_path / "sent.txt").write_text("hello")
        client.push(str(tmp_path / "sent.txt"), "/data/local/tmp/sent.txt")
        try:
            return client.shell("cat /data/local/tmp/sent.txt"), client.shell("screencap", decode=False)
        finally:
            client.close()

    text, picture = await asyncio.to_thread(work)
    assert text == "hello"
    assert len(picture) == 16 + 720 * 1600 * 4


async def test_a_key_waits_for_a_yes_on_the_screen(signer: PythonRSASigner) -> None:
    device = Android(Handset(Phone(ANDROID_SMALL)), serial="GRV1", policy="ask")
    await device.serve()
    try:
        stranger = AdbDeviceTcpAsync("127.0.0.1", device.port)
        with pytest.raises(DeviceAuthError):
            await stranger.connect(rsa_keys=[], auth_timeout_s=1)
        client = AdbDeviceTcpAsync("127.0.0.1", device.port)
        connecting = asyncio.ensure_future(client.connect(rsa_keys=[signer], auth_timeout_s=5))
        await until_true(lambda: bool(device.handset.phone.popups))
        assert not connecting.done()
        question = device.handset.phone.popups[-1]
        assert "fingerprint" in question.body
        device.handset.phone.close_popup(question)
        question.buttons[1][2]()
        assert await connecting
        assert await client.shell("echo in") == "in\n"
        await client.close()
        again = AdbDeviceTcpAsync("127.0.0.1", device.port)
        assert await again.connect(rsa_keys=[signer], auth_timeout_s=1)
        await again.close()
    finally:
        await device.close()
