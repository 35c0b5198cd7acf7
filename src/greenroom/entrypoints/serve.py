"""Serves the HTTP program on a socket that is already listening."""

import gc
import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

import uvicorn
from fastapi import FastAPI

from greenroom.entrypoints.api import create_app
from greenroom.entrypoints.house import make_house
from greenroom.infra.context import House
from greenroom.infra.settings import Settings
from greenroom.tenancy import facade as tenancy
from greenroom.wire.limits import LARGEST_FRAME

log = logging.getLogger(__name__)

OPEN_REQUESTS = timedelta(seconds=3)
"""How long a stop waits for open requests. A page with a paused video holds one open for as long as it likes, so on
one machine, where `greenroom down` waits for us, it is short."""

Ready = Callable[[str | None], None]


def serve(
    settings: Settings, database_url: str, sock: socket.socket, *, ready: Ready, grace: timedelta = OPEN_REQUESTS
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the first-run link's path once requests are answered.

    A stop takes no more requests and lets those that run end within `grace`; live pages end at once and come back by
    themselves, to another server where there is one. A second signal waits for nothing.
    """
    house = make_house(settings, database_url)
    app = create_app(house)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,  # video is compressed already
        ws_ping_interval=None,  # walls and agents tell by themselves; a ping waits behind what a slow line has to carry
        timeout_graceful_shutdown=round(min(grace, settings.stop_within).total_seconds()),
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
        # What the program is made of stays: to look through it for garbage holds up every wall for 150 ms.
        gc.freeze()
        log.info("answers requests")
        self._ready(await tenancy.first_run_link(self._house))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stopping = True
        open_requests = sum(not task.done() for task in self.server_state.tasks)
        log.info("stopping; %s requests run on for at most %s s", open_requests, self.config.timeout_graceful_shutdown)
        await super().shutdown(sockets)
        log.info("stopped" + (", without waiting" if self.force_exit else ""))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn's own, but the second signal hurries whichever it is, and an orderly end is no death by signal."""
        self.force_exit = self.should_exit
        self.should_exit = True
