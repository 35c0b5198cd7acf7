"""The API as the demo's people use it: a session each, problem documents as sentences."""

from typing import Any

import httpx

from greenroom.infra.http.cookies import cookie_name
from greenroom.kit.errors import Problem, Unavailable

_WRONG_USE, _INTERNAL = 2, 70
"""Exit statuses: a topic or an option that cannot be taken is the caller's to mend, everything else is not."""


class Refused(Problem):
    """The API said no, with its own sentence."""


class Person:
    """One signed-in person of the demo, over HTTP."""

    def __init__(self, address: str, token: str) -> None:
        cookie = cookie_name(secure=address.startswith("https"))
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            headers={"Cookie": f"{cookie}={token}", "User-Agent": "greenroom-demo"},
            timeout=30,
        )

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._answer("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None, **query: Any) -> dict[str, Any]:
        return self._answer("POST", path, json=body or {}, params=query)

    def download(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def close(self) -> None:
        self._http.close()

    def _answer(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            answer = self._http.request(method, path, **options)
        except httpx.TransportError as error:
            raise Unavailable("Greenroom stopped answering; see its log and try again") from error
        if answer.status_code >= 400:
            raise Refused(_sentence(answer), exit_code=_WRONG_USE if answer.status_code == 422 else _INTERNAL)
        body: dict[str, Any] = answer.json() if answer.content else {}
        return body


def _sentence(answer: httpx.Response) -> str:
    try:
        document = answer.json()
    except ValueError:
        return f"The server answered {answer.status_code}"
    fields = "; ".join(f"{name}: {why}" for name, why in (document.get("errors") or {}).items())
    return f"{document.get('detail', document.get('title'))}{f' ({fields})' if fields else ''}"
