"""The import contract: which part of `greenroom` may import which, at any depth, inside functions too.

LAYERS is the house from top to bottom. A part imports lower layers only, never back up and never sideways.
Rooms see of each other only their doors. Prose and reasons: ARCHITECTURE.md and docs/decisions/0001.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenroom_dev import ROOT

LAYERS: tuple[tuple[str, ...], ...] = (
    ("entrypoints",),
    ("ops",),
    ("insights", "inbox"),
    ("planner",),
    ("channels",),
    ("studio", "flows"),
    ("cast", "phones"),
    ("media",),
    ("tenancy",),
    ("infra", "agent"),
    ("lang", "wire"),
    ("kit",),
)
DOORS = frozenset({"facade", "contracts", "errors"})
PURE = ("rules",)  # modules and folders of these names decide, and touch neither database nor network
PROGRAM = "agent"  # runs beside the phones, without server code; the server reaches it over the wire
OUTSIDE = frozenset({"greenroom_dev", "tests", "benchmarks"})

DEPTH = {part: depth for depth, layer in enumerate(LAYERS) for part in layer}
ROOMS = DEPTH.keys() - {"entrypoints", "infra", "agent", "lang", "wire", "kit"}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Import:
    line: int
    module: str  # absolute; for `from a import b` both `a.b` and what it was taken from are in here
    origin: str  # the module after `from`, or the same as `module`


def violations(package: Path) -> list[Violation]:
    """Every import below the folder `package` (…/src/greenroom) that breaks the contract, in order."""
    found = []
    for file in sorted(package.rglob("*.py")):
        module = dotted(file, package)
        for one in imports_of(file, module):
            sentence = judge(module, one, package)
            if sentence:
                found.append(Violation(file, one.line, sentence))
    return sorted(set(found))


def dotted(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path, module: str) -> Iterator[Import]:
    """All imports of one file: statements at any depth, and `import_module` of a literal."""
    here = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_bytes(), str(file))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, alias.name)
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(node, here)
            for alias in node.names:
                yield Import(node.lineno, f"{origin}.{alias.name}", origin)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__") and node.args:
            target = node.args[0]
            if isinstance(target, ast.Constant) and isinstance(target.value, str):
                yield Import(node.lineno, target.value, target.value)


def absolute(node: ast.ImportFrom, here: str) -> str:
    if not node.level:
        return node.module or ""
    base = here.split(".")[: len(here.split(".")) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def judge(importer: str, one: Import, package: Path) -> str | None:
    """The sentence that says what is wrong with this import, or None."""
    house = package.name
    source, target = part_of(importer, house), part_of(one.module, house)
    top = one.module.partition(".")[0]
    if top in OUTSIDE:
        return f"the product never imports {top}; it stays in the clone"
    if source is None:  # greenroom/__init__.py and __main__.py
        return None if target in (None, "entrypoints") else f"{importer} may import only entrypoints"
    if source not in DEPTH:
        return f"{house}.{source} is in no layer; give it a place in LAYERS (greenroom_dev/imports.py)"
    if target is None:
        return judge_outside(importer, source, one, house)
    if target == source:
        return None
    if target not in DEPTH:
        return f"{house}.{target} is in no layer; give it a place in LAYERS (greenroom_dev/imports.py)"
    return (
        judge_direction(source, target) or judge_door(source, target, one, house) or judge_pure(importer, target, house)
    )


def judge_outside(importer: str, source: str, one: Import, house: str) -> str | None:
    top = one.module.partition(".")[0]
    if top == house:  # `import greenroom`, `from greenroom import __version__`
        return None if source != "kit" else "kit imports the standard library only"
    if source == "kit" and top not in sys.stdlib_module_names:
        return f"kit imports the standard library only, not {top}"
    if is_pure(importer) and top in ("psycopg", "psycopg_pool", "httpx", "fastapi", "asyncpg"):
        return f"{importer} is pure; {top} belongs in a store, an adapter or a route"
    return None


def judge_direction(source: str, target: str) -> str | None:
    if source == "entrypoints":
        return None
    if source == PROGRAM and target not in ("lang", "wire", "kit"):
        return f"agent runs without server code, so it imports wire, lang and kit, not {target}"
    if target == PROGRAM:
        return f"{source} reaches the agent over the wire; only entrypoints import it"
    if DEPTH[target] == DEPTH[source]:
        return f"{source} and {target} lie side by side and do not see each other; send an event or use a port"
    if DEPTH[target] < DEPTH[source]:
        return f"{source} lies below {target} and may not import it; send an event or declare a port"
    return None


def judge_door(source: str, target: str, one: Import, house: str) -> str | None:
    if target not in ROOMS or source == "entrypoints":
        return None
    inside = one.module.split(".")[2:3]
    if one.module.startswith(f"{house}.{target}.") and inside and inside[0] in DOORS:
        return None
    seen = ".".join(one.module.split(".")[1:])
    return f"{source} sees of {target} only its facade, contracts and errors, not {seen}"


def judge_pure(importer: str, target: str, house: str) -> str | None:
    if is_pure(importer) and target == "infra":
        return f"{importer} is pure; pass it values instead of importing {house}.infra"
    return None


def is_pure(module: str) -> bool:
    return any(name in PURE for name in module.split(".")[2:])


def part_of(module: str, house: str) -> str | None:
    """`studio` for greenroom.studio.make.voice; None for greenroom itself and for everything else."""
    names = module.split(".")
    if names[0] != house or len(names) < 2 or names[1].startswith("__"):
        return None
    return names[1]


def main() -> int:
    """Print every violation of this clone; exit 1 when there is one."""
    found = violations(ROOT / "src" / "greenroom")
    for one in found:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
