"""Files made from the code and kept in the repository: the API's description, its types, the reference pages.

`./greenroom check` fails when one is not what the code says now; `./greenroom check --write` renews them.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from greenroom_dev import NODE, ROOT, api_reference
from greenroom_dev.reference import commands, settings

WEB = ROOT / "web"


@dataclass(frozen=True, slots=True)
class Generated:
    path: str
    make: Callable[[], str]


def openapi() -> str:
    return output([sys.executable, "-m", "greenroom", "openapi"])


def schema_types() -> str:
    """TypeScript types of the description that lies on disk, so the description comes first in FILES."""
    program = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    return output([str(NODE), str(program), str(WEB / "openapi.json")])


REFERENCE = "docs/reference/api"
FILES = (
    Generated("web/openapi.json", openapi),
    Generated("web/src/api/schema.d.ts", schema_types),
    Generated("docs/reference/commands.md", commands),
    Generated("docs/reference/settings.md", settings),
    Generated(f"{REFERENCE}/README.md", api_reference.index),
    Generated(f"{REFERENCE}/problems.md", api_reference.problems),
)


def all_files() -> tuple[Generated, ...]:
    """Those above, and a page for each room that the code's description names."""
    rooms = api_reference.rooms()
    return (
        *FILES,
        *(Generated(f"{REFERENCE}/{api_reference.file_name(room)}", api_reference.room_page(room)) for room in rooms),
    )


def output(argv: list[str]) -> str:
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(argv[-3:])} failed:\n{done.stderr}")
    return done.stdout


def stale(files: Iterable[Generated], *, write: bool, root: Path = ROOT) -> list[str]:
    """Paths whose content is not what the code says; with `write` they are renewed."""
    found = []
    for file in files:
        path = root / file.path
        text = file.make().rstrip() + "\n"
        if not path.exists() or path.read_text() != text:
            found.append(file.path)
            if write:
                save(path, text)
    return found


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main() -> int:
    check = "--check" in sys.argv[1:]
    found = stale(all_files(), write=not check)
    for path in found:
        print(f"{path} is not what the code says; run ./greenroom check --write" if check else f"{path} renewed")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
