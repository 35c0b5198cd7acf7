"""`greenroom demo`: the whole main job in a terminal, in an organisation of its own that is marked demo."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from greenroom.entrypoints.demo.report import EXIT, Report
from greenroom.kit.errors import Unavailable

MAX_TEXT = 1024 * 1024


@click.command()
@click.argument("topic", required=False)
@click.option("--text", type=click.Path(path_type=Path), help="A file whose statements may be used as facts.")
@click.option("--format", "format_", default="explainer", show_default=True, help="One of the formats that exist.")
@click.option("--seconds", default=30, show_default=True, type=click.IntRange(15, 60), help="Length of the video.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON; progress goes to stderr.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of that report and do nothing else.")
@click.option("--keep", is_flag=True, help="Leave an instance running that was started for this.")
def command(
    topic: str | None, text: Path | None, format_: str, seconds: int, as_json: bool, schema: bool, keep: bool
) -> int:
    """Take TOPIC from an idea to a published, counted video, approved by the demo's own reviewer.

    Exit status: 0 done, 2 wrong use, 3 waits for a person, 4 blocked by a check, 5 outcome unknown, 70 internal.
    """
    if schema:
        click.echo(json.dumps(Report.model_json_schema(), indent=2))
        return 0
    if not topic or not topic.strip():
        raise click.UsageError('Name a topic: greenroom demo "How tides work"')
    report = _demo(topic, _read(text), text, format_, seconds, keep)
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        _tell(report)
    return EXIT[report.outcome]


def _read(text: Path | None) -> str | None:
    if text is None:
        return None
    try:
        content = text.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{text} cannot be read: {error.strerror}") from error
    if len(content) > MAX_TEXT:
        raise click.UsageError(f"{text} is larger than 1 MB; give the part that matters")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{text} is not UTF-8 text; save it as UTF-8") from error


def _demo(topic: str, content: str | None, text: Path | None, format_: str, seconds: int, keep: bool) -> Report:
    from greenroom.entrypoints.demo.api import Person
    from greenroom.entrypoints.demo.published import locate_video
    from greenroom.entrypoints.demo.run import Wish, run_demo
    from greenroom.entrypoints.house import house_of_command
    from greenroom.infra.settings import Settings
    from greenroom.tenancy.facade import DemoPeople, demo_people

    settings = Settings()

    async def sign_in() -> DemoPeople:
        async with house_of_command(settings) as house:
            return await demo_people(house)

    with _instance(settings.home, keep) as address:
        people = asyncio.run(sign_in())
        producer, reviewer = Person(address, people.producer), Person(address, people.reviewer)
        report = Report(outcome="done", topic=topic, organisation=str(people.organisation), instance=address)
        wish = Wish(topic, content, text.name if text else None, format_, seconds)
        run_demo(wish, report, producer, reviewer, client=str(people.client), say=_say)
        if report.video and report.page_url:
            report.video = locate_video(report.video, report.page_url, settings.media)
    return report


@contextmanager
def _instance(home: Path, keep: bool) -> Iterator[str]:
    """The address of the instance of this home; one is started for the time of the block when none runs."""
    from greenroom.entrypoints.running import find_running

    running = find_running(home)
    if running is not None:
        yield running.url
        return
    _say("Starting an instance for the demo …")
    _greenroom("up", "--detach", "--phones", "0")
    running = find_running(home)
    if running is None:
        raise RuntimeError("the instance started but did not say where")
    try:
        yield running.url
    finally:
        if not keep:
            _greenroom("down")


def _greenroom(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "greenroom", *arguments], stdout=sys.stderr)
    if done.returncode:
        raise Unavailable(f"`greenroom {' '.join(arguments)}` failed; what it said above tells what to do")


def _say(line: str) -> None:
    click.echo(line, err=True)


def _tell(report: Report) -> None:
    click.echo()
    click.secho(f"{report.outcome}{f': {report.reason}' if report.reason else ''}", bold=True)
    if report.title:
        click.echo(f"  {report.title} — {report.character}")
    if report.video:
        video = report.video
        click.echo(
            f"  {video.width}×{video.height}, {video.duration_seconds:.1f} s, {video.loudness_lufs} LUFS, "
            f"Content Credentials {video.manifest}"
        )
        click.echo(f"  {video.path or '(not on this machine)'}")
    if report.page_url:
        click.echo(f"  {report.page_url}   views: {report.views}")
    for stage, took in report.seconds.items():
        click.echo(f"  {took:7.2f} s  {stage}")
