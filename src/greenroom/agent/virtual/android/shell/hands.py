"""`input` and `monkey`: what a shell does to the screen."""

import asyncio

from greenroom.agent.virtual.android.shell.run import Run
from greenroom.agent.virtual.contracts import Action, Refused
from greenroom.agent.virtual.keycodes import code_of

SOURCES = frozenset(
    {"keyboard", "dpad", "gamepad", "touchscreen", "mouse", "touchpad", "stylus", "trackball", "touchnavigation"}
)
USAGE = "Error: Unknown command: {}\nUsage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]"
NO_KEYS = (  # `input text` goes by key events, and has none for other characters
    "Exception occurred while executing 'text':\njava.lang.NullPointerException: Attempt to get length of null array"
)
SWIPE = 0.3  # seconds, when none are said
LONG = 0.5  # before a long press counts


async def send_input(run: Run) -> int:
    words = list(run.arguments)
    if words and words[0] in SOURCES:
        words.pop(0)
    if words[:1] == ["-d"]:
        words = words[2:]
    if not words:
        raise Refused(USAGE.format(""))
    await run.device.handset.ready()
    name, *rest = words
    if name == "text":
        text = rest[0].replace("%s", " ")
        if not text.isascii():
            raise Refused(NO_KEYS)
        run.device.handset.text(text)
    elif name in ("keyevent", "keycombination"):
        await _keys(run, rest)
    elif name in ("tap", "swipe", "draganddrop", "motionevent", "scroll", "roll", "press"):
        await _point(run, name, rest)
    else:
        raise Refused(USAGE.format(name))
    return 0


async def _keys(run: Run, words: list[str]) -> None:
    long = "--longpress" in words
    for name in [one for one in words if not one.startswith("--")]:
        run.device.handset.key(code_of(name), long=long)


async def _point(run: Run, name: str, words: list[str]) -> None:
    handset = run.device.handset
    if name == "motionevent":
        actions: dict[str, Action] = {"DOWN": "down", "MOVE": "move", "UP": "up", "CANCEL": "up"}
        handset.touch(actions[words[0].upper()], whole(words[1]), whole(words[2]))
    elif name == "tap":
        handset.tap(whole(words[0]), whole(words[1]))
    elif name == "scroll":
        axes = {name: float(value) for name, _, value in (one.partition(",") for one in words[3::2])}
        handset.phone.scroll(whole(words[0]), whole(words[1]), axes.get("HSCROLL", 0.0), axes.get("VSCROLL", 0.0))
        handset.stirred()
    elif name in ("swipe", "draganddrop"):
        x1, y1, x2, y2 = (whole(one) for one in words[:4])
        seconds = int(words[4]) / 1000 if len(words) > 4 else SWIPE
        if (x1, y1) == (x2, y2):
            await handset.press(x1, y1, seconds)
        else:
            await handset.swipe((x1, y1), (x2, y2), seconds, hold=LONG + 0.1 if name == "draganddrop" else 0.0)


def whole(text: str) -> int:
    """A coordinate, which tools also write as 540.0."""
    return round(float(text))


async def monkey(run: Run) -> int:
    """Starts an app's launcher activity, which is what clients use it for."""
    words = run.arguments
    package = words[words.index("-p") + 1] if "-p" in words else ""
    await run.device.handset.ready()
    if package not in run.device.package_names():
        await run.say("** No activities found to run, monkey aborted.\n")
        return 252
    run.device.launch(package)
    await asyncio.sleep(0)
    await run.say(
        "Events injected: 1\n## Network stats: elapsed time=12ms (0ms mobile, 0ms wifi, 12ms not connected)\n"
    )
    return 0


COMMANDS = {"input": send_input, "monkey": monkey}
