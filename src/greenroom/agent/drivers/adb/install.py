"""Installing: streamed for one file, a session for several; what the phone's installer says, in words that help."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.quote import command
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.errors import Offline, Refused, plain
from greenroom.agent.phone_values import Progress

BLOCK = 1 << 20
ANSWER = 1 << 20  # bytes that an installer may say
SESSION = re.compile(r"\[(\d+)\]")
FAILURE = re.compile(r"(?:INSTALL|DELETE)_[A-Z_]+")
REASONS = {
    "INSTALL_FAILED_UPDATE_INCOMPATIBLE": "has the app from another signer: uninstall that one first, its data goes",
    "INSTALL_FAILED_VERSION_DOWNGRADE": "has a newer version: uninstall that one first, its data goes",
    "INSTALL_FAILED_INSUFFICIENT_STORAGE": "has no room left: delete something on it, then repeat",
    "INSTALL_FAILED_NO_MATCHING_ABIS": "has another processor than this file is made for: take the file for its kind",
    "INSTALL_FAILED_OLDER_SDK": "has an Android too old for this version: take an older version",
    "INSTALL_FAILED_MISSING_SPLIT": "needs more parts of this app: give all files of the split package",
    "INSTALL_FAILED_TEST_ONLY": "refuses test builds: take a release build",
    "INSTALL_FAILED_USER_RESTRICTED": "forbids installing over USB: allow it in its developer options",
    "INSTALL_FAILED_VERIFICATION_FAILURE": "did not trust the file: switch off the check of apps over USB",
    "INSTALL_FAILED_INVALID_APK": "finds the file damaged: fetch it again",
    "INSTALL_PARSE_FAILED_NOT_APK": "finds the file damaged: fetch it again",
    "INSTALL_PARSE_FAILED_NO_CERTIFICATES": "finds the file unsigned: take a signed one",
    "DELETE_FAILED_INTERNAL_ERROR": "has no such app, or one that came with the phone",
}


@dataclass(slots=True)
class _Count:
    total: int
    progress: Progress | None
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        if self.progress:
            self.progress(self.done, self.total)


async def install(shell: Shell, apks: Sequence[Path], *, sdk: int, progress: Progress | None = None) -> None:
    """Install or update one package from its files; Refused with what to do when the phone says no."""
    pm = ("cmd", "package") if sdk >= 26 or sdk == 0 else ("pm",)  # Android 7 answers `cmd` on the wrong stream
    count = _Count(sum(one.stat().st_size for one in apks), progress)
    if len(apks) == 1:
        line = (*pm, "install", "-r", "-S", str(count.total))
        _success(shell.name, await _stream(shell, line, apks[0], count))
        return
    created = await _say(shell, *pm, "install-create", "-r", "-S", str(count.total))
    match = SESSION.search(created)
    if not match:
        raise _refusal(shell.name, created)
    try:
        for number, file in enumerate(apks):
            size = str(file.stat().st_size)
            line = (*pm, "install-write", "-S", size, match[1], f"{number}_{_safe(file.name)}", "-")
            _success(shell.name, await _stream(shell, line, file, count))
        _success(shell.name, await _say(shell, *pm, "install-commit", match[1]))
    except BaseException:
        await _say(shell, *pm, "install-abandon", match[1])
        raise


async def uninstall(shell: Shell, package: str) -> None:
    _success(shell.name, await _say(shell, "pm", "uninstall", package))


async def _say(shell: Shell, *words: str) -> str:
    done = await shell.run(*words)
    return (done.out + done.error).decode("utf-8", "replace")


async def _stream(shell: Shell, words: Sequence[str], file: Path, count: _Count) -> str:
    """A command fed with a file; its answer may come, with a refusal, before all is sent."""
    async with await shell.exec(command(words, phone=shell.name)) as pipe:
        try:
            with file.open("rb") as source:
                while block := await asyncio.to_thread(source.read, BLOCK):
                    await pipe.write(block)
                    count.add(len(block))
        except ConnectionError:
            pass  # it refused in the middle: its reason is still to be read
        try:
            return (await pipe.rest(ANSWER)).decode("utf-8", "replace")
        except (ConnectionError, ValueError) as error:
            raise Offline(shell.name, "lost its connection while it installed: plug it in and repeat") from error


def _success(phone: str, answer: str) -> None:
    if "Success" not in answer:
        raise _refusal(phone, answer)


def _refusal(phone: str, answer: str) -> Refused:
    code = FAILURE.search(answer)
    words = plain(answer, 200) or "it said nothing"
    if code and (reason := REASONS.get(code[0])):
        return Refused(phone, f"{reason} ({code[0]})")
    return Refused(phone, f"did not do it: {words}")


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[-80:]
