"""Where an iPhone hangs on USB: from Linux' own tree of devices, or from the location that macOS gives."""

from pathlib import Path

from greenroom.agent.drivers.adb.devices import port_of_location
from greenroom.agent.iphones.usbmux import Attached

DEVICES = Path("/sys/bus/usb/devices")


def port_of(phone: Attached, devices: Path = DEVICES) -> str:
    """Its port, hubs first ("1-4.2"); empty where the system does not show it. On Linux a location is no place."""
    if not devices.is_dir():
        return port_of_location(phone.location)
    wanted = phone.udid.replace("-", "").lower()
    for file in devices.glob("*-*/serial"):
        try:
            found = file.read_text().strip().replace("-", "").lower()
        except OSError:
            continue  # unplugged as we looked
        if found == wanted:
            return file.parent.name
    return ""
