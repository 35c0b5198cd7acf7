"""`dumpsys`: the parts that clients read, in the words they look for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from greenroom.agent.virtual.android.shell.run import Run

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

Report = Callable[["Android", list[str]], str]
CHARGING, DISCHARGING = 2, 3


async def dumpsys(run: Run) -> int:
    words = [one for one in run.arguments if one not in ("-t", "-T")]
    if words[:1] == ["-l"] or not words:
        await run.say("Currently running services:\n" + "".join(f"  {name}\n" for name in sorted(REPORTS)))
        return 0
    report = REPORTS.get(words[0])
    if report is None:
        await run.complain(f"Can't find service: {words[0]}\n")
        return 1
    await run.say(report(run.device, words[1:]))
    return 0


def battery(device: "Android", words: list[str]) -> str:
    state = device.handset.phone.battery
    level = min(state.level, 4) if device.handset.phone.faults.low_battery else state.level
    return (
        "Current Battery Service state:\n  AC powered: false\n"
        f"  USB powered: {_yes(state.charging)}\n  Wireless powered: false\n  Dock powered: false\n"
        "  Max charging current: 500000\n  Max charging voltage: 5000000\n"
        f"  Charge counter: {level * 42000}\n  status: {CHARGING if state.charging else DISCHARGING}\n  health: 2\n"
        f"  present: true\n  level: {level}\n  scale: 100\n  voltage: {3600 + level * 7}\n"
        f"  temperature: {round(state.temperature * 10)}\n  technology: Li-ion\n"
    )


def window(device: "Android", words: list[str]) -> str:
    phone = device.handset.phone
    package, activity = phone.front()
    name = f"{package}/{full_name(package, activity)}"
    width, height = phone.size
    locked = _yes(phone.locked)
    return (
        f"WINDOW MANAGER WINDOWS (dumpsys window windows)\n  mCurrentFocus=Window{{41b37570 u0 {name}}}\n"
        f"  mFocusedApp=ActivityRecord{{422dee38 u0 {name} t14}}\n"
        f"  mCurrentRotation=ROTATION_{phone.rotation * 90}\n  mRotation={phone.rotation}\n"
        f"  init={width}x{height} {device.density()}dpi cur={width}x{height} app={width}x{height}\n"
        f"  mInputMethodWindow=Window{{5ee8a u0 InputMethod}}\n    mDreamingLockscreen={locked}\n"
        f"    isKeyguardShowing={locked}\n  KeyguardController: mKeyguardShowing={locked}\n"
    )


def activity(device: "Android", words: list[str]) -> str:
    package, name = device.handset.phone.front()
    full = f"{package}/{full_name(package, name)}"
    pid = next((one for one, _, process in device.processes() if process == package), 0)
    if words[:1] == ["top"]:
        return f"TASK {package} id=14 userId=0\n  ACTIVITY {full} 3f1a2b pid={pid}\n"
    return (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
        f"  topResumedActivity=ActivityRecord{{422dee38 u0 {full} t14}}\n"
        f"  mResumedActivity: ActivityRecord{{422dee38 u0 {full} t14}}\n"
        f"    * Hist #0: ActivityRecord{{422dee38 u0 {full} t14}}\n"
    )


def display(device: "Android", words: list[str]) -> str:
    phone = device.handset.phone
    width, height = phone.size
    on = "ON" if phone.screen_on else "OFF"
    return (
        "DISPLAY MANAGER (dumpsys display)\n"
        f"  mViewports=[DisplayViewport{{type=INTERNAL, valid=true, isActive=true, displayId=0, "
        f"uniqueId='local:{device.display_id()}', physicalPort=0, orientation={phone.rotation}, "
        f"logicalFrame=Rect(0, 0 - {width}, {height}), physicalFrame=Rect(0, 0 - {width}, {height}), "
        f"deviceWidth={width}, deviceHeight={height}}}]\n"
        f"    mState={on}\n    Display State={on}\n"
    )


def power(device: "Android", words: list[str]) -> str:
    on = device.handset.phone.screen_on
    return (
        "POWER MANAGER (dumpsys power)\n"
        f"  mWakefulness={'Awake' if on else 'Asleep'}\n  mIsPowered={_yes(device.handset.phone.battery.charging)}\n"
        f"  mHoldingDisplaySuspendBlocker={_yes(on)}\nDisplay Power: state={'ON' if on else 'OFF'}\n"
    )


def package(device: "Android", words: list[str]) -> str:
    found = device.package(words[0]) if words else None
    if found is None:
        return f"Unable to find package: {' '.join(words)}\n" if words else ""
    place = device.apk_paths(found)[0].rpartition("/")[0]
    flags = "SYSTEM HAS_CODE" if found.system else "HAS_CODE ALLOW_CLEAR_USER_DATA"
    splits = ", ".join(["base", *found.splits])
    return (
        f"Packages:\n  Package [{found.name}] (5b1c2d):\n    userId={device.uid(found.name)}\n    codePath={place}\n"
        f"    primaryCpuAbi={device.abis[0] if found.abis else 'null'}\n"
        f"    versionCode={found.code} minSdk={found.minimum_sdk} targetSdk=34\n    versionName={found.version}\n"
        f"    splits=[{splits}]\n    pkgFlags=[ {flags} ]\n"
        f"    signatures=PackageSignatures{{c0ffee version:2, signatures:[{found.signer}], past signatures:[]}}\n"
        "    firstInstallTime=2026-01-02 09:00:00\n    lastUpdateTime=2026-01-02 09:00:00\n"
        + "".join(f"      {name}: granted=true\n" for name in found.permissions)
    )


def surface(device: "Android", words: list[str]) -> str:
    name = f'Display {device.display_id()} (HWC display 0): port=0 pnpId=GRN displayName="Greenroom"'
    return f"{name}\n" if "--display-id" in words else f"Display identification data\n{name}\n"


def clip(device: "Android", words: list[str]) -> str:
    return f"Clipboard of user 0: {len(device.handset.phone.clipboard)} characters\n"


def disk(device: "Android", words: list[str]) -> str:
    total = device.handset.phone.storage.total
    return f"Data-Free: {device.free() // 1024}K / {total // 1024}K total = {100 * device.free() // total}% free\n"


def methods(device: "Android", words: list[str]) -> str:
    method = device.setting("secure", "default_input_method")
    return f"  mCurMethodId={method}\n  mInputShown={_yes(device.keyboard_shown())}\n"


def full_name(package: str, activity: str) -> str:
    return package + activity if activity.startswith(".") else activity


def _yes(value: bool) -> str:
    return "true" if value else "false"


REPORTS: dict[str, Report] = {
    "battery": battery, "window": window, "activity": activity, "display": display, "power": power,
    "package": package, "SurfaceFlinger": surface, "clipboard": clip, "diskstats": disk, "input_method": methods,
}  # fmt: skip
COMMANDS = {"dumpsys": dumpsys}
