"""Where the command line's token goes: over TLS, or nowhere but this machine."""

import json
from pathlib import Path

import pytest

from greenroom.entrypoints.client.login import ADDRESS, TOKEN, as_address, find_login
from greenroom.kit.errors import Invalid


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("greenroom.example", "https://greenroom.example"),
        ("greenroom.example:8443", "https://greenroom.example:8443"),
        (" https://greenroom.example/settings ", "https://greenroom.example"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
    ],
)
def test_it_is_tls_unless_it_is_this_machine(written: str, address: str) -> None:
    assert as_address(written) == address


@pytest.mark.parametrize("written", ["http://greenroom.example", "http://192.168.1.5:8000", "HTTP://127.0.0.1.example"])
def test_plain_http_to_another_machine_is_refused_with_what_to_give_instead(written: str) -> None:
    with pytest.raises(Invalid, match="read the token; give its address with https://"):
        as_address(written)


@pytest.mark.parametrize("written", ["", "ftp://greenroom.example", "ada:pass@greenroom.example", "[::1", "http://:80"])
def test_what_is_no_address_is_said(written: str) -> None:
    with pytest.raises(Invalid, match="Write the address as in"):
        as_address(written)


def test_a_token_kept_for_a_plain_address_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv(ADDRESS, raising=False)
    monkeypatch.delenv(TOKEN, raising=False)
    file = tmp_path / "greenroom" / "login.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"address": "http://greenroom.example", "token": "gr_kept"}))
    with pytest.raises(Invalid, match="no TLS"):
        find_login()
    file.write_text(json.dumps({"address": "https://greenroom.example", "token": "gr_kept"}))
    assert find_login().address == "https://greenroom.example"
