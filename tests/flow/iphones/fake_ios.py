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
        fail(f"Device not found: {option('udid')}",
             f"Device '{option('udid')}' not found. Is it attached to the machine?")  # fmt: skip
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
        change(image="mounted")
        log("INFO", "success mounting image", image="/devimages", udid=option("udid"))
    else:
        log("ERROR", "failed downloading image", basedir=option("basedir"), err=phone()["image"])  # and ends with 0


def apps() -> None:
    one = phone()
    if one["pairing"] != "paired":  # as 1.2.0 does it
        print("panic: runtime error: invalid memory address or nil pointer dereference", file=sys.stderr)
        sys.exit(2)
    listed = [{"CFBundleIdentifier": "com.example.shop", "CFBundleExecutable": "Shop", "ApplicationType": "User",
               "CFBundleShortVersionString": "2.4.1", "CFBundleVersion": "241"}]  # fmt: skip
    if bundle := one["bundle"]:
        listed.append({"CFBundleIdentifier": bundle, "CFBundleExecutable": "WebDriverAgentRunner-Runner",
                       "ApplicationType": "User", "CFBundleVersion": "1"})  # fmt: skip
    listed += [{"CFBundleIdentifier": id, "CFBundleShortVersionString": version, "ApplicationType": "User"}
               for id, version in one.get("apps", {}).items()]  # fmt: skip
    if "--all" in sys.argv:
        listed.append({"CFBundleIdentifier": "com.apple.Preferences", "CFBundleShortVersionString": "1.0",
                       "ApplicationType": "System"})  # fmt: skip
    answer(listed)


def install() -> None:
    """The app in the archive, which has to be a whole one and signed for this iPhone."""
    import plistlib
    import zipfile

    one, path = phone(), option("path")
    log("INFO", "installing", appPath=path, device=option("udid"))
    if one["pairing"] != "paired":
        fail("failed connecting to zipconduit, dev image installed?", NOT_PAIRED)
    with zipfile.ZipFile(path) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".app/Info.plist")]
        about = plistlib.loads(archive.read(name))
    (Path(os.environ["TMPDIR"]) / "prefix123").mkdir()  # what it leaves behind when it is ended
    for percent, status in ((5, "CreatingStagingDirectory"), (40, "VerifyingApplication")):
        log("INFO", "installing", status=status, percentComplete=percent)
    if one.get("endless"):
        mark(f"install-{option('udid')}")
        signal.pause()
    if not one.get("signed", True):
        fail("failed writing", "your app is not properly signed for this device, check your codesigning and"
             " provisioningprofile. original error: 'ApplicationVerificationFailed' errorDescription:'Failed to verify"
             " code signature'")  # fmt: skip
    log("INFO", "installing", status="GeneratingApplicationMap", percentComplete=90)
    change(apps={**one.get("apps", {}), about["CFBundleIdentifier"]: about["CFBundleShortVersionString"]})
    log("INFO", "installation successful")


def uninstall() -> None:
    one, app = phone(), sys.argv[2]
    log("INFO", "uninstalling", appPath=app, device=option("udid"))
    if one.get("kept") == app:
        fail("failed uninstalling", "received uninstall error: UninstallProhibited")
    log("INFO", "uninstall status: RemovingApplication")
    change(apps={id: version for id, version in one.get("apps", {}).items() if id != app})
    log("INFO", "done uninstalling")


def reboot() -> None:
    """It says so and ends with 0, also where it failed."""
    if phone()["pairing"] != "paired":
        log("ERROR", "reboot failed", error=NOT_PAIRED)
        return
    log("INFO", "ok")
    with (WORLD / f"reboot-{option('udid')}.starts").open("a") as starts:
        starts.write(f"{os.getpid()}\n")


def container(why: str) -> Path:
    """The app's own folder, which iOS opens for apps that are there and signed for development."""
    one, app = phone(), option("app")
    if app not in one.get("apps", {}):
        fail(why, "InstallationLookupFailed")
    folder = WORLD / "containers" / option("udid") / app
    (folder / "Documents").mkdir(parents=True, exist_ok=True)
    return folder


def fsync_push() -> None:
    """Says nothing of success."""
    folder = container("fsync: connect afc service failed")
    there = folder / option("dstPath").lstrip("/")
    if phone().get("full"):
        fail("fsync: push failed", "error reading data: afc error code: 18")
    if not there.parent.is_dir():
        fail("fsync: push failed", "error opening file: afc error code: 8")
    there.write_bytes(Path(option("srcPath")).read_bytes())


def file_pull() -> None:
    one, remote, local = phone(), option("remote"), Path(option("local"))
    if int(one["version"].split(".")[0]) < 17 or one["tunnel"] != "up":
        log("WARN", "failed to get tunnel info", udid=option("udid"))
        fail("file command requires iOS 17+ with tunnel", "tunnel not running. Start with: ios tunnel start")
    file = container("file: failed to connect to file service") / remote
    log("INFO", f"Downloading {remote} to {local}...")
    if not file.is_file():
        fail("file pull: failed to download file", "PullFile: device error: The file doesn’t exist.")
    local.write_bytes(file.read_bytes())
    answer({"remote": remote, "local": str(local), "size": local.stat().st_size + one.get("lost", 0)})


def change(**what: object) -> None:
    """This iPhone is like that from now on."""
    now = world()
    now["phones"][option("udid")].update(what)
    half = WORLD / f"world.{os.getpid()}"
    half.write_text(json.dumps(now))
    half.replace(WORLD / "world.json")


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
    ("install",): install,
    ("uninstall",): uninstall,
    ("reboot",): reboot,
    ("fsync", "push"): fsync_push,
    ("file", "pull"): file_pull,
}


def main() -> None:
    if "--version" in sys.argv:
        answer({"version": world().get("go-ios", "1.2.0")})
        return
    log("WARN", "this is a fake of go-ios, for Greenroom's tests")
    words = tuple(one for one in sys.argv[1:] if not one.startswith("--"))
    words = words[:1] if words[:1] == ("uninstall",) else words  # what follows is an app
    if words not in COMMANDS:
        fail("failed parsing args", f"the fake knows no {' '.join(words)}")
    COMMANDS[words]()


if __name__ == "__main__":
    main()
