"""What an iPhone says it is; pure."""

from typing import Any

from greenroom.agent.drivers.wda.wire import number
from greenroom.agent.errors import plain
from greenroom.agent.phone_values import Battery, Info, Size

CHARGING = (2, 3)  # UIDeviceBatteryState: charging, full
DPI = 163  # of one point


def battery(value: Any) -> Battery | None:
    """`/wda/batteryInfo`: the level is a share of one, -1 where it is not known."""
    level = number(value.get("level")) if isinstance(value, dict) else -1.0
    if not isinstance(value, dict) or "level" not in value or level < 0:
        return None
    return Battery(level=min(100, round(level * 100)), charging=value.get("state") in CHARGING)


def screen(value: Any) -> tuple[Size, float]:
    """`/wda/screen`: size in points, and how many pixels a point has."""
    found = _object(value)
    size = _object(found.get("screenSize"))
    return (round(number(size.get("width"))), round(number(size.get("height")))), number(found.get("scale")) or 1.0


def info(status: Any, device: Any, power: Any, points: Size, scale: float) -> Info:
    """Out of `/status`, `/wda/device/info` and `/wda/batteryInfo`."""
    system = _object(_object(status).get("os"))
    device = _object(device)
    return Info(
        platform="ios",
        model=plain(str(device.get("model") or device.get("name") or "iPhone"), 100),
        maker="Apple",
        system=plain(f"{system.get('name') or 'iOS'} {system.get('version') or ''}", 100),
        serial=plain(str(device.get("uuid") or ""), 100),
        size=(round(points[0] * scale), round(points[1] * scale)),
        density=round(DPI * scale),
        locale=plain(str(device.get("currentLocale") or ""), 40).replace("_", "-"),
        battery=battery(power),
        storage=None,
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
