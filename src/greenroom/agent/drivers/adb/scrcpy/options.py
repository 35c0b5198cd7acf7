"""The line that starts scrcpy's server."""

import re

from greenroom.agent.drivers.adb.quote import command
from greenroom.agent.phone_values import Quality

MAIN = "com.genymobile.scrcpy.Server"
HARMLESS = re.compile(r"[\w.:,=/+-]*", re.ASCII)  # scrcpy's own rule: no value a shell could act on


def start_line(place: str, version: str, scid: int, quality: Quality, *, phone: str) -> str:
    options: dict[str, object] = {
        "scid": f"{scid:08x}",
        "log_level": "info",
        "tunnel_forward": "true",
        "audio": "false",
        "video_codec": "h264",
        "max_size": quality.longest,
        "max_fps": quality.fps,
        "video_bit_rate": quality.bit_rate,
        "stay_awake": "false",  # stay_on.py does that for all sessions of a phone together
        "power_off_on_close": "false",
        "cleanup": "false",  # its file is for the next session too
        "clipboard_autosync": "false",
    }
    words = [f"{name}={value}" for name, value in options.items()]
    if bad := [word for word in words if not HARMLESS.fullmatch(word)]:
        raise ValueError(f"not a value for scrcpy: {bad[0]}")
    return command(["app_process", "/", MAIN, version, *words], phone=phone, variables={"CLASSPATH": place})


def socket_name(scid: int) -> str:
    return f"scrcpy_{scid:08x}"
