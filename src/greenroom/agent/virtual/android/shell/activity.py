"""`am`: starting, stopping and broadcasting."""

from greenroom.agent.virtual.android.intents import Intent, intent_of, receiver_of, start
from greenroom.agent.virtual.android.shell.run import Run
from greenroom.agent.virtual.contracts import Refused


async def am(run: Run) -> int:
    if not run.arguments:
        raise Refused("Activity manager (activity) commands: start, force-stop, broadcast, kill, stack")
    verb, *words = run.arguments
    await run.device.handset.ready()
    match verb:
        case "start" | "start-activity":
            return await _start(run, intent_of(words))
        case "force-stop" | "kill" | "stop-app":
            run.device.stop(next(one for one in words if not one.startswith("-") and not one.isdigit()))
        case "broadcast":
            await _broadcast(run, intent_of(words))
        case "startservice" | "start-service" | "start-foreground-service":
            await run.say(f"Starting service: {intent_of(words)}\n")
        case "get-current-user":
            await run.say("0\n")
        case "kill-all":
            pass
        case _:
            raise Refused(f"Unknown command: {verb}")
    return 0


async def _start(run: Run, intent: Intent) -> int:
    device = run.device
    await run.say(f"Starting: {intent}\n")
    package, _, activity = intent.component.partition("/")
    package = package or intent.package or receiver_of(device, intent)
    if package not in device.package_names():
        what = (
            f"Activity class {{{intent.component}}} does not exist."
            if intent.component
            else f"Activity not started, unable to resolve {intent}"
        )
        await run.complain(f"Error type 3\nError: {what}\n" if intent.component else f"Error: {what}\n")
        return 1
    if "-S" in intent.flags:
        device.stop(package)
    before = device.handset.phone.front()[0]
    start(device, intent, package, activity)
    front = "/".join(device.handset.phone.front())
    if "-W" in intent.flags:
        state = "HOT" if before == package else "COLD"
        await run.say(f"Status: ok\nLaunchState: {state}\nActivity: {front}\nTotalTime: 214\nWaitTime: 218\nComplete\n")
    elif before == package and "-S" not in intent.flags:
        await run.complain("Warning: Activity not started, its current task has been brought to the front\n")
    return 0


async def _broadcast(run: Run, intent: Intent) -> None:
    """Only the media scanner listens on this phone."""
    await run.say(f"Broadcasting: {intent}\n")
    if intent.action == "android.intent.action.MEDIA_SCANNER_SCAN_FILE":
        run.device.handset.stirred()
    await run.say("Broadcast completed: result=0\n")


COMMANDS = {"am": am}
