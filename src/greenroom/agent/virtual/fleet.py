"""Many virtual phones in one process, each on its own port, and the control API that switches their faults."""

import asyncio
import io
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image

from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.android.trust import Policy
from greenroom.agent.virtual.contracts import ANDROID, ANDROID_SMALL, IPHONE, Node, Refused
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.http import HttpServer, Request, Response, as_json
from greenroom.agent.virtual.iphone.device import IPhone
from greenroom.agent.virtual.model.apps.posts import ACCOUNTS
from greenroom.agent.virtual.model.phone import Phone
from greenroom.agent.virtual.touches import Touches
from greenroom.agent.virtual.trouble import FAULTS, Trouble, UnknownFault

NAMES = tuple(ACCOUNTS)
LOOKS = 6  # different wallpapers and photographs; phones with the same share their pictures in memory


@dataclass(frozen=True, slots=True)
class Plan:
    """What to open. With `port` 0 the system chooses every port; else Androids take `port` and up, one each, then
    iPhones two each (WebDriverAgent, MJPEG), and the control API the one after them."""

    androids: int = 1
    iphones: int = 0
    port: int = 0
    host: str = "127.0.0.1"
    seed: int | str = 1
    policy: Policy = "always"
    small: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    serial: str
    kind: str  # "android" or "iphone"
    device: Android | IPhone
    trouble: Trouble

    def address(self, host: str) -> str:
        return f"{host}:{self.device.port}"


class Fleet:
    """Open with `open_fleet`; everything ends with `close`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.members: dict[str, Member] = {}
        self.control = HttpServer(self._answer)
        self._touches = Touches()

    async def open(self) -> None:
        """Open every port; OSError, with all closed again, where one is taken."""
        try:
            port = self.plan.port
            for number in range(self.plan.androids):
                port = await self._android(number, port)
            for number in range(self.plan.iphones):
                port = await self._iphone(number, port)
            await self.control.open(self.plan.host, port)
        except OSError:
            await self.close()
            raise

    async def _android(self, number: int, port: int) -> int:
        shape = ANDROID_SMALL if self.plan.small else ANDROID
        serial = f"GRV{number + 1:05}"
        account = NAMES[number % len(NAMES)]
        phone = Phone(replace(shape, seed=f"{self.plan.seed}/{number % LOOKS}", serial=serial, account=account))
        device = Android(Handset(phone), serial=serial, policy=self.plan.policy)
        self.members[serial] = Member(serial, "android", device, Trouble(device))
        await device.serve(self.plan.host, port)
        return port + 1 if port else 0

    async def _iphone(self, number: int, port: int) -> int:
        serial = f"00008110-{number + 1:016X}"
        account = NAMES[-1 - number % len(NAMES)]
        phone = Phone(replace(IPHONE, seed=f"{self.plan.seed}/{number % LOOKS}", serial=serial, account=account))
        device = IPhone(Handset(phone), serial=serial)
        self.members[serial] = Member(serial, "iphone", device, Trouble(device))
        await device.serve(self.plan.host, port, port + 1 if port else 0)
        return port + 2 if port else 0

    async def close(self) -> None:
        await self.control.close()
        for member in self.members.values():
            await member.trouble.end()
        await asyncio.gather(*(member.device.close() for member in self.members.values()))

    # -- the control API ------------------------------------------------------------------------------------------

    def described(self, member: Member) -> dict[str, Any]:
        phone = member.device.handset.phone
        return {
            "serial": member.serial,
            "kind": member.kind,
            "address": member.address(self.plan.host),
            "mjpeg": f"{self.plan.host}:{member.device.mjpeg_port}" if isinstance(member.device, IPhone) else None,
            "model": phone.shape.model,
            "size": list(phone.size),
            "front": "/".join(phone.front()),
            "faults": member.trouble.shown(),
        }

    async def _answer(self, request: Request) -> Response:
        parts = request.path.strip("/").split("/")
        try:
            if parts == ["phones"]:
                return as_json([self.described(one) for one in self.members.values()])
            if parts == ["faults"]:
                return as_json(FAULTS)
            if parts == ["touches"]:
                return self._traced(request)
            if parts[0] == "phones" and len(parts) > 1 and parts[1] in self.members:
                return await self._about(self.members[parts[1]], parts[2:], request)
        except (UnknownFault, Refused, ValueError, KeyError, TypeError, AttributeError) as error:
            return as_json({"detail": str(error)}, "422 Unprocessable Content")
        except OSError as error:
            return as_json({"detail": f"A port is not free: {error}"}, "503 Service Unavailable")
        return as_json({"detail": "There is no such phone or path here."}, "404 Not Found")

    def _traced(self, request: Request) -> Response:
        """The touches since the last question; `{"on": true}` begins to write them down."""
        if request.method == "POST":
            handsets = {serial: one.device.handset for serial, one in self.members.items()}
            self._touches.follow(handsets, on=bool(request.json().get("on")))
        return as_json(self._touches.take())

    async def _about(self, member: Member, parts: list[str], request: Request) -> Response:
        match request.method, parts:
            case "GET", []:
                pass
            case "GET", ["screen.png"]:
                return Response(await asyncio.to_thread(_png, member.device.handset.phone.frame()), kind="image/png")
            case "POST", ["faults"]:
                await member.trouble.set(request.json())
            case "DELETE", ["faults"]:
                await member.trouble.clear()
            case "POST", ["tap"]:
                member.device.handset.tap(*_point(member.device.handset.phone.tree(), request.json()))
            case _:
                return as_json({"detail": "GET, POST faults, DELETE faults, POST tap, GET screen.png"}, "404 Not Found")
        return as_json(self.described(member))


async def open_fleet(plan: Plan) -> Fleet:
    """A fleet with every port open; OSError where one is taken."""
    fleet = Fleet(plan)
    await fleet.open()
    return fleet


def _point(tree: Node, said: dict[str, Any]) -> tuple[int, int]:
    """Where to tap: `x` and `y`, or the middle of what bears a `text`."""
    if "text" not in said:
        return int(said["x"]), int(said["y"])
    found = _with_text(tree, str(said["text"]))
    if found is None:
        raise ValueError(f"Nothing on the screen says {said['text']!r}.")
    left, top, right, bottom = found.box
    return (left + right) // 2, (top + bottom) // 2


def _with_text(node: Node, text: str) -> Node | None:
    if text in (node.text, node.description):
        return node
    return next((found for child in node.children if (found := _with_text(child, text))), None)


def _png(frame: Any) -> bytes:
    held = io.BytesIO()
    Image.fromarray(frame).save(held, "PNG", compress_level=1)
    return held.getvalue()
