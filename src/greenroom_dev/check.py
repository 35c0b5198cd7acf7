"""`./greenroom check`: lint, format, types, import contract, generated files, the web client's own."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from greenroom_dev import NODE, ROOT
from greenroom_dev.steps import Step, run_all

PYTHON = ["src", "tests", "benchmarks", "hatch_build.py"]
SHELL = ["greenroom", ".ci/run"]


@click.command()
@click.option("--write", is_flag=True, help="Format, mend what can be mended, and renew the generated files first.")
def command(write: bool) -> int:
    """Lint, types, contracts, generated files; each with its time."""
    if write and not run_all(list(mending()), at_once=1):
        return 1
    return 0 if run_all(list(checks())) else 1


def checks() -> Iterator[Step]:
    """Slow ones first, so that the others run beside them."""
    yield Step("types (mypy)", [tool("mypy"), "--no-error-summary"])
    yield from web_checks()
    yield Step("generated files", [sys.executable, "-m", "greenroom_dev.generate", "--check"])
    yield Step("lint (ruff)", [tool("ruff"), "check", "--quiet", *present(PYTHON)])
    yield Step("format (ruff)", [tool("ruff"), "format", "--check", *present(PYTHON)])
    yield Step("imports", [sys.executable, "-m", "greenroom_dev.imports"])
    yield Step("shell (shellcheck)", [tool("shellcheck"), *present(SHELL)])


def mending() -> Iterator[Step]:
    yield Step("ruff check --fix", [tool("ruff"), "check", "--fix", "--exit-zero", "--quiet", *present(PYTHON)])
    yield Step("ruff format", [tool("ruff"), "format", "--quiet", *present(PYTHON)])
    yield Step("generated files", [sys.executable, "-m", "greenroom_dev.generate"])


def web_checks() -> Iterator[Step]:
    web = ROOT / "web"
    if not (web / "package.json").exists():
        return
    node = {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", "CI": "1"}
    yield Step("web types (tsc)", script("typescript/bin/tsc", "--noEmit"), web, node)
    yield Step("web tests (vitest)", script("vitest/vitest.mjs", "run"), web, node)
    if any(web.glob("eslint.config.*")):
        yield Step("web lint (eslint)", script("eslint/bin/eslint.js", "."), web, node)


def script(path: str, *arguments: str) -> list[str]:
    """A program of the web client's packages, run by our own Node."""
    return [str(NODE), str(ROOT / "web" / "node_modules" / path), *arguments]


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def present(paths: list[str]) -> list[str]:
    return [path for path in paths if (ROOT / path).exists()]
