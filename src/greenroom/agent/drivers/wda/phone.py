"""An iPhone behind the interface of agent/phone.py, by mainline WebDriverAgent; what that cannot do is not declared."""

import asyncio
import base64
import contextlib
import struct
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn

from greenroom.agent.drivers.aim import UNCUT, aim, fault, hurried, same_shape
from greenroom.agent.drivers.channel import Channels, State, Watch
from greenroom.agent.drivers.deadline import within as deadline
from greenroom.agent.drivers.stills import stills
from greenroom.agent.drivers.tree_xml import BadTree, ios, read_tree
from greenroom.agent.drivers.wda.about import info, screen
from greenroom.agent.drivers.wda.actions import drawn
from greenroom.agent.drivers.wda.client import WdaClient
from greenroom.agent.drivers.wda.live import Mjpeg, live_settings
from greenroom.agent.drivers.wda.mjpeg import pictures
from greenroom.agent.drivers.wda.wire import read_base64
from greenroom.agent.errors import Lost, NotSupported, PhoneError, Refused
from greenroom.agent.phone_values import (
    Ability,
    App,
    Element,
    Front,
    Glance,
    Info,
    Key,
    Picture,
    Point,
    Progress,
    Quality,
    Size,
    Stop,
    VideoFrame,
)

ABILITIES = frozenset(
    {
        Ability.VIDEO_JPEG,
        Ability.SWIPE_PATH,
        Ability.UNICODE_TEXT,
        Ability.TREE,
        Ability.CLIPBOARD_READ,
        Ability.CLIPBOARD_WRITE,
        Ability.ROTATE,
    }
)
BUTTONS = {Key.HOME: "home", Key.VOLUME_UP: "volumeup", Key.VOLUME_DOWN: "volumedown"}
TYPED = {Key.ENTER: "\n", Key.DELETE: "\b", Key.TAB: "\t"}
TURNS = (
    "PORTRAIT",
    "LANDSCAPE",
    "UIA_DEVICE_ORIENTATION_PORTRAIT_UPSIDEDOWN",
    "UIA_DEVICE_ORIENTATION_LANDSCAPERIGHT",
)
PART = 100  # characters of one call


class WdaPhone:
    """`address` as http://127.0.0.1:8100; `video` the address of its picture, empty where it is not forwarded."""

    def __init__(self, address: str, *, name: str, video: str = "", watch: Watch | None = None) -> None:
        self._name, self._video = name, video
        self._client = WdaClient(address, name=name)
        self._watch = watch or Watch(asyncio.get_running_loop().time)
        self._scale = 0.0
        self._points: Size = (0, 0)
        self._mjpeg = Mjpeg(lambda: pictures(video, name, self._watch), self._tune, self._watch)

    @property
    def name(self) -> str:
        return self._name

    @property
    def abilities(self) -> frozenset[Ability]:
        return ABILITIES

    @property
    def channels(self) -> Channels:
        return self._watch.channels

    async def ready(self, *, within: float = 120.0) -> None:
        async with deadline(within, self._name, "start WebDriverAgent"):
            while True:
                with contextlib.suppress(PhoneError):
                    status = await self._client.get("/status", seconds=5)
                    if isinstance(status, dict) and status.get("ready", True):
                        return
                await asyncio.sleep(0.5)

    async def alive(self) -> float:
        clock = asyncio.get_running_loop().time
        began = clock()
        await self._client.get("/status", seconds=5)
        return clock() - began

    async def glance(self) -> Glance:
        return Glance((await self.front()).app)

    async def info(self) -> Info:
        status = await self._client.get("/status")
        points, scale = await self._screen()
        device = await self._client.ask("GET", "/wda/device/info")
        return info(status, device, await self._client.ask("GET", "/wda/batteryInfo"), points, scale)

    # -- seeing ---------------------------------------------------------------------------------------------------

    async def screenshot(self) -> Picture:
        data = read_base64(self._name, await self._client.get("/screenshot", seconds=20))
        if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 33:
            raise Refused(self._name, "took no screenshot: unlock it, and try again")
        width, height = struct.unpack_from(">II", data, 16)
        return Picture(width, height, "png", data)

    async def live(self, quality: Quality) -> AsyncGenerator[VideoFrame, None]:
        frames = self._mjpeg.frames(quality) if self._video else stills(self.screenshot, quality)
        async with contextlib.aclosing(frames):
            async for frame in frames:
                yield frame

    def want_key(self, quality: Quality) -> None:
        """Each of its pictures is one."""

    def retune(self, quality: Quality) -> None:
        self._mjpeg.retune(quality)

    async def tree(self) -> Element:
        try:
            source = await self._client.get("/source?format=xml", seconds=30)
            _, scale = await self._screen()
            tree = read_tree(str(source), ios(scale))
        except BadTree as error:
            self._watch.say("tree", State.DOWN, str(error))
            raise Refused(self._name, f"gave a list of elements that cannot be read: {error}") from error
        except PhoneError as error:
            self._watch.say("tree", State.DOWN, error.detail)
            raise
        self._watch.say("tree", State.UP)
        return tree

    async def front(self) -> Front:
        found = await self._client.get("/wda/activeAppInfo")
        return Front(str(found.get("bundleId", "")) if isinstance(found, dict) else "")

    # -- touching -------------------------------------------------------------------------------------------------

    async def tap(self, at: Point) -> None:
        x, y = await self._aim(at)
        await self._touch("/wda/tap", {"x": x, "y": y}, 5)

    async def long_tap(self, at: Point, *, held: float = 0.8) -> None:
        x, y = await self._aim(at)
        held = min(held, UNCUT)
        await self._touch("/wda/touchAndHold", {"x": x, "y": y, "duration": held}, 5 + held)

    async def swipe(self, path: Sequence[Stop], frame: Size) -> None:
        if wrong := fault(path):
            raise Refused(self._name, f"cannot be swiped like that: {wrong}")
        path = hurried(path)
        points = await self._held()
        spots = [self._spot(Point(stop.x, stop.y, frame), points) for stop in path]
        stops = [Stop(x, y, stop.at) for (x, y), stop in zip(spots, path, strict=True)]
        await self._touch("/actions", drawn(stops), 10 + path[-1].at - path[0].at)

    async def key(self, key: Key, *, long: bool = False) -> None:
        if key is Key.HOME and not long:
            await self._client.post("/wda/homescreen")
        elif name := BUTTONS.get(key):
            await self._touch("/wda/pressButton", {"name": name} | ({"duration": 1.0} if long else {}), 5)
        elif key in (Key.POWER, Key.SLEEP, Key.WAKE):
            await self._client.post("/wda/unlock" if key is Key.WAKE else "/wda/lock")
        elif key in TYPED:
            await self.text(TYPED[key])
        else:
            self._cannot(f"press {key}")

    async def text(self, text: str) -> None:
        for at in range(0, len(text), PART):
            await self._touch("/wda/keys", {"value": list(text[at : at + PART])}, 30)

    # -- apps -----------------------------------------------------------------------------------------------------

    async def launch(self, app: str, activity: str = "") -> None:
        await self._client.ask("POST", "/wda/apps/launch", {"bundleId": app}, seconds=30)

    async def stop(self, app: str) -> None:
        await self._client.ask("POST", "/wda/apps/terminate", {"bundleId": app}, seconds=20)

    async def clear(self, app: str) -> None:
        self._cannot("clear an app: uninstall it and install it again")

    async def install(self, files: Sequence[Path], *, progress: Progress | None = None) -> None:
        self._cannot("install over WebDriverAgent alone: plug it into a computer with go-ios")

    async def uninstall(self, app: str) -> None:
        self._cannot("uninstall over WebDriverAgent alone: plug it into a computer with go-ios")

    async def apps(self) -> tuple[App, ...]:
        self._cannot("list its apps over WebDriverAgent alone: plug it into a computer with go-ios")

    # -- the rest -------------------------------------------------------------------------------------------------

    async def push(self, source: Path | bytes, target: str, *, progress: Progress | None = None) -> None:
        self._cannot("take files over WebDriverAgent alone: plug it into a computer with go-ios")

    async def give(self, source: Path, name: str, *, progress: Progress | None = None) -> str:
        self._cannot("take files over WebDriverAgent alone: plug it into a computer with go-ios")

    async def pull(self, source: str, target: Path, *, progress: Progress | None = None) -> None:
        self._cannot("give files over WebDriverAgent alone: plug it into a computer with go-ios")

    async def clipboard(self) -> str:
        value = await self._client.ask("POST", "/wda/getPasteboard", {"contentType": "plaintext"})
        return read_base64(self._name, value).decode("utf-8", "replace")

    async def set_clipboard(self, text: str) -> None:
        content = base64.b64encode(text.encode()).decode()
        await self._client.ask("POST", "/wda/setPasteboard", {"contentType": "plaintext", "content": content})

    async def rotate(self, quarter: int) -> None:
        if quarter not in (0, 1, 2, 3):
            raise Refused(self._name, "turns by quarters: give 0, 1, 2 or 3")
        await self._client.ask("POST", "/orientation", {"orientation": TURNS[quarter]})

    async def reboot(self) -> None:
        self._cannot("restart over WebDriverAgent alone: do it by hand")

    async def close(self) -> None:
        await self._mjpeg.close()
        await self._client.close()

    # -- inside ---------------------------------------------------------------------------------------------------

    async def _screen(self) -> tuple[Size, float]:
        """Size in points as the phone is held, and pixels a point."""
        if not self._scale:
            _, self._scale = screen(await self._client.get("/wda/screen"))
        self._points, _ = screen({"screenSize": await self._client.ask("GET", "/window/size")})
        return self._points, self._scale

    async def _tune(self, quality: Quality) -> None:
        (width, height), scale = await self._screen()
        await self._client.set(live_settings(quality, (round(width * scale), round(height * scale))))

    async def _held(self) -> Size:
        """Size in points, asked again only when the live picture does not prove that it is the same still."""
        seen = self._mjpeg.seen  # the newest live frame tells of a turn; a screenshot would be too old
        if seen and same_shape(seen, self._points):
            return self._points
        return (await self._screen())[0]

    async def _aim(self, at: Point) -> tuple[int, int]:
        return self._spot(at, await self._held())

    def _spot(self, at: Point, points: Size) -> tuple[int, int]:
        """The place in the phone's own points; Lost when it is held another way than on the frame."""
        spot = aim(at, points)
        if spot is None:
            raise Lost(self._name)
        return spot

    async def _touch(self, path: str, body: dict[str, Any], seconds: float) -> None:
        method: Literal["POST"] = "POST"
        try:
            await self._client.ask(method, path, body, seconds=seconds)
        except PhoneError as error:
            self._watch.say("input", State.DOWN, error.detail)
            raise
        self._watch.say("input", State.UP)

    def _cannot(self, doing: str) -> NoReturn:
        raise NotSupported(self._name, f"cannot {doing}")
