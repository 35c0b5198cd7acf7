"""uiautomator2's server on the phone: HTTP with `GET /ping` and JSON-RPC on `POST /jsonrpc/0`."""

import asyncio
import functools
import json
from typing import TYPE_CHECKING, Any

from greenroom.agent.virtual.android.automation.methods import Method, Methods, NotFound, table
from greenroom.agent.virtual.android.stream import Stream
from greenroom.agent.virtual.contracts import Refused
from greenroom.agent.virtual.http import Request, Response, as_json, serve_http

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.shell.run import Run

PORT = "9008"
NOT_FOUND, BAD_CALL, NO_METHOD = -32002, -32602, -32601
ALREADY = (
    "[server] INFO: [UiAutomator2Server] Starting Server\njava.lang.IllegalStateException: "
    "UiAutomationService android.accessibilityservice.IAccessibilityServiceClient$Stub$Proxy@5deffd5"
    "already registered!\n"
)


async def serve_automation(run: "Run", words: list[str]) -> int:
    """Listen until the client that started it goes away; one owner of UiAutomation at a time."""
    device = run.device
    port = words[words.index("-p") + 1] if "-p" in words else PORT
    if device.automated:
        await run.say(ALREADY)
        return 1
    device.automated = True
    methods = table(Methods(device))

    async def service(stream: Stream) -> None:
        await device.handset.slowly()
        answer = functools.partial(_answer, device.handset.ready, methods)
        await serve_http(stream.read, stream.write, answer)

    closings = [device.listen(f"tcp:{port}", service), device.listen("localabstract:uiautomator2", service)]
    try:
        await run.say("[server] INFO: [UiAutomator2Server] Starting Server\n")
        await asyncio.Event().wait()
        return 0
    finally:
        device.automated = False
        for close in closings:
            close()


async def _answer(ready: Method, methods: dict[str, Method], request: Request) -> Response:
    await ready()
    if request.path == "/ping":
        return Response(b"pong", kind="text/plain")
    if request.method == "POST" and request.path == "/jsonrpc/0":
        return as_json(await _call(methods, request.body))
    return Response(b"Not Found", "404 Not Found", "text/plain")


async def _call(methods: dict[str, Method], body: bytes) -> dict[str, Any]:
    try:
        call = json.loads(body)
        number, name, params = call.get("id"), call.get("method"), call.get("params") or []
    except (ValueError, AttributeError):
        return _error(None, -32700, "JSON parse error")
    method = methods.get(name)
    if method is None:
        return _error(number, NO_METHOD, "method not found")
    try:
        result = await (method(**params) if isinstance(params, dict) else method(*params))
    except NotFound as error:
        return _error(number, NOT_FOUND, str(error), "androidx.test.uiautomator.UiObjectNotFoundException")
    except (TypeError, ValueError, KeyError, IndexError, Refused) as error:
        return _error(number, BAD_CALL, f"method parameters invalid: {error}")
    return {"jsonrpc": "2.0", "id": number, "result": result}


def _error(number: Any, code: int, message: str, kind: str = "java.lang.IllegalArgumentException") -> dict[str, Any]:
    data = {"exceptionTypeName": kind, "message": message}
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message, "data": data}}
