"""What a hostile server says about an account never grows beyond what is kept, and hides nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.channels.linking_names import check_did, is_remote, shown_as
from greenroom.kit.errors import Unavailable

OURS = "https://example.social"


@given(st.text(max_size=3000), st.text(max_size=3000))
def test_whatever_it_says_fits(handle: str, address: str) -> None:
    shown = shown_as(handle * 3, address=address, otherwise=OURS)
    assert all(1 <= len(shown[name]) <= 200 for name in ("handle", "name"))
    assert len(shown["url"]) <= 1000
    assert all(char.isprintable() for char in shown["name"])


@pytest.mark.parametrize(
    ("handle", "address", "name", "url"),
    [
        ("mara.test", "https://example.social/@mara", "@mara.test", "https://example.social/@mara"),
        ("ma\u202era\n.test", "https://example.social/" + "a" * 1000, "@mara .test", OURS),
        ("\u200b", "https://example.social/a b", "@unnamed", OURS),
        ("m" * 5000, OURS, "@" + "m" * 199, OURS),
    ],
)
def test_what_is_shown(handle: str, address: str, name: str, url: str) -> None:
    shown = shown_as(handle, address=address, otherwise=OURS)
    assert (shown["name"], shown["url"]) == (name, url)


@pytest.mark.parametrize("did", ["", "mara", "did:plc:", "did:plc:a b", "did:plc:" + "a" * 400, "did:plc:a/../b"])
def test_who_signs_in_is_somebody(did: str) -> None:
    with pytest.raises(Unavailable):
        check_did(did, OURS)
    check_did("did:plc:ewvi7nxzyoun6zhxrhs64oiz", OURS)
    check_did("did:web:localhost%3A2583", OURS)


def test_an_id_without_end_is_nobodys() -> None:
    assert is_remote("109@example.social")
    assert not is_remote("1" * 400 + "@example.social")
    assert not is_remote("1\n2@example.social")
