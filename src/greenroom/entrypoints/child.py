"""A process under the supervisor: loads its program, waits for the word to go, and says when it is ready.

Standard input brings one line, {"database_url": ...}; its end means that the supervisor is gone, so the process
stops. Reports go, a line of JSON each, to the file descriptor that --report names.
"""

import argparse
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from greenroom.infra.logs import set_up_logging
from greenroom.infra.settings import Settings

log = logging.getLogger(__name__)

Report = Callable[..., None]
Program = Callable[[str], None]


def main() -> None:
    """`python -m greenroom.entrypoints.child {api,worker} --report FD ...`; only the supervisor calls it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("api", "worker"))
    parser.add_argument("--name", required=True)
    parser.add_argument("--report", type=int, required=True)
    parser.add_argument("--socket", type=int)
    parser.add_argument("--queues", default="io,cpu")
    options = parser.parse_args()
    settings = Settings()
    set_up_logging(settings.home, options.name, settings.log_level)
    report = _reporter(options.report)
    if options.kind == "api":
        program = _api(settings, socket.socket(fileno=options.socket), report)
    else:
        program = _worker(settings, options.queues.split(","), report)
    line = sys.stdin.readline()
    if not line:
        return
    threading.Thread(target=_stop_with_the_supervisor, daemon=True).start()
    try:
        program(json.loads(line)["database_url"])
    except Exception:
        log.critical("The %s cannot go on", options.name.replace("-", " "), exc_info=True)
        sys.exit(1)


def _api(settings: Settings, sock: socket.socket, report: Report) -> Program:
    from greenroom.entrypoints.serve import serve  # loads the whole program, while the database starts

    def ready(first_run: str | None) -> None:
        report(ready=True, first_run=first_run)

    return lambda url: serve(settings, url, sock, ready=ready)


def _worker(settings: Settings, queues: list[str], report: Report) -> Program:
    from greenroom.entrypoints.worker import end_with_threads, work

    def program(url: str) -> None:
        work(settings, url, queues, ready=lambda: report(ready=True))
        end_with_threads()

    return program


def _reporter(fd: int) -> Report:
    def report(**news: Any) -> None:
        os.write(fd, json.dumps(news).encode() + b"\n")

    return report


def _stop_with_the_supervisor() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
