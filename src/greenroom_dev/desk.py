"""A running installation's HTTP API in the hands of its first administrator, for tests and screenshots."""

import time
from typing import Any
from urllib.parse import urlsplit

import httpx

from greenroom.entrypoints.running import Running

EMAIL, PASSWORD = "ada@example.com", "a green door opens"
ADMINISTRATOR = {
    "name": "Ada Lovelace", "email": EMAIL, "password": PASSWORD, "organisation": "Analytical Agency",
    "client": "Engine Works", "zone": "Europe/London",
}  # fmt: skip
_WORKING = ("scripting", "generating", "assembling", "checking")


class Refused(Exception):
    """The installation said no, or what was waited for did not come; with its words."""


class Desk:
    """One session. Raises Refused for every answer that is not 2xx."""

    def __init__(self, url: str, cookie: tuple[str, str]) -> None:
        self.url = url.rstrip("/")
        self.cookie = cookie
        # Sent by hand: cookie jars keep a secure cookie from plain HTTP, even on this machine.
        self._http = httpx.Client(
            base_url=f"{self.url}/api/v1", headers={"Cookie": "=".join(cookie)}, timeout=30, trust_env=False
        )

    @classmethod
    def first(cls, running: Running, **instead: str) -> "Desk":
        """Make the first administrator of a new installation; `instead` replaces fields of the form."""
        if running.first_run is None:
            raise Refused("This installation has an administrator already; take a fresh GREENROOM_HOME")
        form = {"token": running.first_run.rsplit("/", 1)[1], **ADMINISTRATOR, **instead}
        return cls._entered(running.url, "first-run", form)

    @classmethod
    def sign_in(cls, url: str, email: str = EMAIL, password: str = PASSWORD) -> "Desk":
        return cls._entered(url, "session", {"email": email, "password": password})

    @classmethod
    def _entered(cls, url: str, path: str, form: dict[str, str]) -> "Desk":
        answer = httpx.post(f"{url.rstrip('/')}/api/v1/{path}", json=form, timeout=30, trust_env=False)
        if not answer.is_success:
            raise Refused(answer.text)
        name, _, value = answer.headers["set-cookie"].split(";")[0].partition("=")
        return cls(url, (name, value))

    @property
    def browser_cookie(self) -> dict[str, Any]:
        """The session for a browser, which then is signed in as this person."""
        name, value = self.cookie
        secure = name.startswith("__Host-")
        url = f"https://{urlsplit(self.url).hostname}" if secure else self.url
        return {"name": name, "value": value, "url": url, "httpOnly": True, "secure": secure}

    def get(self, path: str, **query: Any) -> Any:
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
        return self._ask("POST", path, json=body or {}, params=query)

    def patch(self, path: str, body: dict[str, Any], version: int | None = None) -> Any:
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        return self._ask("PATCH", path, json=body, headers=headers)

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)

    def character(self, *, client: str | None = None, **fields: Any) -> dict[str, Any]:
        """A character; the seed is fixed, so that what it looks like and says is the same every time."""
        query = {"client": client} if client else {}
        made: dict[str, Any] = self.post("/characters", {"template": "ledger", "seed": 41, **fields}, **query)
        return made

    def content(self, character: dict[str, Any], topic: str, **brief: Any) -> str:
        """Ask for a video; gives its id."""
        body = {"character_id": character["id"], "topic": topic, "seconds": 15, **brief}
        return str(self.post("/contents", body, client=character["client_id"])["content"]["id"])

    def settled(self, content: str, *, within: float = 240) -> dict[str, Any]:
        """The content once nothing is made of it any more."""
        return self._until(f"/contents/{content}", lambda one: one["status"] not in _WORKING, within)

    def reviewed(self, content: str, decision: str = "approve", **words: Any) -> dict[str, Any]:
        version = self.get(f"/contents/{content}")["version"]
        done: dict[str, Any] = self.post(
            f"/contents/{content}/reviews", {"decision": decision, "version": version, **words}
        )
        return done

    def page_of(self, character: dict[str, Any]) -> dict[str, Any]:
        """The account of the character's public page."""
        accounts: list[dict[str, Any]] = self.get("/accounts", client=character["client_id"])["items"]
        return next(one for one in accounts if one["character_id"] == character["id"])

    def posted(self, content: str, account: dict[str, Any], **words: Any) -> dict[str, Any]:
        """Plan a post; without `at` it goes out now."""
        body = {"content_id": content, "account_id": account["id"], **words}
        made: dict[str, Any] = self.post("/posts", body, client=account["client_id"])
        return made

    def published(self, post: str, *, within: float = 120) -> dict[str, Any]:
        return self._until(f"/posts/{post}", lambda one: one["state"] == "published", within)

    def _until(self, path: str, enough: Any, within: float) -> dict[str, Any]:
        deadline = time.monotonic() + within
        while not enough(found := self.get(path)):
            if time.monotonic() > deadline:
                raise Refused(f"Not so within {within:g} s: {found}")
            time.sleep(0.1)
        result: dict[str, Any] = found
        return result

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        answer = self._http.request(method, path, **options)
        if not answer.is_success:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else {}
