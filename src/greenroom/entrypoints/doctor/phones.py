"""The phone lab: the programs that phones are reached with, this computer's agent, the virtual phones that run."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx

from greenroom.agent import tools
from greenroom.agent.drivers.adb.scrcpy.jar import VERSION, Jar
from greenroom.agent.program import identity
from greenroom.entrypoints.doctor.finding import Finding, broken, ok, warn
from greenroom.entrypoints.lab import FILE
from greenroom.entrypoints.running import is_held
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Problem

PATIENCE = 3.0  # seconds
SEE_LOG = "See {log}; `greenroom down` and `greenroom up` start it anew."


def check_adb(settings: Settings) -> Iterator[Finding]:
    """What Android phones are reached with."""
    adb = tools.adb_program()
    if adb is None:
        yield warn("adb", "None runs here, so there are no Android phones", f"{tools.NO_ADB}.")
        return
    yield ok("adb", f"{tools.adb_version(adb)}, {adb}")
    file = tools.scrcpy_server()
    if file is None:
        mend = "In a clone run ./greenroom up, which brings it; else give its file to `greenroom agent run --scrcpy`."
        yield warn("scrcpy", "Its server is missing, so Android phones show stills and are touched slowly", mend)
        return
    try:
        Jar(file).read()
    except Problem as problem:
        yield broken("scrcpy", problem.detail, f"Remove {tools.FETCHED} and run ./greenroom up, which fetches it anew.")
        return
    yield ok("scrcpy", f"server {VERSION}, {file}")


def check_agent(settings: Settings) -> Iterator[Finding]:
    """The agent that this computer was enrolled as, if it was."""
    home = settings.home / "agent"
    if not (home / identity.FILE).exists():
        return
    try:
        who = identity.load(home)
    except Problem as problem:
        yield broken("agent", problem.detail, "Then run this again.")
        return
    try:
        httpx.get(f"{who.server}/api/v1/health/live", timeout=PATIENCE).raise_for_status()
    except httpx.HTTPError as error:
        mend = "See that the server runs and that this computer may connect there."
        yield warn("agent", f"Enrolled at {who.server}, which does not answer ({type(error).__name__})", mend)
        return
    yield ok("agent", f"Enrolled at {who.server}, which answers; it is started with `greenroom agent run`")


def check_phones(settings: Settings) -> Iterator[Finding]:
    """The virtual phones of `greenroom up` and their agent."""
    if not is_held(settings.home):
        said = (
            f"`greenroom up` runs {settings.phones} virtual ones" if settings.phones else "No virtual ones are wanted"
        )
        yield ok("phones", said)
        return
    try:
        lab = json.loads((settings.home / "run" / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        yield ok("phones", "No virtual ones run here")
        return
    log = settings.home / "lab" / "logs"
    if lab["agent"] == "Connected.":
        yield ok("lab agent", "connected")
    else:
        yield warn("lab agent", lab["agent"], SEE_LOG.format(log=log / "agent.log"))
    yield from _virtual(lab, SEE_LOG.format(log=log / "fleet.log"))


def _virtual(lab: dict[str, Any], mend: str) -> Iterator[Finding]:
    try:
        phones = httpx.get(f"{lab['control']}/phones", timeout=PATIENCE, trust_env=False).json()
    except (httpx.HTTPError, ValueError, KeyError) as error:
        yield broken("phones", f"The virtual ones do not answer ({type(error).__name__})", mend)
        return
    faulty = [one["serial"] for one in phones if any(one["faults"].values())]
    androids = [one["address"] for one in phones if one["kind"] == "android"]
    lost = set(androids) - _attached(lab["adb_port"]) if androids and lab["agent"] == "Connected." else set()
    if faulty:
        mend = f"DELETE {lab['control']}/phones/SERIAL/faults switches them off."
        yield warn("phones", f"{len(phones)} virtual ones, with faults switched on: {', '.join(faulty)}", mend)
    elif lost:
        yield warn("phones", f"adb has lost {', '.join(sorted(lost))}", mend)
    else:
        yield ok("phones", f"{len(phones)} virtual ones, {len(androids)} of them Android; control {lab['control']}")


def _attached(port: int) -> set[str]:
    """The phones that the adb server on this port can talk to."""
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as adb, adb.makefile("rb") as answer:
            adb.sendall(b"000chost:devices")
            said = answer.read().decode("utf-8", "replace")
    except OSError:
        return set()
    lines = [line.split("\t") for line in said[8:].splitlines()]
    return {line[0] for line in lines if line[1:] == ["device"]}
