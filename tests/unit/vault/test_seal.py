"""Sealed values: nothing but the same key, place and bytes opens them."""

import os
from collections.abc import Iterator
from dataclasses import fields, replace
from uuid import UUID

import pytest

from greenroom.infra.vault.seal import NONCE_BYTES, NotAuthentic, Place, associated_data, seal, unseal

KEY = bytes(range(32))
PLACE = Place(UUID(int=1), UUID(int=2), "secret", UUID(int=3), "sealed", 4, ("api_key", "account", "5"))
VALUE = b"a token of an account that somebody here owns, 60 bytes long"


def test_what_was_sealed_opens_at_its_place() -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, VALUE)) == VALUE


def test_every_flipped_bit_is_refused() -> None:
    sealed = seal(KEY, PLACE, VALUE)
    assert len(VALUE) == 60
    opened = [bit for bit in range(len(sealed) * 8) if opens(KEY, PLACE, flipped(sealed, bit))]
    assert (opened, len(sealed) * 8) == ([], 712)


def test_every_shorter_value_is_refused() -> None:
    sealed = seal(KEY, PLACE, VALUE)
    assert [n for n in range(len(sealed)) if opens(KEY, PLACE, sealed[:n])] == []
    assert not opens(KEY, PLACE, sealed + b"\0")


def test_another_key_is_refused() -> None:
    sealed = seal(KEY, PLACE, VALUE)
    assert [bit for bit in range(256) if opens(flipped(KEY, bit), PLACE, sealed)] == []


OTHERS = [
    replace(PLACE, organisation=UUID(int=9)),
    replace(PLACE, client=UUID(int=9)),
    replace(PLACE, client=None),
    replace(PLACE, table="secrets"),
    replace(PLACE, row=UUID(int=9)),
    replace(PLACE, column="hint"),
    replace(PLACE, version=3),
    replace(PLACE, version=5),
    replace(PLACE, about=("api_key", "account", "6")),
    replace(PLACE, about=("api_key", "account")),
    replace(PLACE, about=("api_keya", "ccount", "5")),
    replace(PLACE, organisation=PLACE.row, row=PLACE.organisation),
    replace(PLACE, table="sealed", column="secret"),
]


def test_the_cases_change_every_field() -> None:
    changed = {f.name for f in fields(Place) for other in OTHERS if getattr(other, f.name) != getattr(PLACE, f.name)}
    assert changed == {f.name for f in fields(Place)}


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_another_place_is_refused(other: Place) -> None:
    assert not opens(KEY, other, seal(KEY, PLACE, VALUE))


def test_no_two_places_have_the_same_associated_data() -> None:
    """Splits of one text over neighbouring fields: without lengths, all of them were the same bytes."""
    text = "org123"
    splits = [
        replace(PLACE, table=text[:i], column=text[i:j], about=(text[j:],)) for i in range(7) for j in range(i, 7)
    ]
    assert len({associated_data(place) for place in splits}) == len(splits) == 28


@pytest.mark.slow
def test_a_hundred_thousand_seals_have_as_many_nonces() -> None:
    nonces = {seal(KEY, PLACE, b"x")[1 : 1 + NONCE_BYTES] for _ in range(100_000)}
    assert len(nonces) == 100_000


def test_random_bytes_are_refused() -> None:
    assert not any(opens(KEY, PLACE, b"\x01" + os.urandom(n)) for n in range(200))


def flipped(data: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << bit % 8 if n == bit // 8 else 0) for n, byte in enumerate(data))


def opens(key: bytes, place: Place, sealed: bytes) -> bool:
    return any(True for _ in _opened(key, place, sealed))


def _opened(key: bytes, place: Place, sealed: bytes) -> Iterator[bytes]:
    try:
        yield unseal(key, place, sealed)
    except NotAuthentic:
        return
