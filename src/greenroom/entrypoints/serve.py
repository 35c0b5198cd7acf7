"""Serves the HTTP program on a socket that is already listening."""

import logging
import socket
from collections.abc import Callable
from datetime import timedelta

import uvicorn
from fastapi import FastAPI

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.house import make_house
from greenroom.infra.context import House
from greenroom.infra.settings import Settings
from greenroom.tenancy import facade as tenancy

log = logging.getLogger(__name__)

# Live pages hold their connection open; a stop does not wait longer for them, they come back by themselves.
OPEN_CONNECTIONS = timedelta(seconds=3)

Ready = Callable[[str | None], None]


def serve(settings: Settings, database_url: str, sock: socket.socket, *, ready: Ready) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the first-run link's path once requests are answered."""
    house = make_house(settings, database_url)
    app = create_app(house)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=round(min(OPEN_CONNECTIONS, settings.stop_within).total_seconds()),
    )
    _Server(config, app, house, ready).run(sockets=[sock])


class _Server(uvicorn.Server):
    """Tells when it is ready, and tells the application when it is about to stop (`app.state.stopping`)."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, house: House, ready: Ready) -> None:
        super().__init__(config)
        self._app = app
        self._house = house
        self._ready = ready
        app.state.stopping = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log.info("answers requests")
        self._ready(await tenancy.first_run_link(self._house))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stopping = True
        await super().shutdown(sockets)
