"""Commands over files, as toybox has them: the options that clients use."""

import asyncio
import hashlib
import posixpath
import re
import stat
import time

from greenroom.agent.virtual.android.disk import Entry, NoSuchPath, NotAllowed
from greenroom.agent.virtual.android.shell.run import Run


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """The letters of all short options, and the rest."""
    flags = "".join(one[1:] for one in arguments if one.startswith("-") and len(one) > 1 and one[1] != "-")
    return flags, [one for one in arguments if not one.startswith("-") or one == "-"]


async def ls(run: Run) -> int:
    flags, names = split(run.arguments)
    code, out = 0, []
    for name in names or ["."]:
        path = run.path(name)
        entry = run.device.disk.entry(path)
        if entry is None:
            await run.complain(f"ls: {name}: No such file or directory\n")
            code = 1
            continue
        whole = not entry.folder or "d" in flags
        if len(names) > 1 and not whole:
            out.append(f"{name}:")
        if "l" in flags and not whole:
            out.append("total 0")
        for one in [entry] if whole else run.device.disk.listing(path):
            shown = name if whole else posixpath.basename(one.path)
            out.append(_long(one, shown) if "l" in flags else shown)
    await run.say("".join(f"{line}\n" for line in out))
    return code


def _long(entry: Entry, shown: str) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(entry.modified))
    links = 2 if entry.folder else 1
    return f"{stat.filemode(entry.mode)} {links} shell shell {entry.size:>8} {when} {shown}"


async def cat(run: Run) -> int:
    _, names = split(run.arguments)
    if not names:
        while part := await run.stdin.read():
            await run.stdout.write(part)
    for name in names:
        await run.stdout.write(run.device.disk.read(run.path(name)))
    return 0


async def rm(run: Run) -> int:
    flags, names = split(run.arguments)
    code = 0
    for name in names:
        try:
            run.device.disk.remove(run.path(name), whole="r" in flags or "R" in flags)
        except NoSuchPath:
            if "f" not in flags:
                await run.complain(f"rm: {name}: No such file or directory\n")
                code = 1
        except NotAllowed as error:
            await run.complain(f"rm: {error}\n")
            code = 1
    return code


async def mkdir(run: Run) -> int:
    flags, names = split(run.arguments)
    for name in names:
        path = run.path(name)
        if "p" not in flags and run.device.disk.entry(path):
            await run.complain(f"mkdir: '{name}': File exists\n")
            return 1
        run.device.disk.make_folder(path)
    return 0


async def mv(run: Run) -> int:
    code = await cp(run)
    if code == 0:
        _, names = split(run.arguments)
        for name in names[:-1]:
            run.device.disk.remove(run.path(name), whole=True)
    return code


async def cp(run: Run) -> int:
    _, names = split(run.arguments)
    if len(names) < 2:
        await run.complain(f"{run.name}: Needs 2 arguments\n")
        return 1
    target = run.path(names[-1])
    for name in names[:-1]:
        goal = posixpath.join(target, posixpath.basename(name)) if run.device.disk.is_folder(target) else target
        run.device.disk.write(goal, run.device.disk.read(run.path(name)))
    return 0


async def touch(run: Run) -> int:
    for name in split(run.arguments)[1]:
        path = run.path(name)
        run.device.disk.write(path, run.device.disk.read(path) if run.device.disk.is_file(path) else b"")
    return 0


async def chmod(run: Run) -> int:
    mode, *names = split(run.arguments)[1]
    for name in names:
        entry = run.device.disk.entry(run.path(name))
        if entry is None:
            raise NoSuchPath(f"{name}: No such file or directory")
        if mode.isdigit():
            run.device.disk.facts[entry.path] = (int(mode, 8) & 0o777, entry.modified)
    return 0


async def show_stat(run: Run) -> int:
    arguments = list(run.arguments)
    form = arguments.pop(arguments.index("-c") + 1) if "-c" in arguments else ""
    for name in split(arguments)[1]:
        entry = run.device.disk.entry(run.path(name))
        if entry is None:
            await run.complain(f"stat: '{name}': No such file or directory\n")
            return 1
        kind = "directory" if entry.folder else "regular file"
        facts = {
            "%s": str(entry.size),
            "%n": name,
            "%Y": str(entry.modified),
            "%F": kind,
            "%a": f"{entry.mode & 0o777:o}",
        }
        text = form or f"  File: {name}\n  Size: {entry.size}\t {kind}\nAccess: ({entry.mode & 0o777:04o})"
        for letter, value in facts.items():
            text = text.replace(letter, value)
        await run.say(f"{text}\n")
    return 0


async def digest(run: Run) -> int:
    algorithm = run.name.removesuffix("sum")
    flags, names = split(run.arguments)
    code = 0
    for name in names or ["-"]:
        try:
            data = run.device.disk.read(run.path(name)) if name != "-" else await _all(run)
        except (NoSuchPath, NotAllowed) as error:
            await run.complain(f"{run.name}: {error}\n")
            code = 1
            continue
        found = await asyncio.to_thread(_digest, algorithm, data)
        await run.say(f"{found}\n" if "b" in flags else f"{found}  {name}\n")
    return code


def _digest(algorithm: str, data: bytes) -> str:
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


async def df(run: Run) -> int:
    storage = run.device.handset.phone.storage
    human = "h" in split(run.arguments)[0]
    free, total = run.device.free(), storage.total

    def size(count: int) -> str:
        return f"{count / (1 << 30):.0f}G" if human else str(count // 1024)

    head = (
        "Filesystem       Size  Used Avail Use% Mounted on"
        if human
        else "Filesystem     1K-blocks     Used Available Use% Mounted on"
    )
    used = total - free
    lines = [head]
    for name, place in (("/dev/block/dm-5", "/data"), ("/dev/fuse", "/storage/emulated")):
        lines.append(f"{name:<16} {size(total)} {size(used)} {size(free)} {100 * used // total}% {place}")
    await run.say("\n".join(lines) + "\n")
    return 0


async def wc(run: Run) -> int:
    flags, names = split(run.arguments)
    data = run.device.disk.read(run.path(names[0])) if names else await _all(run)
    counts = {"l": data.count(b"\n"), "w": len(data.split()), "c": len(data)}
    await run.say(
        " ".join(str(counts[letter]) for letter in (flags or "lwc")) + (f" {names[0]}" if names else "") + "\n"
    )
    return 0


async def head(run: Run) -> int:
    arguments = list(run.arguments)
    count = int(arguments.pop(arguments.index("-n") + 1)) if "-n" in arguments else 10
    names = [one for one in arguments if not one.startswith("-")]
    data = run.device.disk.read(run.path(names[0])) if names else await _all(run)
    lines = data.splitlines(keepends=True)
    await run.stdout.write(b"".join(lines[:count] if run.name == "head" else lines[-count:] if count else []))
    return 0


async def grep(run: Run) -> int:
    flags, names = split(run.arguments)
    pattern, *files = names
    data = b"".join([run.device.disk.read(run.path(name)) for name in files]) if files else await _all(run)
    expression = (pattern if "E" in flags else re.escape(pattern)).encode()
    wanted = re.compile(expression, re.IGNORECASE if "i" in flags else 0)
    kept = [one for one in data.splitlines() if bool(wanted.search(one)) != ("v" in flags)]
    if "q" not in flags:
        await run.say(
            f"{len(kept)}\n" if "c" in flags else "".join(f"{one.decode(errors='replace')}\n" for one in kept)
        )
    return 0 if kept else 1


async def test(run: Run) -> int:
    words = run.arguments[:-1] if run.name == "[" and run.arguments[-1:] == ["]"] else run.arguments
    disk = run.device.disk
    match words:
        case ["-e", name]:
            return 0 if disk.entry(run.path(name)) else 1
        case ["-f", name]:
            return 0 if disk.is_file(run.path(name)) else 1
        case ["-d", name]:
            return 0 if disk.is_folder(run.path(name)) else 1
        case ["-z", text]:
            return 1 if text else 0
        case ["-n", text] | [text]:
            return 0 if text else 1
        case [left, "=" | "==", right]:
            return 0 if left == right else 1
        case [left, "!=", right]:
            return 0 if left != right else 1
        case _:
            return 1


async def _all(run: Run) -> bytes:
    data = bytearray()
    while part := await run.stdin.read():
        data += part
    return bytes(data)


COMMANDS = {
    "ls": ls, "cat": cat, "rm": rm, "mkdir": mkdir, "mv": mv, "cp": cp, "touch": touch, "chmod": chmod, "df": df,
    "stat": show_stat, "md5sum": digest, "sha1sum": digest, "sha256sum": digest, "wc": wc, "head": head,
    "tail": head, "grep": grep, "test": test, "[": test,
}  # fmt: skip
