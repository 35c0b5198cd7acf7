"""`greenroom doctor`: looks at everything that Greenroom needs, and says how to mend what is wrong."""

import json
import textwrap
from collections.abc import Iterator

import click

from greenroom.entrypoints.doctor.finding import Check, Finding, broken
from greenroom.infra.settings import Settings, WrongSettings

COLOURS = {"ok": "green", "warn": "yellow", "broken": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(as_json: bool) -> int:
    """Check database, disk, media, voice, fonts, video, signing, clock, port and phones.

    Exit status 1 when one is broken.
    """
    found = []
    for finding in examine():
        found.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        click.echo(json.dumps({"findings": [finding.as_json() for finding in found]}, indent=1, ensure_ascii=False))
    return 1 if any(finding.state == "broken" for finding in found) else 0


def examine() -> Iterator[Finding]:
    """Every finding, one after the other; a check that fails itself is a finding too."""
    try:
        settings = Settings()
    except WrongSettings as error:
        yield broken("settings", str(error), "Mend them and run this again.")
        return
    for check in _checks():
        try:
            yield from check(settings)
        except Exception as error:  # the rest can still be looked at
            name = check.__name__.removeprefix("check_")
            yield broken(name, f"The check failed: {type(error).__name__}: {error}", "Please report this.")


def _checks() -> list[Check]:
    from greenroom.entrypoints.doctor import bucket, database, machine, phones, programs

    return [
        machine.check_python,
        machine.check_home,
        machine.check_disk,
        machine.check_media,
        bucket.check_bucket,
        machine.check_page,
        machine.check_port,
        database.check_database,
        programs.check_voice,
        programs.check_drawing,
        programs.check_video,
        programs.check_provenance,
        programs.check_chromium,
        phones.check_adb,
        phones.check_agent,
        phones.check_phones,
    ]


def _print(finding: Finding) -> None:
    state = click.style(f"{finding.state:<6}", fg=COLOURS[finding.state])
    click.echo(f"{state}  {finding.name:<11} {finding.message}")
    if finding.mend and finding.state != "ok":
        click.echo(textwrap.indent(textwrap.fill(finding.mend, 90), " " * 20))
