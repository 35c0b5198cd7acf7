"""The package installer: sessions, and the checks that Android makes, with Android's own codes."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from greenroom.agent.virtual.android.disk import Disk
from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.model.packages import SDK
from greenroom.agent.virtual.model.phone import Phone
from greenroom.agent.virtual.packages import Apk, BadPackage, read_apk

SPACE = 500 << 20  # bytes that Android keeps free


@dataclass(slots=True)
class Session:
    parts: dict[str, bytes] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Installer:
    """`free` counts what is left in bytes; installed files lie where `pm path` says."""

    phone: Phone
    disk: Disk
    free: Callable[[], int]
    abis: tuple[str, ...]
    sessions: dict[int, Session] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1_400_000_001))

    def create(self, flags: frozenset[str], size: int = 0) -> int:
        """A new session's number; refused at once where its announced size does not fit."""
        self._check_room(size)
        number = next(self._numbers)
        self.sessions[number] = Session(flags=flags)
        return number

    def commit(self, number: int) -> Package:
        """Install what a session holds, and forget it either way; BadPackage when refused."""
        session = self.session(number)
        del self.sessions[number]
        return self.install(list(session.parts.values()), session.flags)

    def session(self, number: int) -> Session:
        if number not in self.sessions:
            raise BadPackage("INSTALL_FAILED_INTERNAL_ERROR", f"Unknown session {number}")
        return self.sessions[number]

    def install(self, files: list[bytes], flags: frozenset[str]) -> Package:
        """Install a base with its splits; BadPackage, with the phone unchanged, when Android would refuse."""
        apks = [read_apk(data) for data in files]
        base = self._base(apks)
        size = sum(apk.size for apk in apks)
        self._check_room(size)
        before = next((one for one in self.phone.installed() if one.name == base.name), None)
        if before:
            _check_update(before, base, flags)
        self._check_fit(base, apks)
        package = base.package(tuple(apk.split for apk in apks if apk.split), size)
        self.phone.install(package, downgrade=True)  # whether it may was decided above
        return package

    def _base(self, apks: list[Apk]) -> Apk:
        bases = [apk for apk in apks if not apk.split]
        if len(bases) != 1:
            code = "INSTALL_FAILED_INVALID_APK" if bases else "INSTALL_FAILED_MISSING_SPLIT"
            raise BadPackage(
                code,
                "Missing split for " + apks[0].name
                if apks and not bases
                else "Full install must include a base package",
            )
        base = bases[0]
        for apk in apks:
            if apk.name != base.name:
                raise BadPackage(
                    "INSTALL_FAILED_INVALID_APK",
                    f"{apk.split or apk.name} package {apk.name} inconsistent with {base.name}",
                )
            if apk.code != base.code:
                raise BadPackage(
                    "INSTALL_FAILED_INVALID_APK",
                    f"Split {apk.split} version code {apk.code} inconsistent with {base.code}",
                )
            if apk.signer != base.signer:
                raise BadPackage("INSTALL_FAILED_INVALID_APK", f"Split {apk.split} signatures are inconsistent")
        names = [apk.split for apk in apks]
        if len(set(names)) != len(names):
            raise BadPackage("INSTALL_FAILED_INVALID_APK", "Split was defined multiple times")
        return base

    def _check_room(self, size: int) -> None:
        if self.free() - size < SPACE:
            raise BadPackage("INSTALL_FAILED_INSUFFICIENT_STORAGE", "Failed to override installation location")

    def _check_fit(self, base: Apk, apks: list[Apk]) -> None:
        if base.minimum_sdk > SDK:
            reason = f"Requires newer sdk version #{base.minimum_sdk} (current version is #{SDK})"
            raise BadPackage("INSTALL_FAILED_OLDER_SDK", reason)
        abis = {abi for apk in apks for abi in apk.abis}
        if abis and not abis & set(self.abis):
            raise BadPackage("INSTALL_FAILED_NO_MATCHING_ABIS", "Failed to extract native libraries, res=-113")


def _check_update(before: Package, base: Apk, flags: frozenset[str]) -> None:
    if before.signer != base.signer:
        reason = f"Existing package {base.name} signatures do not match newer version; ignoring!"
        raise BadPackage("INSTALL_FAILED_UPDATE_INCOMPATIBLE", reason)
    if base.code < before.code and "-d" not in flags:
        reason = f"Downgrade detected: Update version code {base.code} is older than current {before.code}"
        raise BadPackage("INSTALL_FAILED_VERSION_DOWNGRADE", reason)
