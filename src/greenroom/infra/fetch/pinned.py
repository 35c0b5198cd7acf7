"""Connections that go to addresses already checked, whatever a name would resolve to by now."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpcore
import httpx

from greenroom.infra.fetch.address import Target
from greenroom.infra.fetch.networks import Address

Addresses = Sequence[Address]


@asynccontextmanager
async def request(
    method: str,
    target: Target,
    addresses: Addresses,
    *,
    headers: Iterable[tuple[str, str]] = (),
    content: bytes | AsyncIterator[bytes] | None = None,
    before: Callable[[], None] | None = None,
) -> AsyncIterator[httpcore.Response]:
    """The answer, its body still to be read. The name stays in Host and in TLS; no proxy is asked.

    `headers` replace ours of the same name, all but Host. `before` is called once there is a connection, right before
    the first byte of the request is written; what it raises goes through. Raises what httpcore raises.
    """
    tls = httpx.create_ssl_context() if target.scheme == "https" else None
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    sent = {name.lower(): (name, value) for name, value in [*_OURS, *headers, ("Host", target.authority)]}
    extensions = {"trace": _telling(before)} if before else {}
    async with (
        httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=_Pinned(addresses), max_connections=1) as pool,
        pool.stream(method, url, headers=list(sent.values()), content=content, extensions=extensions) as response,
    ):
        yield response


def _telling(before: Callable[[], None]) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    async def trace(event: str, _: dict[str, Any]) -> None:
        if event == "http11.send_request_headers.started":
            before()

    return trace


_OURS = (("User-Agent", "Greenroom"), ("Accept", "*/*"), ("Accept-Encoding", "identity"))


class _Pinned(httpcore.AsyncNetworkBackend):
    """Dials the given addresses, in order, and nothing else."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._dial = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        failed: Exception = httpcore.ConnectError("There is no address to connect to")
        for address in self._addresses:
            try:
                return await self._dial.connect_tcp(
                    str(address), port, timeout=5, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed
