"""What Android's tools print, as values. Pure; wrong or missing lines give None, never a guess."""

import re

from greenroom.agent.phone_values import App, Battery, Front, Size, Storage

PROPERTY = re.compile(r"^\[([^\]]+)\]: \[(.*?)\]$", re.MULTILINE | re.DOTALL)
PAIR = re.compile(r"^\s*([\w ]+?):\s*(.*?)\s*$", re.MULTILINE)
SIZE = re.compile(r"(Physical|Override) size:\s*(\d+)x(\d+)")
DENSITY = re.compile(r"(Physical|Override) density:\s*(\d+)")
CURRENT = re.compile(r"\bcur=(\d+)x(\d+)")
NAME = r"([\w.]+)/([\w.$]+)"
FOCUS = re.compile(rf"mCurrentFocus=Window\{{[^}}\n]*?\s{NAME}[^}}\n]*\}}")
RESUMED = re.compile(rf"(?:topResumedActivity|mResumedActivity|ResumedActivity|mFocusedApp)[=:][^\n]*?\s{NAME}[\s}}]")
WAKEFULNESS = re.compile(r"mWakefulness=(\w+)")
HEALTH = {1: "unknown", 2: "good", 3: "too hot", 4: "dead", 5: "over voltage", 6: "failing", 7: "too cold"}
CHARGING = (2, 5)  # charging, full
PACKAGE = re.compile(r"^  Package \[([\w.]+)\]", re.MULTILINE)
COLDEST, HOTTEST = -100, 300  # degrees; what lies outside was never measured
MOST_BYTES = 1 << 60  # more than any phone has
UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def properties(text: str) -> dict[str, str]:
    """`getprop`; values may hold brackets and line ends."""
    return dict(PROPERTY.findall(text.replace("\r\n", "\n")))


def battery(text: str) -> Battery | None:
    """`dumpsys battery`; the level is scaled to percent, the temperature comes in tenths of a degree."""
    found: dict[str, str] = {}
    for name, value in PAIR.findall(text):
        found.setdefault(name.lower(), value)  # vendors repeat some names further down
    level, scale = _whole(found.get("level")), _whole(found.get("scale")) or 100
    if level is None or scale <= 0:
        return None
    heat = _whole(found.get("temperature"))
    measured = heat is not None and COLDEST <= heat / 10 <= HOTTEST
    return Battery(
        level=max(0, min(100, round(level * 100 / scale))),
        charging=_whole(found.get("status")) in CHARGING
        or any(found.get(f"{source} powered") == "true" for source in ("ac", "usb", "wireless", "dock")),
        temperature=heat / 10 if heat is not None and measured else None,
        health=HEALTH.get(_whole(found.get("health")) or 1, "unknown"),
    )


def storage(text: str) -> Storage | None:
    """`df /data` or `df -k /data`: blocks of 1 KiB in new phones, sizes with units in old ones."""
    for line in text.splitlines()[1:]:
        words = line.split()
        numbers = [_bytes(word) for word in words]
        if len(words) >= 6 and words[4].endswith("%") and all(numbers[at] is not None for at in (1, 3)):
            return Storage(free=numbers[3] or 0, total=numbers[1] or 0)
        if len(words) == 5 and words[0].startswith("/") and all(one is not None for one in numbers[1:4]):
            return Storage(free=numbers[3] or 0, total=numbers[1] or 0)
    return None


def natural_size(text: str) -> Size | None:
    """`wm size`; what was set by hand counts, not what the glass has."""
    found = {name: (int(width), int(height)) for name, width, height in SIZE.findall(text)}
    return found.get("Override") or found.get("Physical")


def density(text: str) -> int | None:
    """`wm density`, in dots per inch."""
    found = {name: int(value) for name, value in DENSITY.findall(text)}
    return found.get("Override") or found.get("Physical")


def current_size(text: str) -> Size | None:
    """`dumpsys window displays`: the size as the phone is held."""
    match = CURRENT.search(text)
    return (int(match[1]), int(match[2])) if match else None


def front(text: str) -> Front | None:
    """`dumpsys window` or `dumpsys activity activities`: the window with the focus, else the resumed activity."""
    match = FOCUS.search(text) or RESUMED.search(text)
    if not match:
        return None
    app, activity = match[1], match[2]
    return Front(app, app + activity if activity.startswith(".") else activity)


def awake(text: str) -> bool | None:
    """`dumpsys power`: whether its screen is on, as far as it tells."""
    match = WAKEFULNESS.search(text)
    return match[1] in ("Awake", "Dreaming") if match else None


def locale(values: dict[str, str], setting: str) -> str:
    """The first of the languages set, else the one it was sold with."""
    first = setting.strip().split(",")[0]
    if first and first != "null":
        return first
    return (
        values.get("persist.sys.locale")
        or values.get("ro.product.locale")
        or "-".join(filter(None, (values.get("persist.sys.language"), values.get("persist.sys.country"))))
        or ""
    )


def packages(text: str) -> dict[str, int]:
    """`cmd package list packages -f -U --show-versioncode`, read from the end of each line: paths may hold anything."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("package:"):
            continue
        words, code = line.removeprefix("package:").split(" "), 0
        while len(words) > 1 and ":" in words[-1]:
            name, _, value = words.pop().partition(":")
            code = (_whole(value) or 0) if name == "versionCode" else code
        found[" ".join(words).rpartition("=")[2]] = code
    return found


def version_names(text: str) -> dict[str, str]:
    """`dumpsys package packages`: the first versionName below each package."""
    found: dict[str, str] = {}
    for block in re.split(r"^(?=  Package \[)", text, flags=re.MULTILINE):
        head = PACKAGE.match(block)
        version = re.search(r"^\s+versionName=(\S*)", block, re.MULTILINE)
        if head and version:
            found.setdefault(head[1], version[1])
    return found


def apps(codes: dict[str, int], own: dict[str, int], names: dict[str, str]) -> tuple[App, ...]:
    """All packages; those not among `own` came with the phone."""
    return tuple(App(id, names.get(id, ""), code, id not in own) for id, code in sorted(codes.items()))


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,18}", text) else None


def _bytes(word: str) -> int | None:
    """`4096` in blocks of 1 KiB, or `5.2G`."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([KMGT]?)", word)
    if not match:
        return None
    return round(min(float(match[1]) * UNITS[match[2] or "K"], MOST_BYTES))
