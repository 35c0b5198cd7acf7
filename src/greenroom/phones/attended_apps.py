"""The apps that ship as attended, read from `attended.toml`, and whether an app in front is one. Pure."""

import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files


@cache
def shipped() -> dict[str, str]:
    """The app's name by its id, in small letters."""
    text = files("greenroom.phones").joinpath("attended.toml").read_text(encoding="utf-8")
    return {id: one["name"] for one in tomllib.loads(text)["app"] for id in one["ids"]}


def is_attended(front: str, extra: Collection[str] = ()) -> bool:
    """Whether a person alone may act in the app in front; `extra` are an organisation's additions (`attended.of`).

    Ids are compared in small letters, since an iPhone takes them so; what lies below an attended id is the same app.
    """
    known = shipped()
    return any(one in known or one in extra for one in _and_above(front))


def _and_above(front: str) -> Iterator[str]:
    """The id, without an activity after a slash, and every id that it lies below."""
    id = front.partition("/")[0].strip().lower()
    while id:
        yield id
        id = id.rpartition(".")[0]
