"""A real server of the fediverse (snac2) on loopback: Debian's own package is unpacked once into var/tools/snac.

Where it cannot be brought or does not start, the tests that want it fail with a sentence; they are never skipped.
"""

import fcntl
import hashlib
import json
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from greenroom_dev import ROOT
from tests.support.bluesky import _free_ports
from tests.support.mastodon import Member

PLACE = ROOT / "var" / "tools" / "snac"
PROGRAM = PLACE / "usr" / "bin" / "snac"
SUITE, PACKAGE, VERSION = "trixie", "snac2", "2.75-2"
HASH = "f509ee95c82bbf3863e76ad2d81665d5f1f90fbdceb0ea2615da476ce44c8fa8"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
BRING_WITHIN, START_WITHIN = 240, 20


class NotBrought(Exception):
    """Why the server cannot be had here, in a sentence."""


_WHY_NOT = pytest.StashKey[str]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Fetch the package before the first test: a test has its own time."""
    wanted = any("snac" in getattr(item, "fixturenames", ()) for item in session.items)
    if session.config.option.collectonly or not wanted:
        return
    try:
        _bring()
    except NotBrought as why:
        session.config.stash[_WHY_NOT] = str(why)


@dataclass(frozen=True)
class Snac:
    """The running server. It honours no idempotency keys, and its API deletes no posts."""

    port: int
    home: Path

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        """What the setting `fetch_allow` needs for it."""
        return f"localhost:{self.port}, 127.0.0.0/8:{self.port}"

    def member(self) -> Member:
        name = f"m{secrets.token_hex(5)}"
        made = _run("adduser", str(self.home), name, given=f"{name}\n{name.title()}\n")
        found = re.search(r"password is (\S+)", made)
        assert found, made
        form = {"login": name, "passwd": found[1]}
        page = httpx.post(f"{self.address}/oauth/x-snac-get-token", data=form, timeout=20).text
        token = re.search(r"[0-9a-f]{32}", page)
        assert token, page
        return Member(name, found[1], token[0])

    def authorise(self, address: str, member: Member) -> dict[str, str]:
        """What the browser brings back after the member has let us in."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        form = {
            "login": member.name, "passwd": member.password, "redir": asked["redirect_uri"],
            "cid": asked["client_id"], "state": asked["state"],
        }  # fmt: skip
        answer = httpx.post(f"{self.address}/oauth/x-snac-login", data=form, timeout=20)
        assert answer.status_code == 303, answer.text
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def ask(self, method: str, path: str, member: Member, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {member.token}"}
        return httpx.request(method, f"{self.address}{path}", headers=headers, timeout=20, **options)

    def statuses(self, member: Member) -> list[dict[str, Any]]:
        """Every status of the member, the newest first."""
        me = self.ask("GET", "/api/v1/accounts/verify_credentials", member).raise_for_status().json()["id"]
        found: list[dict[str, Any]] = self.ask("GET", f"/api/v1/accounts/{me}/statuses", member).json()
        return found

    def forget_logins(self) -> None:
        """No token opens anything any more."""
        for kept in (self.home / "token").glob("*"):
            kept.unlink()


@pytest.fixture(scope="session")
def snac(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Snac]:
    why_not = pytestconfig.stash.get(_WHY_NOT, "")
    if why_not:
        pytest.fail(why_not)
    folder = tmp_path_factory.mktemp("snac")
    home, log = folder / "data", folder / "snac.log"
    (port,) = _free_ports(1)
    _run("init", str(home), given=f"127.0.0.1\n{port}\nlocalhost:{port}\n\n\n")
    settings = home / "server.json"
    settings.write_text(json.dumps(json.loads(settings.read_text()) | {"protocol": "http"}))
    with log.open("w") as out:
        process = subprocess.Popen([PROGRAM, "httpd", str(home)], stdout=out, stderr=out, start_new_session=True)
    server = Snac(port, home)
    try:
        _until_ready(server, process, log)
        yield server
    finally:
        died = process.poll()
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert died is None, f"The snac server ended by itself with {died}: {log.read_text()[-2000:]}"


def _until_ready(server: Snac, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{server.address}/api/v1/instance", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    pytest.fail(f"The snac server did not start within {START_WITHIN} s: {log.read_text()[-2000:]}")


def _bring() -> None:
    """Fetch and unpack the package unless this very one is there. Several runs may ask at once."""
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with (PLACE.parent / "snac.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = PLACE / ".greenroom"
        if stamp.exists() and stamp.read_text() == HASH:
            return
        if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
            raise NotBrought("The snac server comes as a Debian package; run the tests on Debian or Ubuntu")
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir()
        package = _fetched(PLACE)
        found = hashlib.sha256(package.read_bytes()).hexdigest()
        if found != HASH:
            raise NotBrought(f"The snac package is not the one that was looked at: {found} instead of {HASH}")
        _done("unpacked", ["dpkg-deb", "--extract", str(package), str(PLACE)])
        _done("started (it needs libcurl and libssl 3)", [str(PROGRAM)], codes=(0, 1))
        stamp.write_text(HASH)


def _fetched(place: Path) -> Path:
    """The package through an apt of its own: the system's lists and packages stay as they are."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (place / folder).mkdir(parents=True)
    sources = place / "own.list"
    sources.write_text(f"deb [arch=amd64 signed-by={KEYRING}] {_mirror()} {SUITE} main\n")
    own = {
        "Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": "/dev/null", "Dir::State::lists": place / "lists",
        "Dir::Cache": place / "cache", "APT::Sandbox::User": "root", "APT::Architecture": "amd64",
    }  # fmt: skip
    apt = ["apt-get", "--quiet", "--quiet", *(f"-o{name}={value}" for name, value in own.items())]
    _done("looked up", [*apt, "update"])
    _done("fetched", [*apt, "download", f"{PACKAGE}={VERSION}"])
    shutil.rmtree(place / "lists")
    shutil.rmtree(place / "cache")
    return next(place.glob("*.deb"))


def _mirror() -> str:
    """The Debian archive that this machine's apt uses."""
    said = _done("looked for", ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"])
    for address in said.split():
        if address.rstrip("/").endswith("/debian"):
            return address
    raise NotBrought("The snac server comes from Debian's archive, which this machine's apt does not know")


def _done(what: str, line: list[str], *, codes: tuple[int, ...] = (0,)) -> str:
    try:
        run = subprocess.run(line, cwd=PLACE, timeout=BRING_WITHIN, capture_output=True, text=True, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBrought(f"The snac package could not be {what}: {error}") from error
    if run.returncode not in codes:
        raise NotBrought(f"The snac package could not be {what}: {(run.stderr or run.stdout)[-2000:]}")
    return run.stdout


def _run(*words: str, given: str) -> str:
    run = subprocess.run([PROGRAM, *words], input=given, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
