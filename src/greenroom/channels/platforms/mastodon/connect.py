"""Being let in by a member of a server: registered there, authorised by the member (OAuth with PKCE), and known."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from greenroom.channels.errors import RetryLater
from greenroom.channels.platforms.mastodon.api import Body, Refused, Said, as_form, ask
from greenroom.infra.context import House
from greenroom.infra.fetch.call import NoAnswer
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Invalid, Unavailable

APP, TOKEN = "mastodon.app", "mastodon.token"
"""Kinds of what lies in the vault."""

_SCOPES = "read:accounts read:statuses write:media write:statuses"


class NotLetIn(Exception):
    """The server or its member says no to us; nothing is kept."""


@dataclass(frozen=True, slots=True)
class App:
    """Who we are on a server: registered anew for each account, so that one that is revoked takes no other with it."""

    service: str
    key: str
    secret: str

    def kept(self) -> Secret:
        return Secret(json.dumps({"service": self.service, "key": self.key, "secret": self.secret}))


@dataclass(frozen=True, slots=True)
class Member:
    """Whose account it is. `remote` is the same after a change of name."""

    remote: str
    handle: str
    url: str


def app_of(kept: Secret) -> App:
    return App(**json.loads(kept.reveal()))


def token_of(access: str) -> Secret:
    return Secret(json.dumps({"access": access}))


def access_in(kept: Secret) -> str:
    access: str = json.loads(kept.reveal())["access"]
    return access


def server_in(written: str) -> str:
    """The server in what a person writes: its name or address, or a member's (@mara@example.social)."""
    written = written.strip()
    return written if "://" in written else written.rpartition("@")[2]


async def register(house: House, service: str, redirect: str) -> App:
    """Raises Invalid, for the field, when it is no such server or wants nothing of us; Unavailable when it is away."""
    fields = {"client_name": "Greenroom", "redirect_uris": redirect, "scopes": _SCOPES}
    host = urlsplit(service).netloc
    try:
        made = (await ask(house, service, "POST", "/api/v1/apps", body=as_form(fields))).value
        return App(service, str(made["client_id"]), str(made["client_secret"]))
    except (AddressRefused, AnswerRefused, Refused, LookupError, TypeError) as error:
        sentence = f"{host} does not answer as a Mastodon server; check its address"
        if isinstance(error, Refused) and error.status in (403, 422, 429):
            sentence = f"{host} does not register us: {error.message or error.status}. Try again later"
        elif isinstance(error, AddressRefused):
            sentence = error.detail
        raise Invalid(sentence, fields={"service": sentence}) from error
    except (RetryLater, NoAnswer) as error:
        raise Unavailable(error.detail) from error


def authorise_address(app: App, redirect: str, *, state: str, challenge: str) -> str:
    """Where the member's browser goes to let us in."""
    asked = {
        "response_type": "code",
        "client_id": app.key,
        "redirect_uri": redirect,
        "scope": _SCOPES,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "force_login": "true",
    }
    return f"{app.service}/oauth/authorize?{urlencode(asked)}"


async def exchange(house: House, app: App, code: str, *, verifier: str, redirect: str) -> str:
    """The token for a code. Raises NotLetIn, RetryLater, NoAnswer."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": app.key,
        "client_secret": app.secret,
        "redirect_uri": redirect,
        "code_verifier": verifier,
        "scope": _SCOPES,
    }
    said = await _ask(house, app.service, "POST", "/oauth/token", body=as_form(fields))
    return str(_field(said.value, "access_token"))


async def member(house: House, service: str, token: str) -> Member:
    """Raises NotLetIn, RetryLater, NoAnswer."""
    value = (await _ask(house, service, "GET", "/api/v1/accounts/verify_credentials", token=token)).value
    host = urlsplit(service).netloc
    name = str(_field(value, "username"))
    url = str(value.get("url") or "")
    return Member(
        f"{_field(value, 'id')}@{host}",
        f"{name}@{host}"[:200],
        url if url.startswith(("https://", "http://")) else f"{service}/@{name}",
    )


async def revoke(house: House, app: App, token: str) -> bool:
    """Give the token back; whether the server took it."""
    fields = {"client_id": app.key, "client_secret": app.secret, "token": token}
    try:
        await ask(house, app.service, "POST", "/oauth/revoke", body=as_form(fields))
    except (Refused, RetryLater, NoAnswer, AddressRefused, AnswerRefused):
        return False
    return True


async def _ask(
    house: House, service: str, method: str, path: str, *, body: Body | None = None, token: str = ""
) -> Said:
    try:
        return await ask(house, service, method, path, body=body, token=token)
    except (Refused, AddressRefused, AnswerRefused) as refused:
        raise NotLetIn(str(refused)) from refused


def _field(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or not value.get(name):
        raise NotLetIn(f"the answer has no {name}")
    return value[name]
