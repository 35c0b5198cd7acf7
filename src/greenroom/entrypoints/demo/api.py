"""The API as the demo's people use it: a session each, and the exit statuses that the demo promises."""

from typing import Any

import httpx

from greenroom.entrypoints.client.api import Api, Refused
from greenroom.infra.http.cookies import cookie_name

_WRONG_USE, _INTERNAL = 2, 70
"""Exit statuses: a topic or an option that cannot be taken is the caller's to mend, everything else is not."""


class Person:
    """One signed-in person of the demo, over HTTP."""

    def __init__(self, address: str, token: str) -> None:
        cookie = cookie_name(secure=address.startswith("https"))
        self._api = Api(address, {"Cookie": f"{cookie}={token}"})

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        try:
            return self._api.get(path, **query)
        except Refused as refused:
            raise _with_status(refused) from None

    def post(self, path: str, body: dict[str, Any] | None = None, **query: Any) -> dict[str, Any]:
        try:
            return self._api.post(path, body, again=False, **query)
        except Refused as refused:
            raise _with_status(refused) from None

    def download(self, path: str) -> httpx.Response:
        return self._api.download(path)

    def close(self) -> None:
        self._api.close()


def _with_status(refused: Refused) -> Refused:
    fields = "; ".join(f"{name}: {why}" for name, why in refused.fields.items())
    detail = f"{refused.detail}{f' ({fields})' if fields else ''}"
    code = _WRONG_USE if refused.answered == 422 else _INTERNAL
    return Refused(detail, answered=refused.answered, exit_code=code)
