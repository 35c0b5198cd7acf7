"""`greenroom make`: one video from a topic, without a server or a database."""

import sys
import time
from pathlib import Path

import click

from greenroom.infra.settings import Settings
from greenroom.studio.contracts import Brief, CharacterSheet, Made, MakeInput, Progress, VoiceChoice
from greenroom.studio.errors import Invalid, Problem
from greenroom.studio.make.profile import PROFILES
from greenroom.studio.make.script.formats import FORMATS
from greenroom.studio.make.video import make_video
from greenroom.studio.make.voice.catalogue import VOICES

_LARGEST = 8_000_000


class Blocked(Problem):
    """A check blocks the video; nothing was written."""

    status = 409
    slug = "blocked"
    title = "A check blocks this video"
    exit_code = 4


@click.command(name="make")
@click.argument("topic")
@click.option(
    "--text", "text", metavar="FILE", help="A text that claims may come from; - reads it from standard input."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The MP4 to write; .vtt, .txt and .jpg go beside it."
)
@click.option(
    "--format", "format_", type=click.Choice([one.id for one in FORMATS]), default="explainer", show_default=True
)
@click.option("--seconds", type=click.IntRange(15, 60), default=30, show_default=True)
@click.option("--name", default="Greenroom", show_default=True, help="Who presents.")
@click.option(
    "--voice", type=click.Choice([f"{v.engine}/{v.voice}" for v in VOICES]), default="hibari/heart", show_default=True
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Another seed: other words, pictures and music.",
)
@click.option(
    "--profile",
    type=click.Choice(sorted(PROFILES)),
    default="final",
    show_default=True,
    help="Size and care; draft is for tests.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def command(
    topic: str,
    text: str | None,
    out: Path,
    format_: str,
    seconds: int,
    name: str,
    voice: str,
    seed: int,
    profile: str,
    as_json: bool,
) -> None:
    """Make a spoken, captioned, labelled and signed vertical video about TOPIC.

    With only a topic the script asks and claims nothing; claims come from --text and keep their source.
    """
    out = _target(out)
    engine, _, voice_name = voice.partition("/")
    brief = Brief(topic=topic, text=_read(text), text_name=_named(text), format=format_, seconds=seconds)
    handle = "".join(c for c in name.lower() if c.isalnum()) or "presenter"
    character = CharacterSheet(name=name, handle=handle, seed=seed, voice=VoiceChoice(engine=engine, voice=voice_name))
    home = Settings().home
    line = _Line(show=sys.stderr.isatty())
    began = time.perf_counter()
    try:
        made = make_video(
            MakeInput(brief=brief, character=character),
            out,
            folder=home / "make",
            credentials=home / "credentials",
            profile=PROFILES[profile],
            progress=line.show,
        )
    finally:
        line.clear()
    if as_json:
        click.echo(made.model_dump_json(indent=2))
    if made.blocking:
        raise Blocked("Nothing was written. " + " ".join(check.reason for check in made.blocking))
    if not as_json:
        _summary(made, time.perf_counter() - began)


class _Line:
    """One line in the terminal that is written over: a bar, the stage, and the time left."""

    def __init__(self, *, show: bool) -> None:
        self._on, self._last = show, 0.0

    def show(self, at: Progress) -> None:
        now = time.monotonic()
        if not self._on or (now - self._last < 0.1 and at.fraction > 0):
            return
        self._last = now
        full = round(at.overall * 24)
        left = f"  {at.eta_seconds:.0f} s left" if at.eta_seconds is not None else ""
        message = f": {at.message}" if at.message else ""
        click.echo(
            f"\r\033[K{'█' * full}{'░' * (24 - full)} {at.overall:4.0%}  {at.title}{message}{left}", nl=False, err=True
        )

    def clear(self) -> None:
        if self._on:
            click.echo("\r\033[K", nl=False, err=True)


def _summary(made: Made, seconds: float) -> None:
    shown = made.rendered
    click.echo(
        f"{made.video}  {shown.duration:.1f} s  {shown.width}×{shown.height}  {shown.size / 1e6:.1f} MB  in "
        f"{seconds:.1f} s"
    )
    click.echo(
        f"“{made.script.title}”  {shown.loudness.integrated:.1f} LUFS  Content Credentials: "
        f"{made.manifest.state.lower()}"
    )
    for check in made.checks:
        if not check.ok and check.level == "warn":
            click.echo(f"Worth a look: {check.reason}", err=True)


def _target(out: Path) -> Path:
    if out.suffix.lower() != ".mp4":
        raise Invalid(f"--out has to end in .mp4, and {out.name} does not.")
    if out.is_dir():
        raise Invalid(f"{out} is a folder; name a file.")
    return out


def _named(text: str | None) -> str:
    return "standard input" if text == "-" else Path(text).name if text else "the given text"


def _read(text: str | None) -> str | None:
    """The text of a file, in UTF-8 or UTF-16."""
    if text is None:
        return None
    try:
        data = sys.stdin.buffer.read(_LARGEST + 1) if text == "-" else _bytes(Path(text))
    except OSError as wrong:
        raise Invalid(f"{text} cannot be read: {wrong.strerror or wrong}.") from wrong
    if len(data) > _LARGEST:
        raise Invalid(f"{text} has more than {_LARGEST // 1_000_000} MB; give the part that matters.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Invalid(f"{text} is not plain text in UTF-8. Save it as plain text and try again.") from wrong


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)
