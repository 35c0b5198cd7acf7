"""Figures that tests measured, told at the end of every run: `figures("isolation matrix", "3,840 cells")`."""

from collections.abc import Callable, Iterator

import pytest

KEY = "greenroom figure"
"""The user property that carries a figure, which pytest-xdist brings from its workers by itself."""

Figures = Callable[[str, str], None]


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Tell a figure: what it is about, and what was found."""

    def tell(about: str, found: str) -> None:
        request.node.user_properties.append((KEY, f"{about}: {found}"))

    return tell


def told(reports: list[pytest.TestReport]) -> Iterator[str]:
    """The figures of these reports, each once, in the order of the alphabet."""
    yield from sorted(
        {str(value) for report in reports if report.when == "call" for name, value in report.user_properties
         if name == KEY}
    )  # fmt: skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if isinstance(report, pytest.TestReport)
    ]
    if lines := list(told(reports)):
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.line(line)
