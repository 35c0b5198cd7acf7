"""Takes the pictures: every page and the states that need a click, at two widths, in two themes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from playwright.sync_api import Browser, Page

from greenroom_dev.chromium import reader_agent
from greenroom_dev.desk import Desk

Theme = Literal["light", "dark"]
WIDTHS = {1440: 900, 390: 844}
_STANDS = "() => document.querySelector('h1') && !document.querySelector('[aria-label^=Loading], [aria-busy=true]')"
_HURRY = "() => document.querySelectorAll('img').forEach(one => { one.loading = 'eager'; })"
_PAINTED = "() => [...document.images].every(one => one.complete && one.naturalWidth)"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to be taken. `act` brings it into the state that is meant, `over` says that something floats over it;
    `only` narrows it to one width."""

    name: str
    path: str
    act: Callable[[Page], object] | None = None
    over: bool = False
    only: int | None = None


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).first.click()


def _ask(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search and commands").wait_for()


PLACES = {
    "board": "/",
    "make": "/make",
    "review": "/review",
    "calendar": "/calendar",
    "library": "/library",
    "cast": "/cast",
    "insights": "/insights",
}
NEW = tuple(Shot(f"new-{name}", path) for name, path in PLACES.items())
# While a video is made, so first.
RUNNING = (
    Shot("board", "/"),
    Shot("making", "/make/{running}"),
    Shot("make", "/make?character={character}&topic=Why+the+sea+has+tides"),
)
DESK = (
    Shot("made", "/make/{out}"),
    Shot("review", "/review?content={review}"),
    Shot("review-list", "/review", only=390),
    Shot("review-checks", "/review?content={review}&tab=checks"),
    Shot("review-sources", "/review?content={review}&tab=sources"),
    Shot("review-provenance", "/review?content={review}&tab=provenance"),
    Shot("review-history", "/review?content={sent_back}&tab=history"),
    Shot("review-edit", "/review?content={review}&tab=script", _press("Edit")),
    Shot("review-send-back", "/review?content={review}", _press("Send back"), over=True),
    Shot("publish", "/review?content={approved}&publish=true", over=True),
    Shot("calendar-month", "/calendar?view=month"),
    Shot("calendar-list", "/calendar?view=list"),
    Shot("calendar-post", "/calendar?post={planned}"),
    Shot("calendar-published", "/calendar?post={out_post}"),
    Shot("library", "/library"),
    Shot("library-item", "/library?item={out}"),
    Shot("library-none", "/library?q=nothing+like+it"),
    Shot("cast", "/cast"),
    *(
        Shot(f"cast-{tab}", f"/cast?character={{character}}&tab={tab}")
        for tab in ("profile", "persona", "look", "voice", "disclosure", "links")
    ),
    Shot("cast-new", "/cast?create=true", over=True),
    Shot("insights", "/insights"),
    Shot("insights-post", "/insights?post={out_post}"),
    *(
        Shot(f"settings-{part}", f"/settings/{part}")
        for part in ("organisation", "clients", "users", "profile", "tokens", "audit", "appearance")
    ),
    Shot("settings-invite", "/settings/users", _press("Invite somebody"), over=True),
    Shot("one-client", "/?client={client}"),
    Shot("commands", "/", _ask, over=True),
    Shot("more", "/", _press("More"), over=True, only=390),
    Shot("nowhere", "/nowhere"),
)
BEFORE = (Shot("welcome", "{welcome}"), Shot("sign-in-first", "/sign-in"))
SIGNED_OUT = (Shot("sign-in", "/sign-in"), Shot("password", "{password}"), Shot("link-used", "/welcome/used"))
PUBLIC = (
    Shot("public-profile", "{profile}"),
    Shot("public-post", "{permalink}"),
    Shot("public-empty", "{bare_profile}"),
    Shot("public-gone", "{profile}/never-was"),
)


def take(
    browser: Browser, url: str, shots: Iterable[Shot], folder: Path, ids: Mapping[str, str], *, desk: Desk | None
) -> int:
    """Write NAME-WIDTH-THEME.png for every shot; gives how many. `ids` fill the places in the paths."""
    taken = 0
    for width in WIDTHS:
        for theme in get_args(Theme):
            with _window(browser, url, width, theme, desk) as page:
                for shot in shots:
                    if shot.only in (None, width):
                        file = folder / f"{shot.name}-{width}-{theme}.png"
                        _take(page, shot, file, ids, whole=width == 390 or desk is None)
                        taken += 1
    return taken


def _take(page: Page, shot: Shot, file: Path, ids: Mapping[str, str], *, whole: bool) -> None:
    page.goto(shot.path.format(**ids))
    page.wait_for_function(_STANDS)
    if shot.act is not None:
        shot.act(page)
    page.evaluate(_HURRY)
    page.wait_for_function(_PAINTED)
    page.wait_for_timeout(400)  # fonts and the first frame of a video
    page.screenshot(path=file, full_page=whole and not shot.over)


@contextmanager
def _window(browser: Browser, url: str, width: int, theme: Theme, desk: Desk | None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=width == 390,
        locale="en-GB",
        timezone_id="Europe/London",
        user_agent=f"{reader_agent(browser)} bot",  # not to be counted
    )
    if desk is not None:
        context.add_cookies([desk.browser_cookie])  # type: ignore[list-item]  # Playwright does not export its dict
    yield context.new_page()
    context.close()
