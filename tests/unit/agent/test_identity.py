"""An agent's own file: nobody else reads it, and it says who the agent is or nothing."""

from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.agent.program.identity import FILE, Identity, checked_server, load, save
from greenroom.kit.errors import Invalid, Unavailable
from greenroom.wire.proof import signed_bytes

AGENT = UUID("01a1fed8-c14b-7320-86cb-10ca3a4fb5ff")


def test_it_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    for server in ("http://old.example", "https://greenroom.example:8443"):
        save(tmp_path / "agent", Identity(server, AGENT, key))
    file = tmp_path / "agent" / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == [FILE]
    found = load(tmp_path / "agent")
    assert (found.server, found.agent) == ("https://greenroom.example:8443", AGENT)
    assert found.socket == "wss://greenroom.example:8443/api/v1/agents/socket"
    key.public_key().verify(bytes.fromhex(found.sign("ab" * 32)), signed_bytes("ab" * 32, AGENT))
    file.chmod(0o640)
    with pytest.raises(Unavailable, match="chmod 600"):
        load(tmp_path / "agent")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"server":"https://a.example","agent":"x","key":"00"}'])
def test_what_is_no_identity_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unavailable, match="not enrolled"):
        load(tmp_path)
    (tmp_path / FILE).write_text(text)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(Unavailable, match="enrol the agent again"):
        load(tmp_path)


@pytest.mark.parametrize("address", ["http://greenroom.example", "ftp://a.example", "a.example", "https://u@a", ""])
def test_screens_never_go_over_the_network_in_the_open(address: str) -> None:
    with pytest.raises(Invalid):
        checked_server(address)
    assert checked_server(" http://127.0.0.1:8000/ ") == "http://127.0.0.1:8000"
