"""What the verbs over the HTTP API share: the client for the time of a command, common options, the exit statuses."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from greenroom.kit.errors import Invalid, Problem

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

EXITS = "Exit status: 0 done, 1 refused, 2 wrong use, 3 Greenroom can't be reached, 4 not allowed."

Function = Callable[..., Any]


class Stopped(Problem):
    """A person pressed Ctrl-C while something went on at the server."""

    exit_code = 130


def calls_api(function: Function) -> Function:
    """Give the command an `api` for its time; what the API refuses by field is told line by line."""

    @functools.wraps(function)
    def command(*args: Any, **kwargs: Any) -> Any:
        with opened() as api:
            return function(*args, api=api, **kwargs)

    return command


@contextmanager
def opened() -> Iterator["Api"]:
    from greenroom.entrypoints.client.login import find_login

    api = find_login().api()
    try:
        with told_by_field():
            yield api
    finally:
        api.close()


@contextmanager
def told_by_field() -> Iterator[None]:
    """The fields of a refusal, under its sentence."""
    try:
        yield
    except Problem as problem:
        lines = [f"  {name}: {why}" for name, why in problem.fields.items()]
        problem.detail = "\n".join([problem.detail, *lines])
        raise


def as_json(function: Function) -> Function:
    flag = click.option("--json", "as_json", is_flag=True, help="Print the API's objects, a line each.")
    return flag(function)


def limit(function: Function) -> Function:
    option = click.option(
        "--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most, over all pages."
    )
    return option(function)


def client(function: Function) -> Function:
    option = click.option("--client", type=click.UUID, help="One client's only; all that you see when absent.")
    return option(function)


def key(function: Function) -> Function:
    option = click.option(
        "--key", help="Idempotency key: the same one within a day does it once. A fresh one when absent."
    )
    return option(function)


def local(moment: str | None) -> str:
    """A moment of the API as this machine's clock shows it."""
    return "" if moment is None else datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def one_of(api: "Api", path: str, what: str, named: str, *names: str, **query: Any) -> dict[str, Any]:
    """The record of a list that is meant by its id or by one of its `names`. Raises Invalid."""
    found = [
        item
        for item in api.items(path, limit=2000, **query)
        if item["id"] == named or any(str(item[name]).casefold() == named.casefold().lstrip("@") for name in names)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Invalid(f"There is no {what} {named!r} that you see", exit_code=1)
    raise Invalid(f"{len(found)} of your {what}s are called {named!r}; give the id")
