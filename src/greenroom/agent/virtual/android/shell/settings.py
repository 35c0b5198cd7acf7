"""Settings, the clipboard, input methods and what else `cmd` and its like change."""

from greenroom.agent.virtual.android.intents import media
from greenroom.agent.virtual.android.shell.activity import am
from greenroom.agent.virtual.android.shell.package import pm
from greenroom.agent.virtual.android.shell.run import Run
from greenroom.agent.virtual.contracts import Refused

TABLES = ("system", "secure", "global")
KEYBOARD = "com.android.inputmethod.latin/.LatinIME"


async def settings(run: Run) -> int:
    words = [one for one in run.arguments if not one.startswith("--")]
    match words:
        case ["get", table, name] if table in TABLES:
            await run.say(f"{run.device.setting(table, name) or 'null'}\n")
        case ["put", table, name, value, *_] if table in TABLES:
            run.device.put_setting(table, name, value)
        case ["delete", table, name] if table in TABLES:
            await run.say(f"Deleted {int(run.device.settings.pop((table, name), None) is not None)} rows\n")
        case ["list", table] if table in TABLES:
            rows = sorted((name, value) for (place, name), value in run.device.settings.items() if place == table)
            await run.say("".join(f"{name}={value}\n" for name, value in rows))
        case _:
            raise Refused("Invalid command: " + " ".join(words))
    return 0


async def svc(run: Run) -> int:
    match run.arguments:
        case ["power", "stayon", value]:
            run.device.put_setting("global", "stay_on_while_plugged_in", "0" if value == "false" else "7")
        case ["power", "reboot", *_]:
            run.device.reboot()
        case ["wifi" | "data" | "bluetooth" | "nfc" as what, "enable" | "disable" as how]:
            run.device.put_setting("global", f"{what}_on", "1" if how == "enable" else "0")
        case _:
            raise Refused("Available commands: power, data, wifi, usb, nfc, bluetooth")
    return 0


async def ime(run: Run) -> int:
    match run.arguments:
        case ["list", *options]:
            known = [KEYBOARD, *sorted(run.device.keyboards)]
            await run.say("".join(f"{name}\n" if "-s" in options else f"mId={name}\n" for name in known))
        case ["enable", name]:
            run.device.keyboards.add(name)
            await run.say(f"Input method {name}: now enabled for user #0\n")
        case ["disable", name]:
            run.device.keyboards.discard(name)
            await run.say(f"Input method {name}: now disabled for user #0\n")
        case ["set", name]:
            run.device.put_setting("secure", "default_input_method", name)
            await run.say(f"Input method {name} selected for user #0\n")
        case ["reset"]:
            run.device.put_setting("secure", "default_input_method", KEYBOARD)
        case _:
            raise Refused("ime <command>: list, enable, disable, set, reset")
    return 0


async def cmd(run: Run) -> int:
    """The front door to system services."""
    if not run.arguments:
        raise Refused("cmd: No service specified; use -l to list all services")
    service, *words = run.arguments
    run.words = [service, *words]
    match service:
        case "package":
            return await pm(run)
        case "activity":
            return await am(run)
        case "clipboard":
            return await clipboard(run)
        case "locale":
            return await locale(run)
        case "uimode":
            return await _uimode(run, words)
        case "statusbar":
            return await _statusbar(run, words)
        case "notification":
            return await _notify(run, words)
        case "battery":
            return await _battery(run, words)
        case "window" | "wifi" | "settings" | "power" | "input" | "input_method" | "media_session" | "overlay":
            command = run.device.command({"window": "wm", "input_method": "ime"}.get(service, service))
            return await command(run) if command else 0
        case _:
            await run.complain(f"cmd: Can't find service: {service}\n")
            return 20


async def clipboard(run: Run) -> int:
    phone = run.device.handset.phone
    match run.arguments:
        case ["get" | "get-text" | "get-primary-clip", *_]:
            await run.say(f"{phone.clipboard}\n")
        case ["set" | "set-text" | "set-primary-clip", *words]:
            phone.clipboard = " ".join(words)
            run.device.handset.stirred()
        case _:
            raise Refused("cmd clipboard: get-text, set-text TEXT")
    return 0


async def locale(run: Run) -> int:
    phone = run.device.handset.phone
    match run.arguments:
        case ["set-device-locale" | "set", name, *_]:
            phone.locale = name
            run.device.handset.stirred()
        case []:
            await run.say(f"{phone.locale}\n")
        case ["get-device-locale" | "get", *_]:
            await run.say(f"{phone.locale}\n")
        case ["get-app-locales", name, *_]:
            await run.say(f"Locales for {name} for user 0 are []\n")
        case _:
            raise Refused("cmd locale: get-device-locale, set-device-locale NAME")
    return 0


async def _uimode(run: Run, words: list[str]) -> int:
    phone = run.device.handset.phone
    if words[:1] == ["night"] and words[1:2] in (["yes"], ["no"]):
        phone.dark = words[1] == "yes"
        run.device.handset.stirred()
    await run.say(f"Night mode: {'yes' if phone.dark else 'no'}\n")
    return 0


async def _statusbar(run: Run, words: list[str]) -> int:
    if words[:1] in (["expand-notifications"], ["expand-settings"], ["collapse"]):
        run.device.panel(words[0])
        return 0
    raise Refused(f"Unknown command: {' '.join(words)}")


async def _notify(run: Run, words: list[str]) -> int:
    if words[:1] != ["post"]:
        raise Refused(f"Unknown command: {' '.join(words)}")
    title = words[words.index("-t") + 1] if "-t" in words else "Shell"
    run.device.handset.phone.notify(title, words[-1])
    run.device.handset.stirred()
    await run.say("posting:\n")
    return 0


async def _battery(run: Run, words: list[str]) -> int:
    battery = run.device.handset.phone.battery
    match words:
        case ["set", "level", value]:
            battery.level = int(value)
        case ["unplug"]:
            battery.charging = False
        case ["reset"]:
            battery.charging = True
        case _:
            raise Refused(f"Unknown command: {' '.join(words)}")
    run.device.handset.stirred()
    return 0


async def content(run: Run) -> int:
    """The media store, as far as a pushed file has to be told to the gallery."""
    words = run.arguments
    uri = words[words.index("--uri") + 1] if "--uri" in words else ""
    if words[:1] == ["query"]:
        if uri.startswith("content://settings/"):
            await run.say("No result found.\n")
            return 0
        rows = media(run.device)
        shown = [f"Row: {at} _id={at + 1}, _data=/storage/emulated/0{name[7:]}\n" for at, name in enumerate(rows)]
        await run.say("".join(shown) or "No result found.\n")
    elif words[:1] not in (["call"], ["insert"], ["delete"], ["update"]):
        raise Refused("usage: adb shell content [subcommand] [options]")
    return 0


COMMANDS = {"settings": settings, "svc": svc, "ime": ime, "cmd": cmd, "content": content, "locale": locale}
