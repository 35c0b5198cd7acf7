"""Reference pages as Markdown, made from the command line's and the settings' own definitions."""

from collections.abc import Iterator

import click
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from greenroom.entrypoints.cli.main import CLONE_VERBS, VERBS
from greenroom.entrypoints.cli.main import greenroom as group

MADE = "<!-- Made from the code by ./greenroom check --write -->"


def commands() -> str:
    """docs/reference/commands.md: the help of every verb."""
    return "\n".join(
        [
            "# Commands",
            MADE,
            "",
            "In a clone `./greenroom VERB`, from the wheel `greenroom VERB`. Exit status: 0 done, 2 wrong use,",
            "3 waits for a person, 4 blocked by a check, 5 outcome unknown, 70 internal.",
            "",
            *verbs("Everywhere", VERBS),
            *verbs("In a clone only", CLONE_VERBS),
        ]
    )


def verbs(title: str, table: dict[str, tuple[str, str]]) -> Iterator[str]:
    yield f"## {title}\n"
    for name in table:
        top = click.Context(group, info_name="greenroom", terminal_width=100, help_option_names=["-h", "--help"])
        command = group.get_command(top, name)
        if command is not None:
            yield from verb(command, click.Context(command, top, name, terminal_width=100), depth=3)


def verb(command: click.Command, context: click.Context, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {context.command_path}\n"
    yield f"```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name, below in sorted(command.commands.items()):
            yield from verb(below, click.Context(below, context, name, terminal_width=100), depth + 1)


def settings() -> str:
    """docs/reference/settings.md: every setting with its type, default and meaning."""
    from greenroom.infra.settings import Settings

    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        f"| {in_file(name)} | `{prefix}{name.upper()}` | {shown(field)} | {field.description or ''} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            MADE,
            "",
            "From the environment, or from `settings.toml` in `GREENROOM_HOME`; the environment wins. All that is",
            "wrong is said at once when the program starts.",
            "",
            "| in settings.toml | in the environment | default | meaning |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def in_file(name: str) -> str:
    return "" if name == "home" else f"`{name}`"  # the file lies in the home


def shown(field: FieldInfo) -> str:
    """A default as it is written in the environment; empty when it is none, or depends on the machine."""
    if field.default_factory is not None or field.default is None:
        return ""
    written: str = TypeAdapter(type(field.default)).dump_python(field.default, mode="json")
    return f"`{written}`"
