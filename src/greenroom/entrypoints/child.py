"""A process under the supervisor: loads its program, waits for the word to go, and says when it is ready.

Standard input brings a line of JSON with all that it is to know, {"database_url": ...} for a server or a worker; a
server may be told {"lab": true} later. Its end means that the supervisor is gone, so the process stops. Reports go, a
line of JSON each, to the file descriptor that --report names.
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
Program = Callable[[dict[str, Any]], None]
"""Runs on the word to go until it is stopped."""
Heard = Callable[[dict[str, Any]], None]


def main() -> None:
    """`python -m greenroom.entrypoints.child KIND --report FD ...`; only the supervisor calls it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("api", "worker", "fleet", "agent"))
    parser.add_argument("--name", required=True)
    parser.add_argument("--report", type=int, required=True)
    parser.add_argument("--socket", type=int)
    parser.add_argument("--queues", default="io,cpu")
    options = parser.parse_args()
    settings = Settings()
    set_up_logging(settings.home, options.name, settings.log_level)
    report = _reporter(options.report)
    heard: Heard = _nothing
    if options.kind == "api":
        program, heard = _api(settings, socket.socket(fileno=options.socket), report)
    elif options.kind == "worker":
        program = _worker(settings, options.queues.split(","), report)
    else:
        program = _fleet(settings, report) if options.kind == "fleet" else _agent(settings, report)
    line = sys.stdin.readline()
    if not line:
        return
    word = json.loads(line)
    threading.Thread(target=_listen, args=(word, heard), daemon=True).start()
    try:
        program(word)
    except Exception:
        log.critical("The %s cannot go on", options.name.replace("-", " "), exc_info=True)
        sys.exit(1)


def _api(settings: Settings, sock: socket.socket, report: Report) -> tuple[Program, Heard]:
    from greenroom.entrypoints.lab_code import lab_code
    from greenroom.entrypoints.serve import serve  # loads the whole program, while the database starts

    def ready(first_run: str | None) -> None:
        report(ready=True, first_run=first_run)

    def heard(word: dict[str, Any]) -> None:
        if word.get("lab"):
            report(code=lab_code(settings, word["database_url"]))

    return lambda word: serve(settings, word["database_url"], sock, ready=ready), heard


def _worker(settings: Settings, queues: list[str], report: Report) -> Program:
    from greenroom.entrypoints.worker import end_with_threads, work

    def program(word: dict[str, Any]) -> None:
        work(settings, word["database_url"], queues, ready=lambda: report(ready=True))
        end_with_threads()

    return program


def _fleet(settings: Settings, report: Report) -> Program:
    from greenroom.entrypoints.lab_programs import fleet

    return lambda word: fleet(word, report)


def _agent(settings: Settings, report: Report) -> Program:
    from greenroom.entrypoints.lab_programs import agent

    return lambda word: agent(settings.home, word, report)


def _reporter(fd: int) -> Report:
    def report(**news: Any) -> None:
        os.write(fd, json.dumps(news).encode() + b"\n")

    return report


def _listen(word: dict[str, Any], heard: Heard) -> None:
    """What else the supervisor says, on top of the word to go; its end is ours."""
    for line in sys.stdin:
        threading.Thread(target=heard, args=(word | json.loads(line),), daemon=True).start()
    os.kill(os.getpid(), signal.SIGTERM)


def _nothing(word: dict[str, Any]) -> None:
    """Most are told nothing more."""


if __name__ == "__main__":
    main()
