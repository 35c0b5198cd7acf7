"""Where the command line finds Greenroom and its token: the environment, else a file that only its owner reads."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from greenroom.entrypoints.client.api import Api, NotAllowed, is_loopback
from greenroom.kit.errors import Invalid

ADDRESS, TOKEN = "GREENROOM_API", "GREENROOM_TOKEN"


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """An installation's address and an API token for it."""

    address: str
    token: str

    def api(self) -> Api:
        return Api(self.address, {"Authorization": f"Bearer {self.token}"})


def find_login() -> Login:
    """From the environment, else from the file. Raises Invalid for no address or one without TLS, NotAllowed for no
    token.

    The file's token goes to the file's address only, whatever the environment says.
    """
    kept = _kept()
    named = os.environ.get(ADDRESS)
    said = named or (kept.address if kept else None)
    if said is None:
        raise Invalid("Say first where Greenroom is: `greenroom login ADDRESS`, or GREENROOM_API and GREENROOM_TOKEN")
    address = as_address(said)
    token = os.environ.get(TOKEN) or (kept.token if kept and kept.address == address else None)
    if token is None:
        raise NotAllowed(f"There is no token for {address}; run `greenroom login {address}`", answered=401)
    return Login(address, as_token(token))


def keep_login(login: Login) -> Path:
    """Write the file anew, readable by its owner only, and say where it is."""
    file = login_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump({"address": login.address, "token": login.token}, out)
    fresh.replace(file)
    return file


def login_file() -> Path:
    if sys.platform == "darwin" and "XDG_CONFIG_HOME" not in os.environ:
        return Path.home() / "Library" / "Application Support" / "Greenroom" / "login.json"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "greenroom" / "login.json"


def as_address(text: str) -> str:
    """The address without a path; https:// where no scheme is said, but http:// for this machine. Raises Invalid.

    A token goes over plain HTTP to this machine only.
    """
    address = _read(text)
    if address.startswith("http://") and not is_loopback(address):
        raise Invalid(
            f"{address} has no TLS, so everybody on the way could read the token; give its address with https://, "
            "or the end of a tunnel on this machine"
        )
    return address


def _read(text: str) -> str:
    text = text.strip()
    wrong = Invalid("Write the address as in https://greenroom.example or 127.0.0.1:8000")
    try:
        if "://" not in text:
            text = f"{'http' if is_loopback(f'//{text}') else 'https'}://{text}"
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or port == 0:
        raise wrong
    return f"{parts.scheme}://{parts.netloc}"


def as_token(text: str) -> str:
    """The token as it goes into a header. Raises Invalid."""
    text = text.strip()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise Invalid("This is no API token; copy the whole of it, from gr_ on")
    return text


def _kept() -> Login | None:
    try:
        found = json.loads(login_file().read_text(encoding="utf-8"))
        return Login(_read(found["address"]), as_token(found["token"]))
    except (OSError, ValueError, TypeError, KeyError, Invalid):
        return None
