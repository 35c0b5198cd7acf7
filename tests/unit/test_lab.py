"""The supervisor's phone lab: what of it runs when, what it is told, and where it ends."""

import json
import socket
from pathlib import Path

import pytest

from greenroom.entrypoints.lab import Lab
from greenroom.entrypoints.lab_programs import agent, shares
from greenroom.infra.settings import Settings

PHONES = [
    {"serial": "GRV00001", "kind": "android", "address": "127.0.0.1:20000", "mjpeg": None},
    {"serial": "0000-1", "kind": "iphone", "address": "127.0.0.1:20001", "mjpeg": "127.0.0.1:20002"},
]
READY = {"ready": True, "phones": PHONES, "adb": "/adb", "adb_port": 20099, "scrcpy": None, "control": "http://x"}


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def lab(tmp_path: Path, said: list[str]) -> Lab:
    (tmp_path / "run").mkdir()
    settings = Settings(home=tmp_path, phones=2)
    return Lab(settings, "http://127.0.0.1:8000", said.append)


def enrolled(home: Path) -> None:
    (home / "lab" / "agent").mkdir(parents=True)
    (home / "lab" / "agent" / "agent.json").touch()


@pytest.mark.parametrize(
    ("phones", "adb", "expected"),
    [(1, True, (1, 0)), (2, True, (1, 1)), (20, True, (14, 6)), (60, True, (54, 6)), (2, False, (0, 2))],
)
def test_half_a_dozen_are_iphones_at_most(phones: int, adb: bool, expected: tuple[int, int]) -> None:
    assert shares(phones, adb=adb) == expected


def test_nothing_begins_before_the_page_answers(lab: Lab) -> None:
    assert not any(lab.wants(child) for child in lab.children)
    assert not lab.asks(1)


def test_a_server_that_only_others_reach_has_none(tmp_path: Path, said: list[str]) -> None:
    lab = Lab(Settings(home=tmp_path, host="192.0.2.7"), "http://192.0.2.7:8000", said.append)
    lab.begin()
    assert not any(lab.wants(child) for child in lab.children)
    assert "127.0.0.1" in said[0]


def test_the_agent_waits_for_its_phones_and_for_a_code(lab: Lab) -> None:
    lab.begin()
    assert (lab.wants(lab.fleet), lab.wants(lab.agent)) == (True, False)
    lab.hear(lab.fleet, READY)
    assert not lab.wants(lab.agent)
    lab.hear(lab.fleet, {"code": "ABCD"})
    assert lab.wants(lab.agent)
    word = lab.word(lab.agent)
    assert (word["code"], word["server"], word["adb_port"]) == ("ABCD", "http://127.0.0.1:8000", 20099)
    assert word["dialled"] == ["127.0.0.1:20000"]
    assert word["iphones"] == {"http://127.0.0.1:20001": "http://127.0.0.1:20002"}


def test_a_code_is_asked_for_once_of_each_server_and_again_when_it_is_over(lab: Lab) -> None:
    lab.begin()
    assert [lab.asks(server) for server in (1, 1, 2)] == [True, False, True]
    lab.hear(lab.fleet, {"code": "ABCD"})
    assert not lab.asks(2)
    lab.hear(lab.agent, {"code_over": True})
    assert lab.asks(2)


def test_a_code_is_kept_while_the_server_does_not_answer(tmp_path: Path) -> None:
    told: list[dict[str, object]] = []
    with socket.create_server(("127.0.0.1", 0)) as made:
        port = made.getsockname()[1]
    word = {"server": f"http://127.0.0.1:{port}", "code": "ABCD"}
    agent(tmp_path, word, lambda **news: told.append(news))
    (news,) = told
    assert "does not answer" in str(news["said"])


def test_an_agent_that_was_enrolled_needs_no_code(lab: Lab, tmp_path: Path) -> None:
    enrolled(tmp_path)
    lab.begin()
    assert not lab.asks(1)
    lab.hear(lab.fleet, READY)
    assert lab.wants(lab.agent)
    assert lab.word(lab.agent)["code"] is None


def test_an_agent_that_is_turned_away_stays_out_and_says_how_to_begin_anew(
    lab: Lab, tmp_path: Path, said: list[str]
) -> None:
    enrolled(tmp_path)
    lab.begin()
    lab.hear(lab.fleet, READY)
    lab.hear(lab.agent, {"out": "This agent was shut out"})
    assert not any(lab.wants(child) for child in lab.children)
    (sentence,) = said
    assert "This agent was shut out" in sentence
    assert str(tmp_path / "lab") in sentence


def test_without_adb_it_is_said_what_android_phones_need(lab: Lab, said: list[str]) -> None:
    lab.begin()
    lab.hear(lab.fleet, {**READY, "adb": None, "phones": PHONES[1:]})
    assert "Android phones need adb" in said[0]
    assert lab.word(lab.agent)["dialled"] == []


def test_what_the_agent_said_last_is_kept_for_the_doctor_until_the_end(lab: Lab, tmp_path: Path) -> None:
    lab.begin()
    lab.hear(lab.fleet, READY)
    lab.hear(lab.agent, {"said": "Connected."})
    kept = json.loads((tmp_path / "run" / "lab.json").read_text())
    assert (kept["agent"], kept["control"]) == ("Connected.", "http://x")
    lab.close()
    assert not (tmp_path / "run" / "lab.json").exists()
