"""`greenroom demo` as people type it: the whole main job in a terminal, and what it answers to topics nobody meant."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from greenroom.entrypoints.demo.report import Report
from greenroom.entrypoints.running import find_running
from tests.support.installation import Installation, new_installation, wait_until

SENTENCE = "Most coasts see two high tides in 24 hours and 50 minutes. The Moon pulls the near side more strongly. "


@pytest.fixture(scope="module")
def fresh() -> Iterator[Installation]:
    """A home on which nothing runs."""
    installation = new_installation()
    yield installation
    installation.remove()


@pytest.fixture(scope="module")
def running(fresh: Installation) -> Installation:
    """The same home with an instance that stays up."""
    fresh.up()
    return fresh


def demo(installation: Installation, *arguments: str) -> Report:
    """A demo that ended well; gives its report."""
    done = installation.command("demo", "--json", "--seconds", "15", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return Report.model_validate_json(done.stdout)


def test_a_demo_on_a_fresh_home_needs_nothing_and_leaves_nothing_running(fresh: Installation) -> None:
    report = demo(fresh, "Why the sea has tides")
    assert report.outcome == "done"
    assert report.views == 1
    assert report.in_feeds
    assert report.video is not None
    assert report.video.manifest in ("Valid", "Trusted")
    assert report.video.path is not None
    assert Path(report.video.path).stat().st_size == report.video.bytes
    assert all(check.ok for check in report.checks if check.level == "block")
    assert {"character", "make", "approve", "publish", "page and feeds", "view", "total"} <= set(report.seconds)
    wait_until(lambda: find_running(fresh.home) is None, within=timedelta(seconds=30))


def test_the_schema_describes_the_report(fresh: Installation) -> None:
    done = fresh.command("demo", "--schema")
    assert done.returncode == 0
    schema = json.loads(done.stdout)
    assert schema == Report.model_json_schema()
    assert set(schema["properties"]) == set(Report.model_fields)
    assert {"topic", "outcome", "organisation", "instance"} <= set(schema["required"])


def test_a_second_demo_uses_what_runs_and_what_is_there(running: Installation, tmp_path: Path) -> None:
    text = tmp_path / "tides.txt"
    text.write_text(SENTENCE, encoding="utf-8")
    report = demo(running, "Tides in numbers", "--text", str(text))
    assert report.instance == running.running.url
    assert report.views == 1
    assert running.running  # it was there before and still is


@pytest.mark.parametrize(
    "topic", ["Tides \u202eedit\u202c 🌊🏄🏽‍♀️", "<script>alert(1)</script> Tides & <b>the Moon</b>"]
)
def test_a_topic_with_more_than_words_in_it(running: Installation, topic: str) -> None:
    report = demo(running, topic)
    assert report.title is not None
    assert "<" not in report.title
    assert "\u202e" not in report.title


def test_a_text_of_a_megabyte(running: Installation, tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text((SENTENCE * 12_000)[: 1024 * 1024], encoding="utf-8")
    assert demo(running, "Tides", "--text", str(text)).views == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a topic"),
        ([""], "Name a topic"),
        ([" \t"], "Name a topic"),
        (["🎉🎉🎉"], "topic"),
        (["Tides", "--seconds", "5"], "15<=x<=60"),
        (["Tides", "--format", "opera"], "format"),
        (["Tides", "--text", "/nowhere/at/all.txt"], "cannot be read"),
        (["Tides", "--text", "{large}"], "larger than 1 MB"),
        (["Tides", "--text", "{binary}"], "not UTF-8"),
        (["Tides", "--louder"], "--louder"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_2(
    running: Installation, tmp_path: Path, arguments: list[str], said: str
) -> None:
    large, binary = tmp_path / "large.txt", tmp_path / "binary.txt"
    large.write_text("a" * (1024 * 1024 + 1))
    binary.write_bytes(b"\xff\xfe\x00\x80")
    done = running.command("demo", *(one.format(large=large, binary=binary) for one in arguments))
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
