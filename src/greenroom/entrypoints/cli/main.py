"""The `greenroom` command: a group that imports a verb's module only when that verb is called."""

import importlib
import importlib.util
import os
import sys
from typing import NoReturn

import click

from greenroom import __version__
from greenroom.kit.errors import Problem

EXIT_USAGE = 2
EXIT_INTERNAL = 70

# verb -> (module with `command: click.Command`, line in the help). The help reads from here, so that listing
# the verbs imports none of them.
VERBS = {
    "up": ("greenroom.entrypoints.cli.up", "Start Greenroom: database, server, workers, page."),
    "down": ("greenroom.entrypoints.cli.down", "Stop it."),
    "doctor": ("greenroom.entrypoints.cli.doctor", "Check everything and say how to mend it."),
    "demo": ("greenroom.entrypoints.cli.demo", "The whole main job once, in an organisation marked demo."),
    "make": ("greenroom.entrypoints.cli.make", "Make a video from a topic, without a server."),
    "login": ("greenroom.entrypoints.cli.login", "Keep an address and a token for the verbs below."),
    "content": ("greenroom.entrypoints.cli.content", "Videos: ask for one, look, change its script."),
    "post": ("greenroom.entrypoints.cli.post", "Posts: plan, publish, call off, take down."),
    "accounts": ("greenroom.entrypoints.cli.accounts", "Where your clients can publish."),
    "jobs": ("greenroom.entrypoints.cli.jobs", "Long work: look, follow, cancel, try again."),
    "events": ("greenroom.entrypoints.cli.events", "What happens, live."),
    "user": ("greenroom.entrypoints.cli.user", "Users of this installation: links, passwords."),
    "vault": ("greenroom.entrypoints.cli.vault", "The vault's keys: status, rotate, rewrap."),
    "definitions": ("greenroom.entrypoints.cli.definitions", "Export all definitions into a git repository."),
    "api": ("greenroom.entrypoints.cli.api", "Run a server by itself, beside a database elsewhere."),
    "worker": ("greenroom.entrypoints.cli.worker", "Run a worker by itself, beside a server elsewhere."),
    "agent": ("greenroom.entrypoints.cli.agent", "Show this computer's phones to a server."),
    "vphone": ("greenroom.entrypoints.cli.vphone", "Virtual phones that real clients accept, with faults to switch."),
    "openapi": ("greenroom.entrypoints.cli.openapi", "Print the description of the HTTP API."),
}
CLONE_VERBS = {
    "test": ("greenroom_dev.test", "Run the tests: all, fast, or soak."),
    "check": ("greenroom_dev.check", "Lint, types, contracts, generated files."),
    "bench": ("greenroom_dev.bench", "Run benchmarks and print their tables."),
    "lock": ("greenroom_dev.lock", "Lock requirements/*.in again, with hashes."),
}


def main() -> NoReturn:
    """Run one command; exit 0 when done, 2 on wrong use, a problem's own status, 70 on an internal error."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit status of one command line; every failure is one sentence on stderr."""
    try:
        result = greenroom.main(args=arguments, prog_name="greenroom", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        return 130
    except Problem as problem:
        say(problem.detail)
        return exit_code(problem)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # the last resort: a sentence for people, the traceback for those who ask
        if os.environ.get("GREENROOM_DEBUG"):
            raise
        say(f"Internal error: {type(error).__name__}: {error}. Set GREENROOM_DEBUG=1 to see where.")
        return EXIT_INTERNAL
    return result if isinstance(result, int) else 0


def exit_code(problem: Problem) -> int:
    """The status that the verb promised (`Problem(…, exit_code=4)`), else 2 for 4xx, else 70."""
    code = problem.extra.get("exit_code", getattr(problem, "exit_code", None))
    if isinstance(code, int):
        return code
    return EXIT_USAGE if problem.status < 500 else EXIT_INTERNAL


def say(sentence: str) -> None:
    click.secho(sentence, fg="red", err=True)


class Verbs(click.Group):
    """Finds a verb in the tables above and imports it on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in verbs():
            return None
        command = importlib.import_module(verbs()[cmd_name][0]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{verbs()[cmd_name][0]}.command is not a click command")
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])
        if in_clone():
            with formatter.section("In a clone"):
                formatter.write_dl([(name, line) for name, (_, line) in CLONE_VERBS.items()])


def verbs() -> dict[str, tuple[str, str]]:
    return VERBS | CLONE_VERBS if in_clone() else VERBS


def in_clone() -> bool:
    """Developer verbs lie beside the package in a clone; the wheel does not carry them."""
    return importlib.util.find_spec("greenroom_dev") is not None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="greenroom %(version)s")
def greenroom() -> None:
    """Everything waits in the green room until a person says go.

    A studio, publishing desk and phone lab that you host yourself. Start with `greenroom up`; `greenroom VERB
    --help` explains a verb.
    """
