"""Which parts of a split package one phone needs: its processor, its screen, its languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ABIS = {"arm64_v8a", "armeabi_v7a", "armeabi", "x86", "x86_64", "mips", "mips64"}
DENSITIES = {"ldpi": 120, "mdpi": 160, "tvdpi": 213, "hdpi": 240, "xhdpi": 320, "xxhdpi": 480, "xxxhdpi": 640}
MARKED = re.compile(r"(?:(?:^|[._])config\.|^base-)(?P<what>[a-z][A-Za-z0-9_]*)\.apk$")


@dataclass(frozen=True, slots=True)
class Fit:
    """`abis` in the phone's order of preference; `density` in dots per inch; `locales` as en-US."""

    abis: tuple[str, ...]
    density: int
    locales: tuple[str, ...]


class NoFit(ValueError):
    """No part is made for this phone's processor."""


def choose(files: Sequence[Path], fit: Fit) -> tuple[Path, ...]:
    """The base and features, one part for the processor, the nearest for the screen, the ones for the languages."""
    kept: list[Path] = []
    by_abi: dict[str, list[Path]] = {}
    by_density: dict[int, list[Path]] = {}
    languages = {one.replace("_", "-").split("-")[0].lower() for one in fit.locales if one}
    for file in files:
        what = _what(file.name)
        if what in ABIS:
            by_abi.setdefault(what, []).append(file)
        elif what in DENSITIES:
            by_density.setdefault(DENSITIES[what], []).append(file)
        elif what is None or not _language(what) or what.split("_")[0] in languages:
            kept.append(file)
    if by_abi:
        wanted = [abi.replace("-", "_") for abi in fit.abis]
        best = next((abi for abi in wanted if abi in by_abi), None)
        if best is None:
            raise NoFit(f"it has parts for {', '.join(sorted(by_abi))} only")
        kept += by_abi[best]
    if by_density:
        kept += by_density[_nearest(sorted(by_density), fit.density)]
    return tuple(file for file in files if file in kept)


def _what(name: str) -> str | None:
    """arm64_v8a of config.arm64_v8a.apk or base-arm64_v8a.apk; None for a base or a feature."""
    match = MARKED.search(name)
    return match["what"].lower() if match and match["what"] != "master" else None


def _language(what: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{2,3}(_r?[a-z0-9]{2,8})?", what))


def _nearest(known: list[int], density: int) -> int:
    """The smallest that is sharp enough, else the largest."""
    return next((one for one in known if one >= density), known[-1])
