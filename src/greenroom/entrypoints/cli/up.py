"""`greenroom up`: everything on this machine, until Ctrl-C or `greenroom down`."""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

from greenroom.entrypoints.running import AlreadyRuns, Running, find_running, is_held
from greenroom.infra.postgres.place import place_of
from greenroom.infra.settings import Settings, default_home
from greenroom.kit.errors import Unavailable

DETACHED_START = 120.0


@click.command()
@click.option("--host", help="Address to listen on (GREENROOM_HOST; 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (GREENROOM_PORT; 8000). A busy one is passed over.")
@click.option("--phones", type=click.IntRange(0, 60), help="Virtual phones on the wall (GREENROOM_PHONES; 2).")
@click.option("--detach", is_flag=True, help="Return when the page answers; stop with `greenroom down`.")
def command(host: str | None, port: int | None, phones: int | None, detach: bool) -> None:
    """Start the database, the server, the workers and a few virtual phones, and serve the page."""
    given: dict[str, Any] = {"host": host, "port": port, "phones": phones}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    try:
        if detach:
            _detach(settings)
        else:
            _stay(settings)
    except AlreadyRuns:
        _say_where(settings.home)


def _stay(settings: Settings) -> None:
    from greenroom.entrypoints.supervise import supervise
    from greenroom.infra.home import prepare_home
    from greenroom.infra.logs import set_up_logging

    prepare_home(settings.home)
    set_up_logging(settings.home, "supervisor", settings.log_level)
    supervise(settings, say=click.echo, ready=lambda running: _say_ready(running, settings, _since_start()))


def _detach(settings: Settings) -> None:
    """Start the same command in a session of its own, its words going to a log, and wait for it."""
    from greenroom.infra.home import prepare_home

    if is_held(settings.home):
        raise AlreadyRuns
    prepare_home(settings.home)
    log = settings.home / "logs" / "up.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "greenroom", "up", *_as_options(settings)],
            env=os.environ | {"GREENROOM_HOME": str(settings.home)},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    deadline = time.monotonic() + DETACHED_START
    while (running := find_running(settings.home)) is None:
        if process.poll() is not None:
            raise Unavailable(log.read_text(encoding="utf-8", errors="replace").strip() or f"It ended; see {log}")
        if time.monotonic() > deadline:
            process.terminate()
            raise Unavailable(f"Greenroom did not start within {DETACHED_START:.0f} s; see {settings.home / 'logs'}")
        time.sleep(0.02)
    if running.port != settings.port:
        click.echo(f"Port {settings.port} is busy; taking {running.port}.")
    process.returncode = 0  # it goes on without us
    _say_ready(running, settings, _since_start())


def _as_options(settings: Settings) -> list[str]:
    names = ("host", "port", "phones")
    return [word for name in names for word in (f"--{name}", str(getattr(settings, name)))]


def _say_ready(running: Running, settings: Settings, seconds: float) -> None:
    click.echo(f"Greenroom {running.version} is ready after {seconds:.1f} s.\n")
    rows = [("Open", click.style(running.url, bold=True))]
    if settings.public_url:
        rows.append(("Public", str(settings.public_url)))
    if running.first_run_url:
        rows.append(("First", f"{running.first_run_url}\n           makes the first administrator; it works once"))
    if settings.phones:
        rows.append(("Phones", f"{settings.phones} virtual, on the wall in a moment; none with --phones 0"))
    rows += [("State", _state_words(settings)), ("Stop", _stop_words(running, settings.home))]
    for name, text in rows:
        click.echo(f"  {name:<7}  {text}")


def _say_where(home: Path) -> None:
    running = find_running(home)
    if running:
        click.echo(f"Greenroom already runs at {running.url} (process {running.pid}), with its state in {home}.")
    else:
        click.echo(f"Greenroom is already starting with its state in {home}.")
    click.echo(f"Stop it with {down_command(home)}; another one needs a GREENROOM_HOME of its own.")


def _state_words(settings: Settings) -> str:
    data = place_of(settings.home).data
    outside = not settings.database_url and not data.is_relative_to(settings.home)
    return f"{settings.home}" + (f" and, as root, {data.parent}" if outside else "")


def _stop_words(running: Running, home: Path) -> str:
    down = down_command(home)
    return f"Ctrl-C here, or {down}" if running.pid == os.getpid() else down


def down_command(home: Path) -> str:
    """What to type to stop the installation on this home."""
    clone = (Path(__file__).parents[4] / "greenroom").is_file()
    program = "./greenroom down" if clone else "greenroom down"
    return program if home == default_home() else f"GREENROOM_HOME={shlex.quote(str(home))} {program}"


def _since_start() -> float:
    """Seconds since this process began, with what ran in it before Python; 0.0 where the system does not tell."""
    try:
        ticks = int(Path("/proc/self/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[19])
    except OSError:
        return time.process_time()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
