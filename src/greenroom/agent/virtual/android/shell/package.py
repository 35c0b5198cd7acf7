"""`pm` and `cmd package`: what is installed, installing, removing."""

from greenroom.agent.virtual.android.shell.run import Run
from greenroom.agent.virtual.contracts import Package, Refused
from greenroom.agent.virtual.packages import BadPackage

VALUED = frozenset({"-S", "-i", "--user", "-p", "--abi", "--install-location", "--originating-uri", "--referrer", "-o"})


def split(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Options with their values, and the rest; a lone `-` belongs to the rest."""
    options, rest, left = dict[str, str](), list[str](), list(words)
    while left:
        word = left.pop(0)
        if word in VALUED and left:
            options[word] = left.pop(0)
        elif word.startswith("-") and word != "-":
            options[word] = ""
        else:
            rest.append(word)
    return options, rest


async def pm(run: Run) -> int:
    if not run.arguments:
        raise Refused("Package manager (package) commands: list, path, install, uninstall, clear, resolve-activity")
    verb, *words = run.arguments
    command = VERBS.get(verb)
    if command is None:
        raise Refused(f"Unknown command: {verb}")
    try:
        return await command(run, words)
    except BadPackage as error:
        await run.say(f"Failure [{error.code}: {error.reason}]\n")
        return 1


async def show_list(run: Run, words: list[str]) -> int:
    if words[:1] == ["users"]:
        await run.say("Users:\n\tUserInfo{0:Owner:c13} running\n")
    elif words[:1] == ["features"]:
        await run.say("feature:android.hardware.touchscreen\nfeature:android.hardware.camera\n")
    elif words[:1] in (["packages"], ["package"]):
        options, wanted = split(words[1:])
        for one in sorted(run.device.packages(), key=lambda one: one.name):
            hidden = ("-3" in options and one.system) or ("-s" in options and not one.system) or "-d" in options
            if not hidden and all(part in one.name for part in wanted):
                await run.say(_line(run, one, options))
    else:
        raise Refused(f"Error: unknown list type '{' '.join(words[:1])}'")
    return 0


def _line(run: Run, package: Package, options: dict[str, str]) -> str:
    place = f"{run.device.apk_paths(package)[0]}=" if "-f" in options else ""
    code = f" versionCode:{package.code}" if "--show-versioncode" in options else ""
    installer = "  installer=null" if "-i" in options else ""
    uid = f" uid:{run.device.uid(package.name)}" if "-U" in options else ""
    return f"package:{place}{package.name}{code}{installer}{uid}\n"


async def path(run: Run, words: list[str]) -> int:
    package = run.device.package(split(words)[1][0])
    if package is None:
        return 1
    await run.say("".join(f"package:{name}\n" for name in run.device.apk_paths(package)))
    return 0


async def install(run: Run, words: list[str]) -> int:
    """Streamed with -S, else from a file on the phone."""
    options, names = split(words)
    installer = run.device.installer
    if "-S" in options:
        installer.create(frozenset(options), int(options["-S"]))
        data = await exactly(run, int(options["-S"]))
    elif not names:
        await run.complain("Error: no package specified\n")
        return 1
    else:
        data = run.device.disk.read(run.path(names[0]))
    await run.device.handset.ready()
    installer.install([data], frozenset(options))
    await run.say("Success\n")
    return 0


async def create(run: Run, words: list[str]) -> int:
    options, _ = split(words)
    number = run.device.installer.create(frozenset(options), int(options.get("-S", "0")))
    await run.say(f"Success: created install session [{number}]\n")
    return 0


async def write(run: Run, words: list[str]) -> int:
    options, rest = split(words)
    session = run.device.installer.session(int(rest[0]))
    if len(rest) > 2 and rest[2] != "-":
        data = run.device.disk.read(run.path(rest[2]))
    else:
        data = await exactly(run, int(options["-S"]))
    session.parts[rest[1]] = data
    await run.say(f"Success: streamed {len(data)} bytes\n")
    return 0


async def commit(run: Run, words: list[str]) -> int:
    await run.device.handset.ready()
    run.device.installer.commit(int(split(words)[1][0]))
    await run.say("Success\n")
    return 0


async def abandon(run: Run, words: list[str]) -> int:
    number = int(split(words)[1][0])
    run.device.installer.session(number)
    del run.device.installer.sessions[number]
    await run.say("Success\n")
    return 0


async def uninstall(run: Run, words: list[str]) -> int:
    package = run.device.package(split(words)[1][0])
    if package is None or package.system:
        code = "DELETE_FAILED_INTERNAL_ERROR" if package is None else "-1000"
        await run.say(f"Failure [{code}]\n")
        return 1
    run.device.handset.phone.uninstall(package.name)
    run.device.handset.stirred()
    await run.say("Success\n")
    return 0


async def clear(run: Run, words: list[str]) -> int:
    name = split(words)[1][0]
    if run.device.package(name) is None:
        await run.say("Failed\n")
        return 1
    run.device.handset.phone.clear(name)
    run.device.handset.stirred()
    await run.say("Success\n")
    return 0


async def resolve(run: Run, words: list[str]) -> int:
    package = run.device.package(split(words)[1][-1])
    if package is None:
        await run.say("No activity found\n")
        return 0
    if "--brief" in words:
        await run.say("priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n")
    await run.say(f"{package.name}/{package.activity}\n")
    return 0


async def grant(run: Run, words: list[str]) -> int:
    if run.device.package(split(words)[1][0]) is None:
        raise Refused(f"Exception occurred while executing 'grant': Unknown package: {words[0]}")
    return 0


async def exactly(run: Run, count: int) -> bytes:
    """`count` bytes from standard input; BadPackage when it ends before."""
    data = bytearray()
    while len(data) < count:
        part = await run.stdin.read(min(1 << 20, count - len(data)))
        if not part:
            raise BadPackage("INSTALL_FAILED_INVALID_APK", f"the stream ended after {len(data)} of {count} bytes")
        data += part
    return bytes(data)


VERBS = {
    "list": show_list, "path": path, "install": install, "install-create": create, "install-write": write,
    "install-commit": commit, "install-abandon": abandon, "uninstall": uninstall, "clear": clear,
    "resolve-activity": resolve, "grant": grant, "revoke": grant, "disable-user": grant, "enable": grant,
}  # fmt: skip
COMMANDS = {"pm": pm}
