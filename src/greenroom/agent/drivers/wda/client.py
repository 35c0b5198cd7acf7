"""One WebDriverAgent over HTTP: its session is kept, made again when it is lost, and its settings with it."""

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from greenroom.agent.drivers.wda.wire import CAPABILITIES, SETTINGS, SessionLost, read_answer, read_session
from greenroom.agent.errors import Offline, Refused, TimedOut

if TYPE_CHECKING:
    import httpx

LARGEST = 64 << 20  # bytes of an answer; a screenshot has about 10 MB
CONNECT = 5.0  # seconds
GONE = "does not answer at {}: start WebDriverAgent on it, and look whether it is unlocked"


class WdaClient:
    """Its settings are kept over its sessions. Calls have their own time each, in seconds."""

    def __init__(self, address: str, *, name: str) -> None:
        import httpx  # loaded with the first iPhone: an agent that starts is there sooner

        self.name, self.address = name, address.rstrip("/")
        self._settings: dict[str, object] = dict(SETTINGS)
        self._http = httpx.AsyncClient(
            base_url=self.address, trust_env=False, limits=httpx.Limits(max_connections=6), follow_redirects=False
        )
        self._session = ""
        self._making = asyncio.Lock()

    async def get(self, path: str, *, seconds: float = 10.0) -> Any:
        """The value at a path that needs no session."""
        return await self._value("GET", path, None, seconds)

    async def post(self, path: str, body: dict[str, Any] | None = None, *, seconds: float = 10.0) -> Any:
        return await self._value("POST", path, body or {}, seconds)

    async def ask(
        self, method: Literal["GET", "POST"], path: str, body: dict[str, Any] | None = None, *, seconds: float = 10.0
    ) -> Any:
        """The value at a path below the session, which is made if need be."""
        for _ in range(2):
            session = await self._ensure()
            try:
                sent = None if method == "GET" else body or {}
                return await self._value(method, f"/session/{session}{path}", sent, seconds)
            except SessionLost:
                self._forget(session)
        raise Refused(self.name, "ends each session at once: another program drives it; end that one")

    async def set(self, settings: dict[str, object]) -> None:
        """Add to the settings, of this session and of those to come."""
        self._settings |= settings
        await self.ask("POST", "/appium/settings", {"settings": settings})

    async def close(self) -> None:
        await self._http.aclose()

    # -- the session ----------------------------------------------------------------------------------------------

    async def _ensure(self) -> str:
        async with self._making:
            if not self._session:
                _, body = await self._send("POST", "/session", {"capabilities": {"alwaysMatch": CAPABILITIES}}, 30.0)
                read_answer(self.name, 200, body)
                self._session = read_session(body)
                if not self._session:
                    raise Refused(self.name, "made no session: start WebDriverAgent again")
                path = f"/session/{self._session}/appium/settings"
                await self._value("POST", path, {"settings": self._settings}, 10.0)
            return self._session

    def _forget(self, session: str) -> None:
        if self._session == session:
            self._session = ""

    # -- HTTP -----------------------------------------------------------------------------------------------------

    async def _value(self, method: str, path: str, body: dict[str, Any] | None, seconds: float) -> Any:
        status, data = await self._send(method, path, body, seconds)
        return read_answer(self.name, status, data)

    async def _send(self, method: str, path: str, body: dict[str, Any] | None, seconds: float) -> tuple[int, bytes]:
        import httpx

        try:
            async with (
                asyncio.timeout(seconds),
                self._http.stream(method, path, json=body, timeout=httpx.Timeout(seconds, connect=CONNECT)) as answer,
            ):
                return answer.status_code, await self._body(answer)
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout) as error:
            raise TimedOut(self.name, f"answer {path.rpartition('/')[2]}", seconds) from error
        except httpx.HTTPError as error:
            raise Offline(self.name, GONE.format(self.address)) from error

    async def _body(self, answer: "httpx.Response") -> bytes:
        data = bytearray()
        async for part in answer.aiter_bytes():
            data += part
            if len(data) > LARGEST:
                raise Refused(self.name, f"answered with more than {LARGEST >> 20} MiB")
        return bytes(data)
