"""One client of the HTTP API: requests sent again under one key, lists over their cursors, refusals as Problems."""

import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from greenroom import __version__
from greenroom.kit.errors import Problem
from greenroom.kit.text import clean_line

PAGE = 200
"""Items asked for at once; what the API gives at most."""
_PAUSES = (0.3, 1.0, 2.0, 4.0)
"""Seconds before a request whose answer was lost is sent again."""
_BUSY = frozenset({502, 503, 504})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Body = dict[str, Any]


class Refused(Problem):
    """The API said no, in its own words; `answered` is the status it gave."""

    exit_code = 1

    def __init__(self, detail: str, *, answered: int, **extra: Any) -> None:
        super().__init__(detail, **extra)
        self.answered = answered


class NotAllowed(Refused):
    """The token is unknown, over, or not enough for this."""

    exit_code = 4


class NotReachable(Problem):
    """No Greenroom answers, or it stopped answering."""

    status = 503
    slug = "not-reachable"
    title = "No Greenroom answers there"
    exit_code = 3


class Api:
    """An address and the headers that say who asks. Not for several threads."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self.address = address.rstrip("/")
        self._http = httpx.Client(
            base_url=f"{self.address}/api/v1",
            headers={"User-Agent": f"greenroom/{__version__}", **headers},
            timeout=30,
            trust_env=not is_loopback(self.address),  # a proxy never leads to this machine
        )

    def get(self, path: str, **query: Any) -> Body:
        return self._body("GET", path, params=_asked(query))

    def post(
        self, path: str, body: Body | None = None, *, key: str | None = None, again: bool = True, **query: Any
    ) -> Body:
        """Send it under an idempotency key, and again under the same one while no answer comes.

        `again` is False for what the API does not remember by its key: then a lost answer is an error at once.
        """
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self._body("POST", path, again=again, json=body or {}, params=_asked(query), headers=headers)

    def patch(self, path: str, body: Body, *, version: int) -> Body:
        """Change the record that was read at this version."""
        headers = {"If-Match": f'"{version}"'}
        return self._body("PATCH", path, again=False, json=body, headers=headers)

    def items(self, path: str, *, limit: int, **query: Any) -> Iterator[Body]:
        """The first `limit` items of a list, page after page."""
        cursor: str | None = None
        left = limit
        while left > 0:
            page = self.get(path, **query, limit=min(left, PAGE), **({"cursor": cursor} if cursor else {}))
            yield from page["items"][:left]
            left -= len(page["items"])
            cursor = page.get("next")
            if cursor is None:
                return

    def download(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def stream(self, path: str, **options: Any) -> Any:
        """A context manager over an answer that is read while it comes."""
        return self._http.stream("GET", path, **options)

    def close(self) -> None:
        self._http.close()

    def _body(self, method: str, path: str, *, again: bool = True, **options: Any) -> Body:
        answer = self._answer(method, path, again=again, **options)
        if answer.status_code >= 400:
            raise refusal(answer)
        try:
            found: Body = answer.json() if answer.content else {}
        except ValueError:
            raise NotReachable(f"What answers at {self.address} is not Greenroom; check the address") from None
        return found

    def _answer(self, method: str, path: str, *, again: bool, **options: Any) -> httpx.Response:
        """The answer; asks again after a pause where none came, or where the server was only busy."""
        pauses = iter(_PAUSES if again else ())
        sent = False
        while True:
            answer: httpx.Response | None = None
            try:
                answer = self._http.request(method, path, **options)
                if answer.status_code not in _BUSY:
                    return answer
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if not sent:  # nobody is there; waiting would not help
                    raise NotReachable(f"Nothing answers at {self.address}; check that Greenroom runs") from error
            except httpx.TransportError as error:
                if not again and method != "GET":
                    sentence = "The answer was lost, and it may have been done; look before you send it again"
                    raise NotReachable(sentence) from error
            sent = True
            pause = next(pauses, None)
            if pause is None:
                if answer is not None:
                    return answer
                raise NotReachable(f"{self.address} stopped answering; look what was done, then try again")
            time.sleep(pause)


def refusal(answer: httpx.Response) -> Problem:
    """What the answer's problem document says, as an error with the exit status that fits."""
    detail, fields, present = f"The server answered {answer.status_code}", {}, None
    try:
        document = answer.json()
        if isinstance(document, dict):
            detail = clean_line(str(document.get("detail") or document.get("title") or detail))
            fields = {clean_line(str(k)): clean_line(str(v)) for k, v in (document.get("errors") or {}).items()}
            present = document.get("present")
    except ValueError:
        """Not ours: a proxy in between, or something else altogether."""
    if answer.status_code in _BUSY:
        return NotReachable(detail, fields=fields)
    kind = NotAllowed if answer.status_code in (401, 403) else Refused
    return kind(detail, answered=answer.status_code, fields=fields, present=present)


def is_loopback(address: str) -> bool:
    return (urlsplit(address).hostname or "") in _LOOPBACK


def _asked(query: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}
