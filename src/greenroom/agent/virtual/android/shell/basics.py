"""Commands that every shell has, and what tells who and where one is."""

import asyncio
import time

from greenroom.agent.virtual.android.shell.run import Run


async def echo(run: Run) -> int:
    words = run.arguments
    bare = words[:1] == ["-n"]
    await run.say(" ".join(words[1:] if bare else words) + ("" if bare else "\n"))
    return 0


async def printf(run: Run) -> int:
    form, *values = run.arguments
    text = form.replace("\\n", "\n").replace("\\t", "\t")
    for value in values:
        text = text.replace("%s", value, 1)
    await run.say(text)
    return 0


async def true(run: Run) -> int:
    return 0


async def false(run: Run) -> int:
    return 1


async def identity(run: Run) -> int:
    groups = "1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),3003(inet)"
    short = run.name == "whoami"
    await run.say(
        "shell\n" if short else f"uid=2000(shell) gid=2000(shell) groups=2000(shell),{groups} context=u:r:shell:s0\n"
    )
    return 0


async def cd(run: Run) -> int:
    path = run.path(run.arguments[0] if run.arguments else "/")
    if not run.device.disk.is_folder(path):
        await run.complain(f"/system/bin/sh: cd: {path}: No such file or directory\n")
        return 2
    run.folder = path
    return 0


async def pwd(run: Run) -> int:
    await run.say(f"{run.folder}\n")
    return 0


async def sleep(run: Run) -> int:
    await asyncio.sleep(float(run.arguments[0]))
    return 0


async def date(run: Run) -> int:
    now = time.time()
    form = run.arguments[0] if run.arguments else "+%a %b %e %H:%M:%S UTC %Y"
    text = form.removeprefix("+").replace("%s", str(int(now)))
    await run.say(time.strftime(text, time.gmtime(now)) + "\n")
    return 0


async def uname(run: Run) -> int:
    long = "Linux localhost 5.10.198-android13 #1 SMP PREEMPT aarch64"
    await run.say(f"{long if '-a' in run.arguments else 'Linux'}\n")
    return 0


async def which(run: Run) -> int:
    code = 0
    for name in [one for one in run.arguments if not one.startswith("-")]:
        if run.device.command(name):
            await run.say(f"/system/bin/{name}\n")
        else:
            code = 1
    return code


async def toybox(run: Run) -> int:
    command = run.device.command(run.arguments[0]) if run.arguments else None
    if command is None:
        await run.complain(f"toybox: Unknown command {' '.join(run.arguments[:1])}\n")
        return 127
    run.words = run.arguments
    return await command(run)


async def processes(run: Run) -> int:
    lines = ["USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME"]
    for pid, user, name in run.device.processes():
        lines.append(f"{user:<12} {pid:>5}   820 1010000  27580 do_epoll_wait       0 S {name}")
    await run.say("\n".join(lines) + "\n")
    return 0


async def pidof(run: Run) -> int:
    found = [str(pid) for pid, _, name in run.device.processes() if name in run.arguments]
    if found:
        await run.say(" ".join(found) + "\n")
    return 0 if found else 1


async def getprop(run: Run) -> int:
    properties = run.device.properties()
    if run.arguments:
        default = run.arguments[1] if len(run.arguments) > 1 else ""
        await run.say(properties.get(run.arguments[0], default) + "\n")
    else:
        await run.say("".join(f"[{name}]: [{value}]\n" for name, value in sorted(properties.items())))
    return 0


async def setprop(run: Run) -> int:
    name, value = run.arguments
    if name.startswith("ro."):
        await run.complain(f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.\n")
        return 1
    run.device.handset.phone.properties[name] = value
    return 0


async def network(run: Run) -> int:
    await run.say(
        "wlan0     Link encap:Ethernet\n          inet addr:10.0.2.16  Bcast:10.0.2.255  Mask:255.255.255.0\n"
    )
    return 0


COMMANDS = {
    "echo": echo, "printf": printf, "true": true, ":": true, "false": false, "id": identity, "whoami": identity,
    "cd": cd, "pwd": pwd, "sleep": sleep, "date": date, "uname": uname, "which": which, "command": which,
    "toybox": toybox, "ps": processes, "pidof": pidof, "getprop": getprop, "setprop": setprop, "ifconfig": network,
    "export": true, "sync": true, "logcat": true, "kill": true, "dpm": true,
}  # fmt: skip
