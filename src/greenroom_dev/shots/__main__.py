"""`python -m greenroom_dev.shots OUT`: makes an installation of its own, fills it, and takes all screenshots."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from greenroom.entrypoints.running import Running, find_running
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom_dev.chromium import launch
from greenroom_dev.desk import Desk
from greenroom_dev.shots import take as shots
from greenroom_dev.shots.fill import World, enter, fill, start_running
from greenroom_dev.shots.past import give_past
from greenroom_dev.shots.world import VIDEOS


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--draft", is_flag=True, help="Render the videos small and fast; their pictures are rough then.")
def command(out: Path, draft: bool) -> None:
    """Screenshots of every page at 1440 and 390 px, light and dark, into the folder OUT."""
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with _installation("draft" if draft else "final") as running:
        with _browser() as browser:
            taken, desk = take_new(browser, running, out)
        # Between the two, since Playwright keeps an event loop of its own running.
        world = fill(desk)
        asyncio.run(give_past(world, Settings()))
        with _browser() as browser:
            taken += take_filled(browser, world, out)
    click.echo(f"{taken} pictures in {out}, after {time.monotonic() - begun:.0f} s")


def take_new(browser: Browser, running: Running, out: Path) -> tuple[int, Desk]:
    """An installation before and after its first minute; gives how many pictures, and its first administrator."""
    taken = shots.take(browser, running.url, shots.BEFORE, out, {"welcome": running.first_run or ""}, desk=None)
    desk = enter(running)
    return taken + shots.take(browser, running.url, shots.NEW, out, {}, desk=desk), desk


def take_filled(browser: Browser, world: World, out: Path) -> int:
    start_running(world)
    ids, desk = _ids(world), world.desk
    taken = sum(shots.take(browser, desk.url, group, out, ids, desk=desk) for group in (shots.RUNNING, shots.DESK))
    for group in (shots.SIGNED_OUT, shots.PUBLIC):
        taken += shots.take(browser, desk.url, group, out, ids, desk=None)
    return taken


def _ids(world: World) -> dict[str, str]:
    """What the paths name, by its role."""
    of = {video.end.replace(" ", "_"): video for video in reversed(VIDEOS)}
    ids = {end: world.contents[video.topic] for end, video in of.items()}
    out, planned = of["out"], of["planned"]
    users = world.desk.get("/users")["items"]
    invited = next(user for user in users if user["status"] == "invited")
    link = world.desk.post(f"/users/{invited['id']}/link")["link"]
    return ids | {
        "character": world.characters[out.speaker]["id"],
        "client": world.pages[out.speaker]["client_id"],
        "out_post": world.posts[out.topic]["id"],
        "planned": world.posts[planned.topic]["id"],
        "profile": world.pages[out.speaker]["url"],
        "bare_profile": world.pages["Mei Orbit"]["url"],
        "permalink": world.posts[out.topic]["permalink"],
        "password": f"/password/{link.rsplit('/', 1)[1]}",
    }


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@contextmanager
def _installation(profile: str) -> Iterator[Running]:
    """An installation on a home of its own, which is removed in the end."""
    with tempfile.TemporaryDirectory(prefix="greenroom-shots-") as folder:
        home = Path(folder)
        os.environ |= {"GREENROOM_HOME": folder, "GREENROOM_RENDER_PROFILE": profile, "GREENROOM_WORKERS": "1"}
        _greenroom("up", "--detach", "--port", "24500")
        try:
            running = find_running(home)
            if running is None:
                raise RuntimeError(f"it started but did not say where; see {home / 'logs'}")
            yield running
        finally:
            _greenroom("down")
            EmbeddedPostgres(home).remove()


def _greenroom(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "greenroom", *arguments], check=True)


if __name__ == "__main__":
    command()
