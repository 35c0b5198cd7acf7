"""A virtual iPhone as a server: WebDriverAgent on one port, its MJPEG stream on another."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from greenroom.agent.virtual.contracts import Refused
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.http import HttpServer, Request, Response, as_json
from greenroom.agent.virtual.iphone import finding
from greenroom.agent.virtual.iphone.routes import ANYWHERE, ELEMENTS, INSIDE, Handler
from greenroom.agent.virtual.iphone.session import Session, WdaError
from greenroom.agent.virtual.picture import jpeg_picture

BOUNDARY = "--BoundaryString"
REPEAT = 1.0  # seconds, while nothing changes


class IPhone:
    """One phone behind two ports; `serve` opens them, `close` ends everything."""

    def __init__(self, handset: Handset, *, serial: str) -> None:
        self.handset, self.serial = handset, serial
        self.session = Session(handset)
        self.answering = asyncio.Event()
        self.answering.set()
        self._wda = HttpServer(self._answer, self.answering)
        self._mjpeg = HttpServer(self._stream, self.answering)

    @property
    def port(self) -> int:
        return self._wda.port

    @property
    def mjpeg_port(self) -> int:
        return self._mjpeg.port

    @property
    def present(self) -> bool:
        return self._wda.present

    async def serve(self, host: str = "127.0.0.1", port: int = 0, mjpeg_port: int = 0) -> int:
        await self._wda.open(host, port)
        await self._mjpeg.open(host, mjpeg_port)
        return self.port

    async def away(self) -> None:
        """As if its cable were pulled; WebDriverAgent forgets its session."""
        self.session.close()
        await self._wda.away()
        await self._mjpeg.away()

    async def back(self) -> None:
        await self._wda.back()
        await self._mjpeg.back()

    def ask(self, asks: bool) -> None:
        if asks:
            raise ValueError("WebDriverAgent asks nobody who they are")

    def asks(self) -> bool:
        return False

    async def close(self) -> None:
        self.answering.set()
        await self._wda.close()
        await self._mjpeg.close()
        self.handset.rest()

    # -- WebDriverAgent -------------------------------------------------------------------------------------------

    async def _answer(self, request: Request) -> Response:
        await self.handset.slowly()
        await self.handset.ready()
        try:
            body = request.json()
            if not isinstance(body, dict):
                raise ValueError("the body is no object")
            value = await self._call(request.method, request.path.strip("/").split("/"), {**request.query, **body})
        except WdaError as error:
            return self._failed(error.name, error.message, error.status)
        except Refused as error:
            return self._failed("unknown error", str(error), "500 Internal Server Error")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return self._failed("invalid argument", f"{type(error).__name__}: {error}", "400 Bad Request")
        return as_json({"value": value, "sessionId": self.session.number or None})

    async def _call(self, method: str, parts: list[str], body: dict[str, object]) -> object:
        path = "/".join(parts)
        if (method, path) in ANYWHERE:
            return await ANYWHERE[method, path](self.session, body)
        if parts[0] == "session" and len(parts) > 1:
            if parts[1] != self.session.number:
                raise WdaError("invalid session id", "Session does not exist", "404 Not Found")
            return await self._inside(method, parts[2:], body)
        raise WdaError("unknown command", f"Unhandled endpoint: {method} /{path}", "404 Not Found")

    async def _inside(self, method: str, parts: list[str], body: dict[str, object]) -> object:
        path = "/".join(parts)
        handler: Handler | None = INSIDE.get((method, path)) or ANYWHERE.get((method, path))
        if handler:
            return await handler(self.session, body)
        named = parts[1:] if parts[:2] == ["wda", "element"] else parts
        if named[:1] == ["element"] and len(named) > 2:
            if named[2] == "attribute" and len(named) > 3:
                return await finding.element_attribute(self.session, body, named[1], named[3])
            handler = ELEMENTS.get((method, named[2]))
            if handler:
                return await handler(self.session, body, named[1])
        raise WdaError("unknown command", f"Unhandled endpoint: {method} /session/…/{path}", "404 Not Found")

    def _failed(self, name: str, message: str, status: str) -> Response:
        value = {"error": name, "message": message, "traceback": ""}
        return as_json({"value": value, "sessionId": self.session.number or None}, status)

    # -- MJPEG ----------------------------------------------------------------------------------------------------

    async def _stream(self, request: Request) -> Response:
        kind = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
        return Response(kind=kind, headers={"Cache-Control": "no-cache", "Pragma": "no-cache"}, parts=self._pictures())

    async def _pictures(self) -> AsyncIterator[bytes]:
        """A picture when the screen changes, and one each second while it does not."""
        loop = asyncio.get_running_loop()
        with self.handset.watched() as changed:
            while True:
                began = loop.time()
                changed.clear()
                await self.handset.slowly()
                picture = await self._picture()
                head = f"{BOUNDARY}\r\nContent-type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                yield head.encode() + picture + b"\r\n"
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), REPEAT)
                rate = max(1.0, min(60.0, float(self.session.settings["mjpegServerFramerate"])))
                await asyncio.sleep(max(0.0, began + 1 / rate - loop.time()))

    async def _picture(self) -> bytes:
        settings = self.session.settings
        scale = max(5.0, min(100.0, float(settings["mjpegScalingFactor"]))) / 100
        return await jpeg_picture(
            self.handset.phone, scale=scale, quality=int(settings["mjpegServerScreenshotQuality"])
        )
