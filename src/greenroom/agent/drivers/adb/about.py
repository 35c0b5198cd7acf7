"""What a phone is and how it is, asked in one round trip."""

import re

from greenroom.agent.drivers.adb import readers
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.errors import Refused, plain
from greenroom.agent.phone_values import Info

CUT = "greenroom-cut"
ASKED = (
    "getprop",
    "wm size",
    "wm density",
    "dumpsys window displays | grep cur=",
    "dumpsys battery",
    "df /data",
    "settings get system system_locales",
    "settings get secure android_id",
)
DRAWN = re.compile(r"[0-9a-f]{8,16}")
LINE = f"; echo {CUT}; ".join(ASKED)


async def about(shell: Shell) -> Info:
    done = await shell.line(LINE)
    parts = done.text.split(CUT)
    if len(parts) != len(ASKED):
        raise Refused(shell.name, f"did not tell what it is: {done.words}")
    return read_about(parts)


def read_about(parts: list[str]) -> Info:
    """The answers to ASKED, in that order."""
    values = {name: plain(value, 200) for name, value in readers.properties(parts[0]).items()}
    abis = values.get("ro.product.cpu.abilist") or values.get("ro.product.cpu.abi", "")
    sdk = values.get("ro.build.version.sdk", "")
    drawn = parts[7].strip().lower()
    return Info(
        platform="android",
        model=values.get("ro.product.marketname") or values.get("ro.product.model", ""),
        maker=values.get("ro.product.manufacturer", ""),
        system=f"Android {values.get('ro.build.version.release', '')}".strip(),
        serial=values.get("ro.serialno") or values.get("ro.boot.serialno", ""),
        size=readers.current_size(parts[3]) or readers.natural_size(parts[1]) or (0, 0),
        density=readers.density(parts[2]) or 0,
        locale=plain(readers.locale(values, parts[6]), 40),
        battery=readers.battery(parts[4]),
        storage=readers.storage(parts[5]),
        abis=tuple(one for one in abis.split(",") if one),
        sdk=int(sdk) if sdk.isdigit() else 0,
        installed=drawn if DRAWN.fullmatch(drawn) else "",
    )
