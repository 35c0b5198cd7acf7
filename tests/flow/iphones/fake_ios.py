"""A fake of go-ios 1.2.0's `ios`, which says so: for Greenroom's tests, never for phones.

It reads what the iPhones are like from $GREENROOM_FAKE_IOS/world.json at every start. What it prints is what the real
one prints: documents on standard output, its log as JSON on standard error, and its ends.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

WORLD = Path(os.environ.get("GREENROOM_FAKE_IOS", "."))
NOT_PAIRED = "could not retrieve PairRecord with error: ReadPair failed with errorcode '2', is the device paired?"


def world() -> Any:
    return json.loads((WORLD / "world.json").read_text())


def log(level: str, msg: str, **more: object) -> None:
    print(json.dumps({"time": "2026-11-21T22:58:34Z", "level": level, "msg": msg, **more}), file=sys.stderr, flush=True)


def fail(msg: str, err: str, key: str = "err") -> None:
    log("ERROR", msg, **{key: err})
    sys.exit(1)


def answer(document: object) -> None:
    print(json.dumps(document), flush=True)


def option(name: str, default: str = "") -> str:
    return next((one.split("=", 1)[1] for one in sys.argv[1:] if one.startswith(f"--{name}=")), default)


def phone() -> Any:
    found = world()["phones"].get(option("udid"))
    if found is None:
        fail(f"Device not found: {option('udid')}", "Device not found")
    return found


def info() -> None:
    one = phone()
    if one["pairing"] != "paired":
        fail("failed getting info", NOT_PAIRED)
    answer({"DeviceName": one["name"], "ProductVersion": one["version"], "ProductType": "iPhone14,7"})


def pair() -> None:
    why = {"pending": "Please accept the PairingDialog on the device and run pairing again!",
           "denied": "Lockdown error: UserDeniedPairing", "locked": "Lockdown error: PasswordProtected"}  # fmt: skip
    pairing = phone()["pairing"]
    if pairing != "paired":
        fail("Pairing failed", why[pairing])
    log("INFO", f"Successfully paired {option('udid')}")


def tunnel_start() -> None:
    import http.server  # these two are most of what a start costs
    import threading

    def standing() -> list[str]:
        return [udid for udid, one in world()["phones"].items() if one["tunnel"] == "up" and one["pairing"] == "paired"]

    class Api(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps([{"address": "fd00::1", "rsdPort": 58783, "udid": udid, "userspaceTun": True,
                                "userspaceTunPort": 60211} for udid in standing()]).encode()  # fmt: skip
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(option("tunnel-info-port"))), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    log("INFO", "Tunnel server started")
    mark("tunnel")
    while True:
        for udid, one in world()["phones"].items():
            if one["tunnel"] != "up":
                log("WARN", "failed to start tunnel", module="go-ios/tunnel", udid=udid, error=one["tunnel"])
        time.sleep(0.1)


def tunnel_ls() -> None:
    import urllib.request

    address = f"http://127.0.0.1:{option('tunnel-info-port')}/tunnels"
    try:
        with urllib.request.urlopen(address, timeout=5) as said:
            answer(json.loads(said.read()))
    except OSError as error:
        fail("failed to get tunnel infos", f"TunnelInfoForDevice: failed to get tunnel info: {error}")


def image_list() -> None:
    if phone()["image"] == "mounted":
        log("INFO", "image signature", signature="8a5f")
    else:
        log("INFO", "none")


def image_auto() -> None:
    if phone()["image"] == "none":
        change = world()
        change["phones"][option("udid")]["image"] = "mounted"
        half = WORLD / f"world.{os.getpid()}"
        half.write_text(json.dumps(change))
        half.replace(WORLD / "world.json")
        log("INFO", "success mounting image", image="/devimages", udid=option("udid"))
    else:
        log("ERROR", "failed downloading image", basedir=option("basedir"), err=phone()["image"])  # and ends with 0


def apps() -> None:
    listed = [{"CFBundleIdentifier": "com.example.shop", "CFBundleExecutable": "Shop"}]
    if bundle := phone()["bundle"]:
        listed.append({"CFBundleIdentifier": bundle, "CFBundleExecutable": "WebDriverAgentRunner-Runner"})
    answer(listed)


def runwda() -> None:
    one = phone()
    log("INFO", "Running wda", bundleid=option("bundleid"), testbundleid=option("testrunnerbundleid"),
        xctestconfig=option("xctestconfig"))  # fmt: skip
    if one["runner"]:
        fail("Failed running WDA", one["runner"], key="error")
    if option("bundleid") != one["bundle"] or option("testrunnerbundleid") != one["bundle"]:
        fail("Failed running WDA", f"Did not find test app for '{option('bundleid')}' on device.", key="error")
    mark(f"runwda-{option('udid')}")
    if one.get("stubborn"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pause()


def mark(name: str) -> None:
    """Shows that it runs, as long as it does; how often it was started is counted."""
    file = WORLD / name
    file.write_text(str(os.getpid()))
    with (WORLD / f"{name}.starts").open("a") as starts:
        starts.write(f"{os.getpid()}\n")

    def end(*_: object) -> None:
        file.unlink(missing_ok=True)
        log("INFO", "os signal 15 received, closing...")
        os._exit(0)

    signal.signal(signal.SIGTERM, end)


COMMANDS = {
    ("list",): lambda: answer({"deviceList": list(world()["phones"])}),
    ("info",): info,
    ("pair",): pair,
    ("devmode", "get"): lambda: answer({"DeveloperModeEnabled": phone()["developer"]}),
    ("devmode", "reveal"): lambda: log("INFO", "Developer Mode menu has been revealed on the device."),
    ("tunnel", "start"): tunnel_start,
    ("tunnel", "ls"): tunnel_ls,
    ("image", "list"): image_list,
    ("image", "auto"): image_auto,
    ("apps",): apps,
    ("runwda",): runwda,
}


def main() -> None:
    if "--version" in sys.argv:
        answer({"version": world().get("go-ios", "1.2.0")})
        return
    log("WARN", "this is a fake of go-ios, for Greenroom's tests")
    words = tuple(one for one in sys.argv[1:] if not one.startswith("--"))
    if words not in COMMANDS:
        fail("failed parsing args", f"the fake knows no {' '.join(words)}")
    COMMANDS[words]()


if __name__ == "__main__":
    main()
