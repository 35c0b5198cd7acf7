"""`screencap`, `uiautomator dump`, `wm`: what a shell sees of the screen."""

from greenroom.agent.virtual.android.hierarchy import hierarchy
from greenroom.agent.virtual.android.shell.run import Run
from greenroom.agent.virtual.contracts import Refused
from greenroom.agent.virtual.picture import png_picture, raw_picture

DUMP = "/sdcard/window_dump.xml"
IDLE = 10.0  # seconds that uiautomator waits for a quiet screen


async def screencap(run: Run) -> int:
    words = list(run.arguments)
    if "-d" in words:
        at = words.index("-d")
        if words[at + 1] != run.device.display_id():
            await run.complain(f"Display Id '{words[at + 1]}' is not valid.\n")
            return 1
        del words[at : at + 2]
    names = [one for one in words if not one.startswith("-")]
    screen = run.device.handset.phone
    await run.device.handset.ready()
    if "-p" in words or (names and names[0].endswith(".png")):
        data = await png_picture(screen)
        if names:
            run.device.disk.write(run.path(names[0]), data)
        else:
            await run.stdout.write(data)
        return 0
    header, pixels = await raw_picture(screen)
    if names:
        run.device.disk.write(run.path(names[0]), header + pixels)
    else:
        await run.stdout.write(header)
        await run.stdout.write(pixels)
    return 0


async def uiautomator(run: Run) -> int:
    if run.arguments[:1] != ["dump"]:
        raise Refused(
            "Usage: uiautomator <subcommand> [options]\n\nAvailable subcommands:\n\nhelp: displays help message"
        )
    device = run.device
    names = [one for one in run.arguments[1:] if not one.startswith("--")]
    target = names[0] if names else DUMP
    await device.handset.ready()
    if device.automated:
        await run.complain("java.lang.IllegalStateException: UiAutomationService already registered!\nKilled\n")
        return 137
    if not await device.handset.idle(within=IDLE):
        await run.say("ERROR: could not get idle state.\n")
        return 0
    phone = device.handset.phone
    xml = hierarchy(phone.tree(), phone.front()[0], phone.rotation)
    if target == "/dev/tty":
        await run.say(f"{xml}UI hierchary dumped to: {target}\n")
        return 0
    device.disk.write(run.path(target), xml.encode())
    await run.say(f"UI hierchary dumped to: {target}\n")
    return 0


async def wm(run: Run) -> int:
    device, words = run.device, run.arguments
    match words:
        case ["size"]:
            width, height = device.natural_size()
            await run.say(f"Physical size: {width}x{height}\n")
        case ["density"]:
            await run.say(f"Physical density: {device.density()}\n")
        case ["size" | "density", "reset"]:
            pass
        case ["user-rotation" | "set-user-rotation", *rest]:
            await _rotation(run, rest)
        case ["dismiss-keyguard"]:
            device.unlock()
        case _:
            raise Refused(f"Error: this phone cannot do: wm {' '.join(words)}")
    return 0


async def _rotation(run: Run, words: list[str]) -> None:
    if not words:
        await run.say("free\n" if run.device.setting("system", "accelerometer_rotation") == "1" else "lock\n")
    elif words[0] == "free":
        run.device.put_setting("system", "accelerometer_rotation", "1")
    else:
        run.device.put_setting("system", "accelerometer_rotation", "0")
        run.device.rotate(int(words[1]) if len(words) > 1 else 0)


COMMANDS = {"screencap": screencap, "uiautomator": uiautomator, "wm": wm}
