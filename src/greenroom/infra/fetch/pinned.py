"""Connections that go to addresses already checked, whatever a name would resolve to by now."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

import httpcore
import httpx

from greenroom.infra.fetch.address import Target
from greenroom.infra.fetch.networks import Address


@asynccontextmanager
async def get(target: Target, addresses: Sequence[Address]) -> AsyncIterator[httpcore.Response]:
    """The answer to GET, its body still to be read. The name stays in Host and in TLS; no proxy is asked.

    Raises what httpcore raises.
    """
    tls = httpx.create_ssl_context() if target.scheme == "https" else None
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    headers = [
        ("Host", target.authority),
        ("User-Agent", "Greenroom"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
    ]
    pinned = _Pinned(addresses)
    async with (
        httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=pinned, max_connections=1) as pool,
        pool.stream("GET", url, headers=headers) as response,
    ):
        yield response


class _Pinned(httpcore.AsyncNetworkBackend):
    """Dials the given addresses, in order, and nothing else."""

    def __init__(self, addresses: Sequence[Address]) -> None:
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
