"""Runs an installation on this machine: database, server, workers, phone lab. Starts what dies, ends when asked to."""

import logging
import os
import selectors
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from greenroom import __version__
from greenroom.entrypoints.children import Child, reason_of
from greenroom.entrypoints.database import InstalledDatabase, check_vault, open_database
from greenroom.entrypoints.lab import Lab
from greenroom.entrypoints.listen import listen, url_of
from greenroom.entrypoints.running import Running, hold, write_running
from greenroom.infra.home import prepare_home
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=2)
STARTS_BEFORE_GIVING_UP = 3
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Say = Callable[[str], None]
Ready = Callable[[Running], None]


def supervise(settings: Settings, *, say: Say, ready: Ready) -> None:
    """Run the installation until SIGINT or SIGTERM; `ready` is told once, when the page answers.

    Raises AlreadyRuns, or the Problem that keeps it from starting.
    """
    prepare_home(settings.home)
    with hold(settings.home), listen(settings.host, settings.port) as sock:
        port = sock.getsockname()[1]
        if port != settings.port:
            say(f"Port {settings.port} is busy; taking {port}.")
        _Supervisor(settings, sock, say, ready).run()


class _Supervisor:
    def __init__(self, settings: Settings, sock: socket.socket, say: Say, ready: Ready) -> None:
        self._settings = settings
        self._port = sock.getsockname()[1]
        self._tell, self._ready = say, ready
        self._wake, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._signals = 0
        self._database: InstalledDatabase | None = None
        self._trouble: Exception | None = None
        self._opening: threading.Thread | None = None
        self._announced = False
        self._looked = 0.0
        self._children = _children(settings, sock, self._port)
        self._lab = Lab(settings, url_of(settings.host, self._port), self._say)

    def run(self) -> None:
        with self._listening_for_signals():
            try:
                for child in self._children:
                    self._start(child)
                self._open_database()
                while not self._signals:
                    self._turn()
            finally:
                self._stop()

    def _turn(self) -> None:
        for key, _ in self._selector.select(timeout=0.5):
            if key.data is None:
                self._wake.recv(4096)
            else:
                self._hear(key.data)
        if self._opening and not self._opening.is_alive():
            self._opened()
        for child in self._all:
            self._look_after(child)
        if self._lab.asks(self._children[0].pid):
            self._children[0].tell({"lab": True})
        if time.monotonic() - self._looked > LOOK_EVERY.total_seconds():
            self._looked = time.monotonic()
            self._look_after_database()

    def _open_database(self) -> None:
        """Start the database beside us: the other processes load meanwhile."""

        def work() -> None:
            try:
                self._database = open_database(self._settings)
                if not self._announced:
                    check_vault(self._settings, self._database)
            except Exception as error:  # told by `_opened`, on the main thread
                self._trouble = error
            self._waker.send(b"d")

        self._trouble = None
        self._opening = threading.Thread(target=work, daemon=True)
        self._opening.start()

    def _opened(self) -> None:
        self._opening = None
        if self._trouble is None:
            if self._database and not self._announced:
                for child in self._children:
                    child.tell({"database_url": self._database.app_url})
            return
        if not self._announced:
            raise self._trouble
        self._say(f"The database does not start ({self._trouble}); trying again.")

    def _look_after_database(self) -> None:
        if self._opening is None and self._database is not None and not self._database.lives():
            self._say("The database stopped; starting it again.")
            self._open_database()

    def _start(self, child: Child) -> None:
        if child in self._lab.children:
            child.start(self._lab.word(child))
        else:
            child.start({"database_url": self._database.app_url} if self._database else None)
        self._selector.register(child.reports, selectors.EVENT_READ, child)

    def _hear(self, child: Child) -> None:
        for news in child.hear():
            if news.get("ready") and child is self._children[0]:
                self._serves(news.get("first_run"))
            self._lab.hear(child, news)

    def _serves(self, first_run: str | None) -> None:
        """The server answers, for the first time or again: a new one has a new first link."""
        host, port = self._settings.host, self._port
        running = Running(os.getpid(), host, port, url_of(host, port), __version__, time.time(), first_run)
        write_running(self._settings.home, running)
        if not self._announced:
            self._announced = True
            self._ready(running)
            self._lab.begin()

    def _look_after(self, child: Child) -> None:
        if (code := _ended(child, self._selector)) is not None:
            if not self._announced and child.restarts >= STARTS_BEFORE_GIVING_UP:
                raise Unavailable(f"The {child.title} does not start; {self._log_of(child)} says why")
            if self._wants(child):
                self._say(f"The {child.title} ended ({reason_of(code)}); starting it again.")
        if child.is_due() and self._wants(child):
            self._start(child)

    def _wants(self, child: Child) -> bool:
        return child in self._children or self._lab.wants(child)

    def _stop(self) -> None:
        """Let all processes finish within the deadline, then stop the database."""
        if self._announced:
            self._say("Stopping.")
        asked = self._signals
        deadline = time.monotonic() + self._settings.stop_within.total_seconds()
        for child in self._all:
            child.signal(signal.SIGTERM)
        while any(child.lives() for child in self._all):
            if time.monotonic() > deadline or self._signals > asked:  # or asked twice
                for child in self._all:
                    child.signal(signal.SIGKILL)
            time.sleep(0.02)
        self._lab.close()
        if self._opening:
            self._opening.join()
        if self._database:
            self._database.close()

    @property
    def _all(self) -> list[Child]:
        return [*self._children, *self._lab.children]

    def _say(self, sentence: str) -> None:
        log.info(sentence)
        with suppress(OSError):  # the terminal may be gone
            self._tell(sentence)

    def _log_of(self, child: Child) -> str:
        return str(self._settings.home / "logs" / f"{child.name}.log")

    @contextmanager
    def _listening_for_signals(self) -> Iterator[None]:
        def note(number: int, frame: object) -> None:
            self._signals += 1

        for end in (self._wake, self._waker):
            end.setblocking(False)
        self._selector.register(self._wake, selectors.EVENT_READ, None)
        before = {number: signal.signal(number, note) for number in STOP_SIGNALS}
        wakeup = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in before.items():
                signal.signal(number, handler)


def _children(settings: Settings, sock: socket.socket, port: int) -> list[Child]:
    """The server first, then the workers."""
    environment = os.environ | {
        "GREENROOM_HOME": str(settings.home),
        "GREENROOM_HOST": settings.host,
        "GREENROOM_PORT": str(port),
    }
    server = Child("server", ["api", "--socket", str(sock.fileno())], environment, (sock.fileno(),))
    workers = [Child(f"worker-{n}", ["worker"], environment) for n in range(1, settings.workers + 1)]
    return [server, *workers]


def _ended(child: Child, selector: selectors.BaseSelector) -> int | None:
    """As `Child.ended`, and its reports are listened to no more."""
    if child.lives() or child.reports < 0:
        return None
    selector.unregister(child.reports)
    return child.ended()
