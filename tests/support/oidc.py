"""A certified OpenID provider on loopback: its packages are brought once into var/tools/oidc-provider.

Where it cannot be brought or does not start, the tests that want it fail with a sentence; they are never skipped.
"""

import fcntl
import hashlib
import json
import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from greenroom_dev import NODE, ROOT

HERE = Path(__file__).parent / "oidc_provider"
PLACE = ROOT / "var" / "tools" / "oidc-provider"
NPM = NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
LOCK = HERE / "package-lock.json"
BRING_WITHIN, START_WITHIN = 240, 30
US, SECRET = "greenroom", "told to greenroom only"


@dataclass(frozen=True)
class OpenIdProvider:
    """The running provider, and what somebody does at its pages."""

    issuer: str

    @property
    def allow(self) -> str:
        """What the setting `fetch_allow` needs for it."""
        return urlsplit(self.issuer).netloc

    def order(self, **orders: Any) -> None:
        """`account` sets what it says of somebody; `rotate` gives it another key."""
        httpx.post(f"{self.issuer}/test", json=orders, trust_env=False).raise_for_status()

    def person(self, sub: str, **claims: Any) -> None:
        self.order(
            account={"sub": sub, "email": f"{sub}@example.com", "email_verified": True, "name": sub.title()} | claims
        )

    def sign_in(self, address: str, sub: str | None, browser: httpx.Client | None = None) -> dict[str, str]:
        """Go to `address` and choose this person (None: nobody); gives what the browser then brings back."""
        with browser_at_provider() if browser is None else _kept(browser) as own:
            answer = own.get(address)
            while answer.status_code in (302, 303):
                location = answer.headers["location"]
                if not location.startswith((self.issuer, "/")):
                    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
                there = own.build_request("GET", answer.url.join(location))
                answer = own.send(there)
                if "/interaction/" in answer.url.path and answer.status_code == 200:
                    answer = own.post(answer.url, data={"sub": sub or ""})
        raise AssertionError(f"the provider said {answer.status_code}: {re.sub('<[^>]+>', ' ', answer.text)[:600]}")


def browser_at_provider() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=20)


@contextmanager
def _kept(browser: httpx.Client) -> Iterator[httpx.Client]:
    yield browser


@contextmanager
def openid_provider(
    *, redirects: Sequence[str], algorithm: str = "RS256", claims_in_token: bool = False, secret: str | None = SECRET
) -> Iterator[OpenIdProvider]:
    """A provider of its own that knows us, until the block ends; people are told to it with `person`."""
    bring()
    client: dict[str, Any] = {"client_id": US, "redirect_uris": list(redirects)}
    client |= {"client_secret": secret} if secret else {"token_endpoint_auth_method": "none"}
    settings = {"algorithm": algorithm, "claimsInToken": claims_in_token, "accounts": [], "clients": [client]}
    # The program stands where its packages are, for that is where Node looks for them. Never half a file.
    fresh = PLACE / f"server-{os.getpid()}.tmp"
    shutil.copyfile(HERE / "server.mjs", fresh)
    fresh.replace(PLACE / "server.mjs")
    pipe = subprocess.PIPE
    with subprocess.Popen([NODE, "server.mjs"], cwd=PLACE, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(settings) + "\n")
            process.stdin.flush()
            yield OpenIdProvider(f"http://127.0.0.1:{_port(process)}")
        finally:
            process.kill()


def _port(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    assert process.stderr is not None
    ready, _, _ = select.select([process.stdout], [], [], START_WITHIN)
    line = process.stdout.readline() if ready else ""
    if not line:
        process.kill()
        pytest.fail(f"The OpenID provider did not start within {START_WITHIN} s: {process.stderr.read()[-2000:]}")
    return int(json.loads(line)["port"])


def bring() -> None:
    """Fetch the provider's packages unless these very ones are there. Several runs may ask at once."""
    if not NODE.exists():
        pytest.fail("The OpenID provider needs Node, which ./greenroom test brings; run that once")
    want = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with (PLACE.parent / "oidc-provider.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = PLACE / ".greenroom"
        if stamp.exists() and stamp.read_text() == want:
            return
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, PLACE / name)
        _fetch()
        stamp.write_text(want)


def _fetch() -> None:
    # The lock names no host: npm asks the registry of this machine for each of the forty packages, some 2 s in all.
    line = [NODE, NPM, "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = {"PATH": f"{NODE.parent}:{os.environ['PATH']}"}
    try:
        run = subprocess.run(
            line, cwd=PLACE, env=os.environ | path, timeout=BRING_WITHIN, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"The OpenID provider's packages could not be fetched within {BRING_WITHIN} s; run the tests again")
    if run.returncode:
        pytest.fail(f"The OpenID provider's packages could not be fetched: {(run.stderr or run.stdout)[-2000:]}")
