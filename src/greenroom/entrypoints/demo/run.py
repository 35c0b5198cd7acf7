"""The demo's way through the product: character, video, approval, publication, public page, counted view."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx

from greenroom.entrypoints.demo.api import Person
from greenroom.entrypoints.demo.report import CheckReport, Outcome, Report, VideoReport

Say = Callable[[str], None]

MAKE_LIMIT = 30 * 60
PUBLISH_LIMIT = 120
COUNT_LIMIT = 30
# A reader of its own, told apart from bots and previews because a person runs the demo to look at the page.
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) greenroom-demo/1", "Accept": "text/html"}
_RUNNING = {"scripting", "generating", "assembling", "checking"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the demo is asked to make."""

    topic: str
    text: str | None
    text_name: str | None
    format: str
    seconds: int


def run_demo(wish: Wish, report: Report, producer: Person, reviewer: Person, *, client: str, say: Say) -> Report:
    """Fill the report stage by stage; it stops, with its outcome, where the product stops."""
    clock = _Stopwatch(report)
    try:
        _character(report, producer, client)
        clock.lap("character")
        content = _make(wish, report, producer, client, say)
        clock.lap("make")
        if content is None:
            return report
        _approve(report, reviewer, content)
        clock.lap("approve")
        say(f"Approved by {report.approved_by}")
        if not _publish(report, producer):
            return report
        clock.lap("publish")
        say(f"Published: {report.page_url}")
        _read(report)
        clock.lap("page and feeds")
        _count(report, producer)
        clock.lap("view")
        return report
    finally:
        clock.stop()


def _character(report: Report, producer: Person, client: str) -> None:
    known = producer.get("/characters", client=client)["items"]
    if known:
        character = known[0]
    else:
        template = producer.get("/character-templates")["items"][0]["id"]
        character = producer.post("/characters", {"template": template}, client=client)
    report.character, report.character_id = character["name"], character["id"]


def _make(wish: Wish, report: Report, producer: Person, client: str, say: Say) -> dict[str, Any] | None:
    """The content in review, or None when a check or a failure ended it."""
    body: dict[str, Any] = {"character_id": report.character_id, "topic": wish.topic, "format": wish.format,
                            "seconds": wish.seconds}  # fmt: skip
    if wish.text is not None:
        body |= {"text": wish.text, "text_name": wish.text_name}
    made = producer.post("/contents", body, client=client)
    report.content_id = made["content"]["id"]
    content = _watch(producer, made["content"]["id"], say)
    _describe(report, content)
    blocked = [check for check in report.checks if not check.ok and check.level == "block"]
    if blocked:
        _end(report, "blocked by a check", "; ".join(f"{c.title}: {c.reason}" for c in blocked))
        return None
    if content["status"] != "review":
        _end(report, "waits for a person", content["error"] or f"The video is {content['status']}")
        return None
    return content


def _watch(producer: Person, content_id: str, say: Say) -> dict[str, Any]:
    """Follow the stages until the content stands still."""
    said = ""
    deadline = time.monotonic() + MAKE_LIMIT
    while True:
        content = producer.get(f"/contents/{content_id}")
        progress = content.get("progress") or {}
        line = f"{progress.get('stage') or ''}: {progress.get('message', '')}".strip(": ")
        if line and line != said:
            say(f"{100 * progress['fraction']:3.0f} %  {line}")
            said = line
        if content["status"] not in _RUNNING or time.monotonic() > deadline:
            return content
        time.sleep(0.3)


def _describe(report: Report, content: dict[str, Any]) -> None:
    script, render = content.get("script"), content.get("render")
    report.checks = [CheckReport(**{k: c[k] for k in CheckReport.model_fields}) for c in content["checks"]]
    report.seconds |= {
        f"make: {stage['name']}": stage["seconds"] for stage in content["stages"] if stage["seconds"] is not None
    }
    if script:
        report.title, report.caption = script["title"], script["caption"]
    if render:
        loudness = render["loudness"] or {}
        report.video = VideoReport(
            path=None, sha256=None, bytes=render["size"], width=render["width"], height=render["height"],
            fps=render["fps"], duration_seconds=render["duration"], loudness_lufs=loudness.get("integrated"),
            true_peak_dbtp=loudness.get("true_peak"), manifest=render["manifest"]["state"],
        )  # fmt: skip


def _approve(report: Report, reviewer: Person, content: dict[str, Any]) -> None:
    reviewed = reviewer.post(
        f"/contents/{content['id']}/reviews",
        {"decision": "approve", "note": "Approved by the demo's own reviewer", "version": content["version"]},
    )
    reviews = reviewed.get("reviews") or []
    report.approved_by = reviews[-1]["reviewer"] if reviews else "Demo reviewer"


def _publish(report: Report, producer: Person) -> bool:
    accounts = [
        account
        for account in producer.get("/accounts")["items"]
        if account["character_id"] == report.character_id and account["platform"] == "page"
    ]
    post = producer.post("/posts", {"content_id": report.content_id, "account_id": accounts[0]["id"], "at": None})
    report.post_id = post["id"]
    deadline = time.monotonic() + PUBLISH_LIMIT
    while post["state"] not in ("published", "failed", "unknown", "missed", "cancelled"):
        if time.monotonic() > deadline:
            _end(report, "outcome unknown", f"The post is still {post['state']} after {PUBLISH_LIMIT} s")
            return False
        time.sleep(0.2)
        post = producer.get(f"/posts/{report.post_id}")
    if post["state"] != "published":
        unknown = post["state"] == "unknown"
        _end(report, "outcome unknown" if unknown else "waits for a person", post["state_reason"] or post["state"])
        return False
    report.page_url = urljoin(report.instance, post["permalink"])
    report.published_at = post["posted_at"]
    profile = report.page_url.rsplit("/", 1)[0]
    report.feed_urls = [f"{profile}/feed.xml", f"{profile}/feed.json"]
    return True


def _read(report: Report) -> None:
    """Open the page as a reader does, and find the post in both feeds."""
    page_url = str(report.page_url)
    with httpx.Client(headers=READER, timeout=30) as reader:
        reader.get(page_url).raise_for_status()
        feeds = [reader.get(address) for address in report.feed_urls]
    report.in_feeds = all(feed.status_code == 200 and page_url in feed.text for feed in feeds)
    if not report.in_feeds:
        _end(report, "outcome unknown", "The post is live but not in both feeds")


def _count(report: Report, producer: Person) -> None:
    deadline = time.monotonic() + COUNT_LIMIT
    while time.monotonic() < deadline:
        report.views = producer.get(f"/insights/posts/{report.post_id}")["views"]
        if report.views:
            return
        time.sleep(0.2)
    _end(report, "outcome unknown", f"The page was read but no view was counted within {COUNT_LIMIT} s")


def _end(report: Report, outcome: Outcome, reason: str) -> None:
    report.outcome, report.reason = outcome, reason


class _Stopwatch:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._begun = self._last = time.monotonic()

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self._report.seconds[stage] = round(now - self._last, 3)
        self._last = now

    def stop(self) -> None:
        self._report.seconds["total"] = round(time.monotonic() - self._begun, 3)
