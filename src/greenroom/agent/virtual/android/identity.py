"""Who a virtual Android says it is: versions, features, properties and settings as they come from the factory."""

import hashlib
import re

from greenroom.agent.virtual.model.packages import ABIS, SDK
from greenroom.agent.virtual.model.phone import Phone

FEATURES = "shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,fixed_push_symlink_timestamp,sendrecv_v2"
RELEASE = "14"
UNSAID = re.compile(r"[;=\x00-\x1f\x7f]")  # would end a value of the banner
KEYBOARD = "com.android.inputmethod.latin/.LatinIME"
DISPLAY = "4619827259835644672"  # as SurfaceFlinger numbers it
SETTINGS = {
    ("system", "accelerometer_rotation"): "0", ("system", "screen_brightness"): "102",
    ("system", "screen_brightness_mode"): "0", ("system", "font_scale"): "1.0", ("global", "adb_enabled"): "1",
    ("global", "window_animation_scale"): "1", ("global", "transition_animation_scale"): "1",
    ("global", "animator_duration_scale"): "1", ("global", "stay_on_while_plugged_in"): "0",
    ("secure", "default_input_method"): KEYBOARD,
}  # fmt: skip
ENVIRONMENT = {
    "HOME": "/", "PATH": "/system/bin", "SHELL": "/system/bin/sh", "USER": "shell", "EXTERNAL_STORAGE": "/sdcard",
}  # fmt: skip


def settings_of(serial: str) -> dict[tuple[str, str], str]:
    """As they are when a phone was just set up, with the number that its system drew for itself."""
    return SETTINGS | {("secure", "android_id"): hashlib.sha256(serial.encode()).hexdigest()[:16]}


def properties_of(phone: Phone, serial: str) -> dict[str, str]:
    """What `getprop` lists; the model's own properties win."""
    model = phone.shape.model
    plain = model.lower().replace(" ", "_")
    return {
        "ro.serialno": serial, "ro.boot.serialno": serial, "ro.build.version.sdk": str(SDK),
        "ro.build.version.release": RELEASE, "ro.product.name": plain, "ro.product.model": model,
        "ro.product.device": plain, "ro.product.brand": "Greenroom", "ro.product.manufacturer": "Greenroom",
        "ro.product.board": plain, "ro.product.cpu.abi": ABIS[0], "ro.product.cpu.abilist": ",".join(ABIS),
        "ro.sf.lcd_density": str(phone.shape.density), "sys.boot_completed": "1", "dev.bootcomplete": "1",
        "init.svc.bootanim": "stopped", "ro.debuggable": "0", "ro.secure": "1", "ro.kernel.qemu": "1",
        "persist.sys.locale": phone.locale, "ro.build.characteristics": "default", "ro.hardware": "virtual",
        "ro.build.fingerprint": f"Greenroom/{plain}/{plain}:{RELEASE}/VIRTUAL/1:user/release-keys",
    } | phone.properties  # fmt: skip


def banner_of(properties: dict[str, str]) -> str:
    """What the phone says of itself when a client connects."""
    names = ("ro.product.name", "ro.product.model", "ro.product.device")
    said = "".join(f"{name}={UNSAID.sub('_', properties[name])};" for name in names)
    return f"device::{said}features={FEATURES}"
