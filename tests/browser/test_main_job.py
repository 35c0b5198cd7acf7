"""The main job by clicking, as its first user: from the one-time link to the number on the insights page."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import httpx
import psycopg
from playwright.sync_api import Page, expect

from tests.support.chromium import Browsing
from tests.support.installation import Installation, wait_until

TOPIC = "Why the sea has tides"
TEXT = (
    "The Moon pulls the water on the near side of the Earth more strongly than the Earth itself. "
    "Most coasts see two high tides in 24 hours and 50 minutes. "
    "When the Sun and the Moon stand in one line, tides are highest; these are called spring tides."
)
MADE_WITHIN = 200_000  # ms, on a slow machine


def test_from_the_first_link_to_the_counted_view(installation: Installation, browsing: Browsing) -> None:
    running = installation.up()
    assert running.first_run_url is not None
    page = browsing.open(running.first_run_url)
    _become_the_first_administrator(page)
    _make_a_character(page)
    _ask_for_a_video(page)
    _see_it_being_made(page, installation)
    _review_and_approve(page)
    _plan_it(page)
    permalink = _publish_it_from_the_calendar(page)
    _read_as_a_stranger(browsing, urljoin(running.url, permalink))
    _find_the_view_counted(page)


def _become_the_first_administrator(page: Page) -> None:
    expect(page.get_by_role("heading", name="Welcome to Greenroom")).to_be_visible()
    form = {
        "Your name": "Ada Lovelace",
        "Your e-mail": "ada@example.com",
        "A password": "a green door opens",
        "Your organisation": "Analytical Agency",
        "Your first client": "Engine Works",
    }
    for label, value in form.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Open the green room").click()
    expect(page.get_by_role("heading", name="The green room is empty")).to_be_visible()


def _make_a_character(page: Page) -> None:
    page.get_by_role("link", name="Make a character").click()
    dialog = page.get_by_role("dialog", name="A new character")
    dialog.get_by_label("Name", exact=True).fill("Mara Vale")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_role("button", name="Make the character").click()
    sheet = page.get_by_role("complementary", name="Character")
    expect(sheet.get_by_role("heading", name="Mara Vale")).to_be_visible()
    expect(page.get_by_text("Mara Vale joined the cast.")).to_be_visible()
    sheet.get_by_role("tab", name="Voice").click()
    expect(sheet.get_by_role("button", name="Listen")).to_be_enabled()
    sheet.get_by_role("link", name="Make a video").click()


def _ask_for_a_video(page: Page) -> None:
    expect(page.get_by_role("radio", name="Mara Vale")).to_be_checked()
    page.get_by_label("Topic").fill(TOPIC)
    page.get_by_label(re.compile(r"^Text")).fill(TEXT)
    page.get_by_label("Length").fill("15")
    page.get_by_role("button", name="Make the video").click()


def _see_it_being_made(page: Page, installation: Installation) -> None:
    """The stages come alive without a reload, one after the other; the worker stands still while one looks."""
    addresses = installation.database.addresses()
    assert addresses is not None
    with psycopg.connect(addresses.superuser or "", autocommit=True) as database:
        rendering = "select 1 from gr.stage_run where stage = 'render' and state = 'running'"
        wait_until(lambda: database.execute(rendering).fetchone(), within=timedelta(milliseconds=MADE_WITHIN))
    worker = installation.process("worker-1")
    worker.suspend()
    stages = page.get_by_role("list", name="Stages").get_by_role("listitem")
    expect(stages).to_have_count(6)
    expect(page.get_by_role("progressbar", name="The whole video")).to_be_visible()
    script, render = stages.filter(has_text="Writing the script"), stages.filter(has_text="Rendering the video")
    expect(script.get_by_label("Done")).to_be_visible()
    expect(render.get_by_label("Running")).to_be_visible()
    worker.resume()
    page.get_by_role("link", name="Review it").click(timeout=MADE_WITHIN)


def _review_and_approve(page: Page) -> None:
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        """() => { const video = document.querySelector('video');
                   return video.duration > 5 && video.getVideoPlaybackQuality().totalVideoFrames > 0; }"""
    )
    expect(page.get_by_role("tabpanel", name="Script")).to_contain_text("24 hours and 50 minutes")
    page.get_by_role("tab", name="Checks").click()
    checks = page.get_by_role("tabpanel", name="Checks")
    expect(checks).to_contain_text("Good")
    expect(checks).not_to_contain_text("Blocks")
    page.get_by_role("button", name="Approve").click()


def _plan_it(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="Schedule or publish")
    expect(dialog.get_by_role("checkbox", name="Mara Vale")).to_be_checked()
    expect(dialog.get_by_label("Caption")).not_to_be_empty()
    expect(dialog.get_by_text("09:00 in London")).to_be_visible()  # it offers tomorrow morning
    dialog.get_by_role("button", name="Schedule for 1 account").click()
    expect(dialog).to_be_hidden()


def _publish_it_from_the_calendar(page: Page) -> str:
    """Tomorrow's post goes out now; gives its public address."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Calendar").click()
    page.get_by_text("List", exact=True).click()
    page.get_by_role("link", name=re.compile("09:00.*Mara Vale")).click()
    post = page.get_by_role("complementary", name="Post")
    expect(post.get_by_text("Scheduled")).to_be_visible()
    post.get_by_role("button", name="Publish now").click()
    page.get_by_role("button", name="Publish to 1 account now").click()
    expect(post.get_by_text("Published", exact=True)).to_be_visible()
    permalink = post.get_by_role("link", name="Open it").get_attribute("href")
    assert permalink is not None
    return permalink


def _read_as_a_stranger(browsing: Browsing, address: str) -> None:
    """Signed out, and without a script: the page is complete, its video is there, the feeds know it."""
    page = browsing.open(address, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("AI-generated", exact=True)).to_be_visible()
    video = page.locator("video[controls]")
    assert video.get_attribute("poster")
    video.click()
    wait_until(lambda: video.evaluate("video => video.currentTime > 0.3"), within=timedelta(seconds=60))
    feed = httpx.get(f"{address.rsplit('/', 1)[0]}/feed.xml")
    assert address in feed.text


def _find_the_view_counted(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Insights").click()
    expect(page.locator("[data-figure=views]")).to_have_text("1")
    page.get_by_role("table", name="Posts by views").get_by_role("link").first.click()
    post = page.get_by_role("complementary", name="Post")
    expect(post.locator("[data-figure=post-views]")).to_have_text("1")
    expect(post.get_by_role("slider", name="Views since it went out")).to_be_visible()
