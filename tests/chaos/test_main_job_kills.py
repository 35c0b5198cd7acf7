"""A whole installation with two workers, seen over HTTP, while its processes are killed under it."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psutil
import psycopg
import pytest
from psycopg.rows import dict_row

from greenroom.infra.postgres.addresses import Addresses
from greenroom_dev.desk import Desk
from tests.support.installation import Installation, prepared_installation, wait_until

POSTS = 6
ROUNDS = 3
DONE_WITHIN = 200  # seconds, on a slow machine
ZONE = "Europe/London"


class Studio:
    """The running installation, its administrator, and a look into its tables."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.desk = Desk.first(installation.up())
        self.character = self.desk.character()
        addresses = installation.database.addresses()
        assert isinstance(addresses, Addresses)
        assert addresses.superuser is not None
        self._address = addresses.superuser

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with psycopg.connect(self._address, row_factory=dict_row) as connection:
            return connection.execute(sql).fetchall()

    @contextmanager
    def page_held(self) -> Iterator[None]:
        """Nothing comes onto a page during the block: a post on its way stays there."""
        with psycopg.connect(self._address) as connection:
            connection.execute("lock table gr.page_entry in share row exclusive mode")
            yield

    def workers(self) -> list[psutil.Process]:
        found = []
        for name in ("worker-1", "worker-2"):
            with suppress(AssertionError):  # it is between its end and its next start
                found.append(self.installation.process(name))
        return found

    def rendering(self, topic: str, *, seconds: int) -> tuple[str, int]:
        """A video in the middle of its render stage: its id, and the process id of the worker that has it."""
        content = self.desk.content(self.character, topic, seconds=seconds)

        def is_underway() -> bool:
            stages = {stage["name"]: stage for stage in self.desk.get(f"/contents/{content}")["stages"]}
            assert stages["render"]["state"] != "done", "the render was over before anything was killed"
            return bool(stages["render"]["state"] == "running" and stages["render"]["fraction"] > 0.2)

        wait_until(is_underway, within=timedelta(seconds=DONE_WITHIN))
        (row,) = self.rows(f"select worker from gr.stage_run where state = 'running' and content_id = '{content}'")
        return content, int(row["worker"].rpartition(":")[2])


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    installation = prepared_installation(GREENROOM_WORKERS="2")
    try:
        yield Studio(installation)
    finally:
        installation.remove()


def starts(content: dict[str, Any]) -> dict[str, int]:
    return {stage["name"]: stage["starts"] for stage in content["stages"]}


def test_a_living_worker_goes_on_where_a_killed_one_was(studio: Studio) -> None:
    wait_until(lambda: len(studio.workers()) == 2, within=timedelta(seconds=60))
    content, pid = studio.rendering("Why the sea has tides", seconds=60)
    os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    made = studio.desk.settled(content, within=DONE_WITHIN)
    print(f"\nfinished {time.monotonic() - killed:.1f} s after the kill")
    assert made["status"] == "review", made["error"]
    assert starts(made) == {"script": 1, "voice": 1, "pictures": 1, "render": 2, "checks": 1, "sign": 1}
    (row,) = studio.rows(f"select worker from gr.stage_run where stage = 'sign' and content_id = '{content}'")
    assert not row["worker"].endswith(f":{pid}")  # the one beside it, or the one that was started in its place


def test_a_database_that_is_killed_in_the_middle_of_a_render(studio: Studio) -> None:
    content, _ = studio.rendering("Where the wind comes from", seconds=60)
    studio.installation.database.kill()
    wait_until(lambda: _answers(studio), within=timedelta(seconds=60))
    made = studio.desk.settled(content, within=DONE_WITHIN)
    assert made["status"] == "review", made["error"]
    assert set(starts(made).values()) == {1}


def test_posts_that_are_due_while_workers_are_killed_again_and_again(studio: Studio) -> None:
    desk, page = studio.desk, studio.desk.page_of(studio.character)
    contents = [_approved(studio, "Tides") for _ in range(POSTS)]  # all but the first take its stages as they are
    due = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None) + timedelta(seconds=4)
    at = {"wall": due.isoformat(timespec="seconds"), "zone": ZONE}
    posts = [desk.posted(content, page, at=at, again=True)["id"] for content in contents]

    interrupted = sum(_kill_all_in_the_act(studio) for _ in range(ROUNDS))
    assert interrupted >= ROUNDS, "not every time was somebody killed with a post in hand"
    shown = [desk.published(post, within=DONE_WITHIN) for post in posts]

    for post in shown:
        outcomes = Counter(attempt["outcome"] for attempt in post["attempts"])
        assert outcomes["published"] == 1
        assert set(outcomes) <= {"published", "absent"}
    feed = studio.installation.get(f"{page['url']}/feed.json").json()["items"]
    assert len({item["id"] for item in feed}) == len(feed) == POSTS
    assert {urlsplit(item["url"]).path for item in feed} == {post["permalink"] for post in shown}
    assert studio.rows("select id from gr.publish_attempt where ended_at is null") == []
    assert studio.rows("select kind from gr.job where state in ('queued', 'running')") == []


def _approved(studio: Studio, topic: str) -> str:
    content = studio.desk.content(studio.character, topic, seconds=15)
    assert studio.desk.settled(content)["status"] == "review"
    studio.desk.reviewed(content)
    return content


def _kill_all_in_the_act(studio: Studio) -> int:
    """Hold posts up on their way until somebody has one in hand, kill every worker; gives how many posts were."""
    held_up = "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%into page_entry%'"
    with studio.page_held():
        wait_until(lambda: studio.rows(held_up), within=timedelta(seconds=DONE_WITHIN))
        busy = studio.rows(held_up)
        for worker in studio.workers():
            with suppress(psutil.NoSuchProcess):
                worker.kill()
    return len(busy)


def _answers(studio: Studio) -> bool:
    with suppress(psycopg.OperationalError):
        return bool(studio.rows("select 1 as one"))
    return False
