"""WebDriverAgent's routes about the phone as a whole and its apps. Sizes are points, durations seconds."""

import asyncio
import base64
from typing import Any

from greenroom.agent.virtual.iphone.elements import json_of, xml_of
from greenroom.agent.virtual.iphone.session import Body, Session, bad_argument
from greenroom.agent.virtual.keycodes import HOME, POWER
from greenroom.agent.virtual.picture import png_picture

VERSION = "17.5"
RUNNER = "com.facebook.WebDriverAgentRunner"


async def status(it: Session, body: Body) -> Any:
    return {
        "message": "WebDriverAgent is ready to accept commands", "state": "success", "ready": True,
        "os": {"testmanagerdVersion": 28, "name": "iOS", "sdkVersion": VERSION, "version": VERSION},
        "ios": {"ip": "127.0.0.1"}, "device": "iphone", "sessionId": it.number or None,
        "build": {"version": "9.3.3", "time": "Jun  1 2026 08:00:00", "productBundleIdentifier": RUNNER},
    }  # fmt: skip


async def healthcheck(it: Session, body: Body) -> Any:
    return "I-AM-ALIVE"


async def screenshot(it: Session, body: Body) -> Any:
    return base64.b64encode(await png_picture(it.handset.phone)).decode()


async def source(it: Session, body: Body) -> Any:
    form = body.get("format", "xml")
    if form == "json":
        return json_of(it.root())
    if form == "description":
        return "\n".join(f"{one.type}, {one.rect}, label: {one.label!r}" for one in it.root().walk())
    return xml_of(it.root())


async def create(it: Session, body: Body) -> Any:
    wanted = body.get("capabilities", {}).get("alwaysMatch") or body.get("desiredCapabilities") or {}
    bundle = wanted.get("bundleId") or ""
    if bundle:
        it.handset.phone.launch(bundle)
        it.handset.stirred()
    number = it.open(bundle)
    return {"sessionId": number, "capabilities": _capabilities(it)}


async def describe(it: Session, body: Body) -> Any:
    return {"sessionId": it.number, "capabilities": _capabilities(it)}


def _capabilities(it: Session) -> Body:
    phone = it.handset.phone
    return {
        "device": "iphone", "browserName": phone.label(phone.front()[0]), "sdkVersion": VERSION,
        "CFBundleIdentifier": phone.front()[0], "platformName": "iOS",
    }  # fmt: skip


async def end(it: Session, body: Body) -> Any:
    it.close()


async def locked(it: Session, body: Body) -> Any:
    return it.handset.phone.locked


async def lock(it: Session, body: Body) -> Any:
    if it.handset.phone.screen_on:
        it.handset.key(POWER)


async def unlock(it: Session, body: Body) -> Any:
    if not it.handset.phone.screen_on:
        it.handset.key(POWER)
    it.handset.phone.locked = False
    it.handset.stirred()


async def home(it: Session, body: Body) -> Any:
    it.handset.key(HOME)


async def active_app(it: Session, body: Body) -> Any:
    phone = it.handset.phone
    package = phone.front()[0]
    return {
        "pid": 1000 + sum(package.encode()),
        "bundleId": package,
        "name": phone.label(package),
        "processArguments": {"env": {}, "args": []},
    }


async def device_info(it: Session, body: Body) -> Any:
    phone = it.handset.phone
    return {
        "name": phone.shape.model, "model": "iPhone", "uuid": phone.shape.serial,
        "currentLocale": phone.locale.replace("-", "_"),
        "timeZone": "UTC", "userInterfaceStyle": "dark" if phone.dark else "light", "userInterfaceIdiom": 0,
        "isSimulator": False, "thermalState": 0,
    }  # fmt: skip


async def battery(it: Session, body: Body) -> Any:
    phone = it.handset.phone
    return {"level": phone.level() / 100, "state": 2 if phone.battery.charging else 1}


async def screen(it: Session, body: Body) -> Any:
    width, height = _points(it)
    return {
        "statusBarSize": {"width": width, "height": 47},
        "scale": it.scale,
        "screenSize": {"width": width, "height": height},
    }


async def window_size(it: Session, body: Body) -> Any:
    width, height = _points(it)
    return {"width": width, "height": height}


def _points(it: Session) -> tuple[int, int]:
    width, height = it.handset.phone.size
    return round(width / it.scale), round(height / it.scale)


async def orientation(it: Session, body: Body) -> Any:
    return (
        "PORTRAIT",
        "LANDSCAPE",
        "UIA_DEVICE_ORIENTATION_PORTRAIT_UPSIDEDOWN",
        "UIA_DEVICE_ORIENTATION_LANDSCAPERIGHT",
    )[it.handset.phone.rotation]


async def turn(it: Session, body: Body) -> Any:
    name = str(body["orientation"]).upper()
    it.handset.phone.rotation = (
        3 if name.endswith("RIGHT") else 1 if "LANDSCAPE" in name else 2 if "UPSIDE" in name else 0
    )
    it.handset.stirred()


async def rotation(it: Session, body: Body) -> Any:
    return {"x": 0, "y": 0, "z": it.handset.phone.rotation * 90}


async def set_pasteboard(it: Session, body: Body) -> Any:
    it.handset.phone.clipboard = base64.b64decode(body.get("content", "")).decode("utf-8", "replace")


async def get_pasteboard(it: Session, body: Body) -> Any:
    return base64.b64encode(it.handset.phone.clipboard.encode()).decode()


async def settings(it: Session, body: Body) -> Any:
    it.settings |= body.get("settings", {})
    return it.settings


async def nothing(it: Session, body: Body) -> Any:
    return None


# -- apps -------------------------------------------------------------------------------------------------------------


async def launch(it: Session, body: Body) -> Any:
    bundle = _bundle(body)
    it.handset.phone.launch(bundle)
    it.handset.stirred()


async def terminate(it: Session, body: Body) -> Any:
    bundle = _bundle(body)
    ran = bundle in it.handset.phone.apps
    it.handset.phone.stop(bundle)
    it.handset.stirred()
    return ran


async def app_state(it: Session, body: Body) -> Any:
    phone, bundle = it.handset.phone, _bundle(body)
    return 4 if phone.front()[0] == bundle else 3 if bundle in phone.apps else 1


async def app_list(it: Session, body: Body) -> Any:
    front = it.handset.phone.front()[0]
    return [{"pid": 1000 + sum(front.encode()), "bundleId": front}]


async def deactivate(it: Session, body: Body) -> Any:
    front = it.handset.phone.front()[0]
    it.handset.key(HOME)
    await asyncio.sleep(min(float(body.get("duration", 3)), 30))
    it.handset.phone.launch(front)
    it.handset.stirred()


async def open_url(it: Session, body: Body) -> Any:
    raise bad_argument(f"No app of this phone opens {body.get('url')!r}")


def _bundle(body: Body) -> str:
    bundle = body.get("bundleId")
    if not isinstance(bundle, str) or not bundle:
        raise bad_argument("'bundleId' is required")
    return bundle
