"""Real Chromium for tests. What goes wrong in a page without being expected fails the test that opened it."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from greenroom_dev.chromium import launch, reader_agent

PATIENCE = 30_000  # ms, for what a page shows by itself on a slow or busy machine; longer waits are said where they are
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = 1440, 390
HEIGHT = {WIDE: 900, NARROW: 844}

Theme = Literal["light", "dark"]
LEFT = "net::ERR_ABORTED"  # a page that is left drops its requests


class Browsing:
    """The windows of one test, each a browser of its own (cookies, cache), and what went wrong in them."""

    def __init__(self, chromium: Browser, folder: Path) -> None:
        self._chromium = chromium
        self._folder = folder
        self._contexts: list[BrowserContext] = []
        self._troubles: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def open(
        self,
        address: str,
        path: str = "",
        *,
        width: int = WIDE,
        theme: Theme = "light",
        cookies: Sequence[Any] = (),
        before: str = "",
        **options: Any,
    ) -> Page:
        """A new window at `path` of the site at `address`; `before` is a script that runs ahead of its pages' own."""
        context = self._chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT[width]},
            color_scheme=theme,
            reduced_motion="reduce",
            has_touch=width == NARROW,
            locale="en-GB",
            timezone_id="Europe/London",
            user_agent=reader_agent(self._chromium),
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies(cookies)
        if before:
            context.add_init_script(before)
        self._contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))
        context.on("response", self._look)
        context.on("requestfailed", self._miss)
        page = context.new_page()
        page.goto(path or address)
        return page

    @contextmanager
    def expecting(self, *patterns: str) -> Iterator[None]:
        """Trouble that matches one of the patterns belongs to the block; it must happen."""
        before = len(self._troubles)
        yield
        meant = [re.compile(pattern) for pattern in patterns]
        fresh = self._troubles[before:]
        for pattern in meant:
            assert any(pattern.search(one) for one in fresh), f"{pattern.pattern} did not happen: {fresh}"
        self._troubles[before:] = [one for one in fresh if not any(pattern.search(one) for pattern in meant)]

    @property
    def troubles(self) -> tuple[str, ...]:
        return tuple(self._troubles)

    def save(self) -> str:
        """Keep a picture of every open page; gives where they are, how their texts begin and end, and the troubles."""
        kept = []
        for number, page in enumerate(page for context in self._contexts for page in context.pages):
            picture = self._folder / f"page-{number}.png"
            page.screenshot(path=picture)
            text = page.inner_text("body")
            kept.append(f"{page.url}: {picture}\n{text[:600]}\n…\n{text[-1400:]}")
        return "\n".join([*kept, *self._troubles])

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _note(self, trouble: str) -> None:
        self._troubles.append(trouble)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # `_look` has those
            self._note(f"console: {message.text}")

    def _look(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {response.request.method} {response.url}")

    def _miss(self, request: Request) -> None:
        if request.failure != LEFT:
            self._note(f"{request.failure} {request.method} {request.url}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a file. Not for the session: Playwright keeps an event loop running."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium: Browser, tmp_path: Path) -> Iterator[Browsing]:
    """Windows for this test, closed at its end; it fails if anything went wrong in them that it did not expect."""
    browsing = Browsing(chromium, tmp_path)
    try:
        yield browsing
        assert not browsing.troubles, "in the browser:\n" + browsing.save()
    finally:
        browsing.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the pages showed when a test failed, while they are still open."""
    report = yield
    browsing = getattr(item, "funcargs", {}).get("browsing")
    if report.when == "call" and report.failed and isinstance(browsing, Browsing):
        report.sections.append(("in the browser", _without_failing(browsing.save)))
    return report


def _without_failing(tell: Callable[[], str]) -> str:
    try:
        return tell()
    except Exception as error:  # the test's own failure is what counts
        return f"nothing could be saved: {error}"
