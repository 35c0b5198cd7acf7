"""The external services that take a key, read from `services.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from greenroom.kit.errors import NotFound
from greenroom.tenancy.service_key_contracts import Service


@cache
def services() -> tuple[Service, ...]:
    """All of them, in the order in which pages show them."""
    text = files("greenroom.tenancy").joinpath("services.toml").read_text(encoding="utf-8")
    return tuple(Service(**one) for one in tomllib.loads(text)["service"])


def service_of(id: str) -> Service:
    """The service of this id; NotFound when there is none."""
    for one in services():
        if one.id == id:
            return one
    raise NotFound("There is no such service; GET /services lists them")
