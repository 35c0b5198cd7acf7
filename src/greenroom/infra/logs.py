"""Logging of a process: readable lines into its own file under the home's logs, and what matters to stderr."""

import logging
import logging.handlers
import sys
import time
from pathlib import Path
from typing import Literal

LINE = "%(asctime)s.%(msecs)03dZ %(levelname)-7s %(name)s: %(message)s"
LARGEST = 5_000_000
KEPT = 5

# Chatty libraries speak only when something is wrong.
QUIET = ("httpx", "httpcore", "asyncio", "PIL", "uvicorn", "pgqueuer")

Level = Literal["debug", "info", "warning", "error"]


def set_up_logging(home: Path, process: str, level: Level, *, stderr: Level = "warning") -> None:
    """Log to home/logs/<process>.log, renewed at 5 MB with five kept, and from `stderr`'s level to the terminal.

    Where the file cannot be written, for a full disk say, the terminal alone has to do.
    """
    line = logging.Formatter(LINE, datefmt="%Y-%m-%dT%H:%M:%S")
    line.converter = time.gmtime
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(stderr.upper())
    terminal.setFormatter(_Sentence())
    handlers: list[logging.Handler] = [terminal]
    try:
        (home / "logs").mkdir(parents=True, exist_ok=True)
        path = home / "logs" / f"{process}.log"
        file = logging.handlers.RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        file.setFormatter(line)
        handlers.append(file)
    except OSError as error:
        print(f"No log file: {error}", file=sys.stderr)
    logging.basicConfig(level=level.upper(), handlers=handlers, force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a full disk must not drown the terminal in complaints about the log
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING if level != "debug" else logging.INFO)


class _Sentence(logging.Formatter):
    """For the terminal: what happened in one line; the traceback is in the file."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        why = f" ({type(error).__name__}: {error})" if error else ""
        return f"{record.levelname.lower()}: {record.getMessage()}{why}"
