"""The methods of uiautomator2's server, by their names in JSON-RPC."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenroom.agent.virtual import keycodes
from greenroom.agent.virtual.android.automation.selector import select
from greenroom.agent.virtual.android.hierarchy import Element, elements, hierarchy
from greenroom.agent.virtual.contracts import Action
from greenroom.agent.virtual.model.packages import SDK
from greenroom.agent.virtual.picture import jpeg_picture

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

STEP = 0.005  # seconds, uiautomator's step of a swipe
LOOK = 0.05  # how often a wait looks
QUICK = 5  # steps of a fling
ROTATIONS = {"natural": 0, "n": 0, "left": 1, "l": 1, "upsidedown": 2, "u": 2, "right": 3, "r": 3}
ACTIONS: dict[int, Action] = {0: "down", 1: "up", 2: "move"}
KEYS = {
    "home": 3, "back": 4, "left": 21, "right": 22, "up": 19, "down": 20, "center": 23, "menu": 82, "search": 84,
    "enter": 66, "delete": 67, "del": 67, "recent": 187, "volume_up": 24, "volume_down": 25, "volume_mute": 164,
    "camera": 27, "power": 26,
}  # fmt: skip

Selector = dict[str, Any]


class NotFound(Exception):
    """No element fits; clients know it by the name of the Java class."""


@dataclass(slots=True)
class Methods:
    """One server's methods; `found` is the element that a selector means."""

    device: "Android"

    def all(self, selector: Selector) -> list[Element]:
        phone = self.device.handset.phone
        return select(elements(phone.tree(), phone.front()[0]), selector)

    def one(self, selector: Selector) -> Element:
        found = self.all(selector)
        if not found:
            shown = {name: value for name, value in selector.items() if name != "mask" and value != []}
            raise NotFound(f"androidx.test.uiautomator.UiObjectNotFoundException: UiSelector{shown}")
        return found[0]

    # -- the device -----------------------------------------------------------------------------------------------

    async def device_info(self) -> dict[str, Any]:
        phone, device = self.device.handset.phone, self.device
        width, height = phone.size
        dots = device.density() / 160
        return {
            "currentPackageName": phone.front()[0], "displayHeight": height, "displayRotation": phone.rotation,
            "displaySizeDpX": round(width / dots), "displaySizeDpY": round(height / dots), "displayWidth": width,
            "productName": device.properties()["ro.product.name"], "screenOn": phone.screen_on, "sdkInt": SDK,
            "naturalOrientation": phone.rotation % 2 == 0,
        }  # fmt: skip

    async def dump(self, compressed: bool = False, most: int = 50, *_: Any) -> str:
        phone = self.device.handset.phone
        return hierarchy(phone.tree(), phone.front()[0], phone.rotation, most=most or 50)

    async def screenshot(self, scale: float = 1.0, quality: int = 80) -> str:
        data = await jpeg_picture(self.device.handset.phone, scale=float(scale), quality=int(quality))
        return base64.b64encode(data).decode()

    async def wake(self) -> bool:
        if not self.device.handset.phone.screen_on:
            self.device.handset.key(keycodes.WAKEUP)
        return True

    async def sleep(self) -> bool:
        if self.device.handset.phone.screen_on:
            self.device.handset.key(keycodes.SLEEP)
        return True

    async def orient(self, name: str) -> None:
        self.device.rotate(ROTATIONS.get(name, 0))

    async def freeze(self, frozen: bool) -> None:
        self.device.put_setting("system", "accelerometer_rotation", "0" if frozen else "1")

    async def open_panel(self) -> bool:
        self.device.panel("expand-notifications")
        return True

    async def nothing(self, *_: Any) -> None:
        return None

    async def set_clipboard(self, label: str | None, text: str) -> None:
        self.device.handset.phone.clipboard = text

    async def clipboard(self) -> str:
        return self.device.handset.phone.clipboard

    async def paste(self) -> bool:
        self.device.handset.text(self.device.handset.phone.clipboard)
        return True

    async def ping(self) -> str:
        return "pong"

    # -- fingers and keys -----------------------------------------------------------------------------------------

    async def click(self, *words: Any) -> bool:
        """At a point, perhaps held for some milliseconds; or on what a selector means."""
        handset = self.device.handset
        if isinstance(words[0], dict):
            x, y = middle(self.one(words[0]))
        else:
            x, y = round(words[0]), round(words[1])
        if len(words) > 2:
            await handset.press(x, y, int(words[2]) / 1000)
        else:
            handset.tap(x, y)
        return True

    async def long_click(self, selector: Selector) -> bool:
        await self.device.handset.press(*middle(self.one(selector)), 0.6)
        return True

    async def inject(self, action: int, x: float, y: float, meta: int = 0) -> bool:
        self.device.handset.touch(ACTIONS[action], round(x), round(y))
        return True

    async def swipe(self, *words: Any) -> bool:
        if isinstance(words[0], dict):
            return await self._swipe_in(words[0], str(words[1]), int(words[-1]))
        x1, y1, x2, y2 = (round(one) for one in words[:4])
        await self.device.handset.swipe((x1, y1), (x2, y2), int(words[4]) * STEP)
        return True

    async def _swipe_in(self, selector: Selector, direction: str, steps: int) -> bool:
        left, top, right, bottom = self.one(selector).node.box
        x, y = (left + right) // 2, (top + bottom) // 2
        end = {"up": (x, top + 1), "down": (x, bottom - 1), "left": (left + 1, y), "right": (right - 1, y)}[direction]
        await self.device.handset.swipe((x, y), end, steps * STEP)
        return True

    async def swipe_points(self, points: list[int], steps: int) -> bool:
        pairs = list(zip(points[::2], points[1::2], strict=True))
        handset = self.device.handset
        handset.touch("down", *pairs[0])
        for x, y in pairs[1:]:
            await asyncio.sleep(steps * STEP)
            handset.touch("move", x, y)
        handset.touch("up", *pairs[-1])
        return True

    async def drag(self, x1: float, y1: float, x2: float, y2: float, steps: int) -> bool:
        await self.device.handset.swipe((round(x1), round(y1)), (round(x2), round(y2)), steps * STEP, hold=0.6)
        return True

    async def drag_to(self, selector: Selector, *words: Any) -> bool:
        x, y = middle(self.one(selector))
        end = middle(self.one(words[0])) if isinstance(words[0], dict) else (round(words[0]), round(words[1]))
        return await self.drag(x, y, end[0], end[1], int(words[-1]))

    async def press_key(self, name: str) -> bool:
        self.device.handset.key(KEYS[name] if name in KEYS else keycodes.code_of(name))
        return True

    async def press_code(self, code: int, meta: int = 0) -> bool:
        self.device.handset.key(int(code))
        return True

    # -- elements -------------------------------------------------------------------------------------------------

    async def exist(self, selector: Selector) -> bool:
        return bool(self.all(selector))

    async def count(self, selector: Selector) -> int:
        return len(self.all(selector))

    async def info(self, selector: Selector) -> dict[str, Any]:
        return facts(self.one(selector))

    async def infos(self, selector: Selector) -> list[dict[str, Any]]:
        return [facts(one) for one in self.all(selector)]

    async def wait_for(self, selector: Selector, milliseconds: int) -> bool:
        return await self._until(lambda: bool(self.all(selector)), milliseconds)

    async def wait_gone(self, selector: Selector, milliseconds: int) -> bool:
        return await self._until(lambda: not self.all(selector), milliseconds)

    async def _until(self, holds: Callable[[], bool], milliseconds: int) -> bool:
        """Looks again after each change of the screen."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + milliseconds / 1000
        with self.device.handset.watched() as changed:
            while not holds():
                left = deadline - loop.time()
                if left <= 0:
                    return False
                changed.clear()
                try:
                    await asyncio.wait_for(changed.wait(), left)
                except TimeoutError:
                    return holds()
                await asyncio.sleep(0)
        return True

    async def text_of(self, selector: Selector) -> str:
        return self.one(selector).node.text

    async def set_text(self, selector: Selector, text: str) -> bool:
        """Focus the field, empty it and type."""
        field = self.one(selector)
        if not field.node.editable:
            return False
        self._focus(field)
        self._empty(field)
        self.device.handset.text(text)
        return True

    async def clear_text(self, selector: Selector) -> bool:
        field = self.one(selector)
        self._focus(field)
        self._empty(field)
        return True

    async def clear_focused(self) -> bool:
        field = next((one for one in self.all({}) if one.node.focused and one.node.editable), None)
        if field:
            self._empty(field)
        return field is not None

    def _focus(self, field: Element) -> None:
        if not field.node.focused:
            self.device.handset.tap(*middle(field))

    def _empty(self, field: Element) -> None:
        self.device.handset.key(keycodes.MOVE_END)
        for _ in field.node.text:
            self.device.handset.key(keycodes.DELETE)

    async def scroll(self, selector: Selector, vertical: bool, forward: bool, steps: int) -> bool:
        """One page of a list; whether anything moved."""
        left, top, right, bottom = self.one(selector).node.box
        x, y = (left + right) // 2, (top + bottom) // 2
        near, far = (0.8, 0.2) if forward else (0.2, 0.8)
        if vertical:
            height = bottom - top
            start, end = (x, top + round(height * near)), (x, top + round(height * far))
        else:
            width = right - left
            start, end = (left + round(width * near), y), (left + round(width * far), y)
        before = self._shown()
        await self.device.handset.swipe(start, end, max(steps, 2) * STEP, linger=0.0 if steps <= QUICK else 0.1)
        await self.device.handset.idle(within=3.0)
        return before != self._shown()

    def _shown(self) -> list[tuple[str, tuple[int, int, int, int]]]:
        return [(one.node.text, one.node.box) for one in self.all({})]

    async def forward(self, selector: Selector, vertical: bool, steps: int = 55) -> bool:
        return await self.scroll(selector, vertical, True, steps)

    async def backward(self, selector: Selector, vertical: bool, steps: int = 55) -> bool:
        return await self.scroll(selector, vertical, False, steps)

    async def to_end(self, selector: Selector, vertical: bool, most: int = 1000, steps: int = 55) -> bool:
        return await self._far(selector, vertical, True, most, steps)

    async def to_beginning(self, selector: Selector, vertical: bool, most: int = 1000, steps: int = 55) -> bool:
        return await self._far(selector, vertical, False, most, steps)

    async def _far(self, selector: Selector, vertical: bool, forward: bool, most: int, steps: int) -> bool:
        for _ in range(min(most, 50)):
            if not await self.scroll(selector, vertical, forward, steps):
                break
        return True

    async def scroll_to(self, selector: Selector, wanted: Selector, vertical: bool, most: int = 30) -> bool:
        for forward in (True, False):
            for _ in range(most):
                if self.all(wanted):
                    return True
                if not await self.scroll(selector, vertical, forward, 55):
                    break
        return bool(self.all(wanted))


def middle(element: Element) -> tuple[int, int]:
    left, top, right, bottom = element.node.box
    return (left + right) // 2, (top + bottom) // 2


def facts(element: Element) -> dict[str, Any]:
    """An element as `objInfo` describes it."""
    node = element.node
    left, top, right, bottom = node.box
    bounds = {"bottom": bottom, "left": left, "right": right, "top": top}
    return {
        "bounds": bounds, "visibleBounds": bounds, "checkable": node.checked is not None, "checked": bool(node.checked),
        "childCount": len(node.children), "className": element.kind, "clickable": node.clickable,
        "contentDescription": node.description or None, "enabled": node.enabled,
        "focusable": node.clickable or node.editable, "focused": node.focused, "longClickable": node.editable,
        "packageName": element.owner, "resourceName": element.resource or None, "scrollable": node.scrollable,
        "selected": False, "text": node.text,
    }  # fmt: skip


Method = Callable[..., Awaitable[Any]]


def table(methods: Methods) -> dict[str, Method]:
    """The names that clients call."""
    it = methods
    return {
        "ping": it.ping, "deviceInfo": it.device_info, "dumpWindowHierarchy": it.dump, "takeScreenshot": it.screenshot,
        "wakeUp": it.wake, "sleep": it.sleep, "setOrientation": it.orient, "freezeRotation": it.freeze,
        "openNotification": it.open_panel, "openQuickSettings": it.open_panel, "setClipboard": it.set_clipboard,
        "getClipboard": it.clipboard, "pasteClipboard": it.paste, "click": it.click, "longClick": it.long_click,
        "injectInputEvent": it.inject, "swipe": it.swipe, "swipePoints": it.swipe_points, "drag": it.drag,
        "dragTo": it.drag_to, "pressKey": it.press_key, "pressKeyCode": it.press_code, "exist": it.exist,
        "count": it.count, "objInfo": it.info, "objInfoOfAllInstances": it.infos, "waitForExists": it.wait_for,
        "waitUntilGone": it.wait_gone, "getText": it.text_of, "setText": it.set_text, "clearTextField": it.clear_text,
        "clearInputText": it.clear_focused, "scrollForward": it.forward, "scrollBackward": it.backward,
        "scrollToEnd": it.to_end, "scrollToBeginning": it.to_beginning, "scrollTo": it.scroll_to,
        "flingForward": it.forward, "flingBackward": it.backward, "flingToEnd": it.to_end,
        "flingToBeginning": it.to_beginning, "getLastToast": it.nothing, "clearLastToast": it.nothing,
        "makeToast": it.nothing, "getLastTraversedText": it.nothing, "clearLastTraversedText": it.nothing,
    }  # fmt: skip
