"""Fetching against real listeners on loopback; a canary beside them must never be called."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from greenroom.infra.fetch.fetch import Fetched, fetch
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Listener:
    """A real listener: counts connections, keeps what it was asked."""

    def __init__(self) -> None:
        self.connections = 0
        self.asked: list[bytes] = []
        self.port = 0


@asynccontextmanager
async def listening(
    answer: bytes | Answer = OK, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Listener]:
    listener = Listener()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listener.connections += 1
        try:
            listener.asked.append(await reader.readuntil(b"\r\n\r\n"))
            if isinstance(answer, bytes):
                writer.write(answer)
            else:
                await answer(listener.asked[-1], writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            """The other side went away, as some of these tests want."""
        finally:
            writer.close()

    server = await asyncio.start_server(serve, host, port, ssl=tls)
    listener.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listener


def names(**addresses: list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    async def resolver(host: str, port: int) -> list[str]:
        return addresses[host.replace(".", "_")]

    return resolver


async def get(address: str, *, allow: str = "", limit: int = 1000, within: float = 5.0, **more: object) -> Fetched:
    settings = Settings(home=Path("/nonexistent"), fetch_allow=allow)
    accept = {"text/plain", "image/png"}
    return await fetch(
        settings, address, limit_bytes=limit, within=timedelta(seconds=within), accept=accept,
        **more,  # type: ignore[arg-type]  # only ever the resolver
    )  # fmt: skip


def moved(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


async def test_an_allowed_machine_answers_and_sees_its_name() -> None:
    async with listening() as own:
        address = f"http://box.lan:{own.port}/a?b=c"
        got = await get(address, allow=f"box.lan:{own.port}", resolver=names(box_lan=["127.0.0.1"]))
    assert got == Fetched(address, "text/plain", b"hello")
    assert own.asked[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: box.lan:{own.port}\r\n".encode() in own.asked[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "0x7f000001", "0"])
async def test_loopback_sees_no_connection(host: str) -> None:
    async with listening() as canary:
        for address in (f"http://{host}:{canary.port}/", f"http://{host}/", f"https://{host}:{canary.port}/"):
            with pytest.raises(AddressRefused):
                await get(address)
    assert canary.connections == 0


@pytest.mark.parametrize("scheme", ["http://127.0.0.1:{port}/", "//127.0.0.1:{port}/", "http://localhost:{port}/x"])
async def test_a_redirect_into_the_house_is_refused(scheme: str) -> None:
    async with listening() as canary, listening(moved(scheme.format(port=canary.port))) as own:
        with pytest.raises(AddressRefused):
            await get(
                f"http://box.lan:{own.port}/",
                allow=f"box.lan:{own.port}",
                resolver=names(box_lan=["127.0.0.1"], localhost=["127.0.0.1"]),
            )
    assert (own.connections, canary.connections) == (1, 0)


async def test_redirects_are_followed_five_times_and_no_more() -> None:
    async def count_down(asked: bytes, writer: asyncio.StreamWriter) -> None:
        left = int(asked.split(b" ")[1].strip(b"/"))
        writer.write(OK if left == 0 else moved(f"/{left - 1}"))

    async with listening(count_down) as own:
        at = f"http://127.0.0.1:{own.port}"
        assert (await get(f"{at}/5", allow=f"127.0.0.1:{own.port}")).address == f"{at}/0"
        with pytest.raises(AddressRefused, match="more than 5 times"):
            await get(f"{at}/6", allow=f"127.0.0.1:{own.port}")
    assert own.connections == 12


async def test_a_name_that_changes_its_address_is_asked_once() -> None:
    """DNS rebinding: the first answer is checked and dialled, a second question would get the canary."""
    answers = [["127.0.0.2"], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async with listening(host="127.0.0.2") as own, listening(port=own.port) as canary:
        got = await get(f"http://evil.example:{own.port}/", allow=f"127.0.0.2:{own.port}", resolver=rebinding)
    assert (got.content, own.connections, canary.connections) == (b"hello", 1, 0)
    assert answers == [["127.0.0.1"]]


async def test_the_next_address_is_tried_when_one_is_dead() -> None:
    async with listening(host="127.0.0.3") as own:
        resolver = names(box_lan=["127.0.0.2", "127.0.0.3"])
        got = await get(f"http://box.lan:{own.port}/", allow=f"box.lan:{own.port}", resolver=resolver)
    assert got.content == b"hello"


@pytest.mark.parametrize("head", [b"Content-Length: 100000\r\n", b"Connection: close\r\n"])
async def test_too_much_is_not_read(head: bytes) -> None:
    written = 0

    async def endless(asked: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        writer.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        for _ in range(1000):
            writer.write(b"x" * 100_000)
            written += 100_000
            await writer.drain()

    async with listening(endless) as own:
        with pytest.raises(AnswerRefused, match=r"larger than 0\.02 MB"):
            await get(f"http://127.0.0.1:{own.port}/", allow=f"127.0.0.1:{own.port}", limit=20_000)
    assert written < 20_000_000


async def test_a_drip_ends_with_the_time() -> None:
    async def drip(asked: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        for _ in range(200):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with listening(drip) as own:
        with pytest.raises(Unavailable, match=r"longer than 0\.3 s"):
            await get(f"http://127.0.0.1:{own.port}/", allow=f"127.0.0.1:{own.port}", within=0.3)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "answered 404"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 15\r\n\r\n<!doctype html>", "sends text/html"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", "compressed"),
    ],
)
async def test_answers_that_cannot_be_taken(answer: bytes, sentence: str) -> None:
    async with listening(answer) as own:
        with pytest.raises(AnswerRefused, match=sentence):
            await get(f"http://127.0.0.1:{own.port}/", allow=f"127.0.0.1:{own.port}")


@pytest.mark.parametrize("answer", [b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", b""])
async def test_what_is_no_whole_answer(answer: bytes) -> None:
    async with listening(answer) as own:
        with pytest.raises(Unavailable, match="does not answer as it should"):
            await get(f"http://127.0.0.1:{own.port}/", allow=f"127.0.0.1:{own.port}")


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening() as own, listening() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        await get(f"http://127.0.0.1:{own.port}/", allow=f"127.0.0.1:{own.port}")
    assert (own.connections, proxy.connections) == (1, 0)


async def test_tls_is_spoken_with_the_name_and_checked_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = _certificate_for("box.lan", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chain.pem"))
    asked_for: list[str | None] = []
    tls.sni_callback = lambda socket, name, context: asked_for.append(name)
    async with listening(tls=tls) as own:
        resolver = names(box_lan=["127.0.0.1"], other_lan=["127.0.0.1"])
        allow = f"box.lan:{own.port}, other.lan:{own.port}"
        got = await get(f"https://box.lan:{own.port}/", allow=allow, resolver=resolver)
        assert got.content == b"hello"
        with pytest.raises(Unavailable):
            await get(f"https://other.lan:{own.port}/", allow=allow, resolver=resolver)
    assert asked_for == ["box.lan", "other.lan"]


def _certificate_for(name: str, folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "chain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    return context
