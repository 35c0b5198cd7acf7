"""Whose passkeys these are: the public address, else the one that was asked, and where browsers allow none."""

import pytest

from greenroom.kit.errors import Conflict
from greenroom.tenancy.relying_party import RelyingParty, relying_party


@pytest.mark.parametrize(
    ("public", "asked", "id", "origin"),
    [
        (None, "http://localhost:8000/api/v1/x", "localhost", "http://localhost:8000"),
        (None, "https://room.example/api/v1/x", "room.example", "https://room.example"),
        ("https://room.example/", "http://10.0.0.1:8000/x", "room.example", "https://room.example"),
        ("https://room.example:8443/", "http://localhost/x", "room.example", "https://room.example:8443"),
    ],
)
def test_the_public_address_goes_first(public: str | None, asked: str, id: str, origin: str) -> None:
    assert relying_party(public, asked) == RelyingParty(id, origin)


@pytest.mark.parametrize("asked", ["http://127.0.0.1:8000/x", "https://[::1]/x", "http://room.example/x"])
def test_where_browsers_allow_none_it_says_so(asked: str) -> None:
    with pytest.raises(Conflict, match="localhost"):
        relying_party(None, asked)
