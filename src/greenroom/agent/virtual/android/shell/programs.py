"""Programs that a shell starts: another shell, the servers that clients bring along, and `reboot`."""

from greenroom.agent.virtual.android.automation.serve import serve_automation
from greenroom.agent.virtual.android.scrcpy.serve import serve_scrcpy
from greenroom.agent.virtual.android.shell.run import Run, Shell, run_line

AUTOMATION, SCRCPY = "com.wetest.uia2.Main", "com.genymobile.scrcpy.Server"


async def app_process(run: Run) -> int:
    """A Java program: uiautomator2's server and scrcpy's are known, if their file was pushed."""
    words = [one for one in run.arguments if not one.startswith("-") or one == "-p"]
    jar = run.variables.get("CLASSPATH", "")
    main = words[1] if len(words) > 1 else ""
    if not jar or not run.device.disk.is_file(run.path(jar)):
        await run.complain(
            f'java.lang.ClassNotFoundException: Didn\'t find class "{main}" on path: {jar or "."}\nAborted\n'
        )
        return 134
    if main == AUTOMATION:
        return await serve_automation(run, words[2:])
    if main == SCRCPY:
        return await serve_scrcpy(run, words[2:])
    await run.complain(f"java.lang.ClassNotFoundException: {main}\nAborted\n")
    return 134


async def sh(run: Run) -> int:
    shell = Shell(run.device, run.stdin, run.stdout, run.stderr)
    if "-c" in run.arguments:
        return await run_line(shell, run.arguments[run.arguments.index("-c") + 1])
    text = bytearray()
    while part := await run.stdin.read():
        text += part
    return await run_line(shell, text.decode("utf-8", "surrogateescape"))


async def reboot(run: Run) -> int:
    run.device.reboot()
    return 0


COMMANDS = {"app_process": app_process, "app_process64": app_process, "sh": sh, "reboot": reboot}
