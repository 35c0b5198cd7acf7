"""The master key: made once, kept where only its owner reads it, several versions side by side."""

import stat
from pathlib import Path

import pytest

from greenroom.infra.settings import Settings, WrongSettings
from greenroom.infra.vault.errors import Unreadable, WrongKey
from greenroom.infra.vault.key_files import KeyFiles
from greenroom.infra.vault.master import GivenKeys, Wrapped, key_id, master_key, prepare

DATA_KEY = bytes(range(32))


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "keys"
    prepare(KeyFiles(folder), in_use=[])
    (file,) = folder.iterdir()
    assert (file.name, stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (
        "vault.key", 0o400, 0o700,
    )  # fmt: skip
    text = file.read_text()
    prepare(KeyFiles(folder), in_use=[])
    assert [file.read_text() for file in folder.iterdir()] == [text]


def test_a_key_that_is_needed_and_missing_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    with pytest.raises(WrongKey, match=r"need the vault key 0123456789abcdef, and there is none.*Put that key into"):
        prepare(KeyFiles(folder), in_use=["0123456789abcdef"])
    assert not folder.exists()
    KeyFiles(folder).make()
    before = sorted(folder.iterdir())
    with pytest.raises(WrongKey, match=r"what is there is [0-9a-f]{16}"):
        prepare(KeyFiles(folder), in_use=["0123456789abcdef"])
    assert sorted(folder.iterdir()) == before


async def test_a_newer_key_wraps_and_the_older_one_still_unwraps(tmp_path: Path) -> None:
    reader, other = KeyFiles(tmp_path), KeyFiles(tmp_path)
    first = reader.make()
    old = await reader.wrap(DATA_KEY)
    second = other.make()
    assert reader.ids() == [second, first]
    new = await reader.wrap(DATA_KEY)
    assert (old.by, new.by) == (first, second)
    assert [await KeyFiles(tmp_path).unwrap(one) for one in (old, new)] == [DATA_KEY, DATA_KEY]
    assert (reader.name_of(first), reader.name_of(second)) == ("vault.key", "vault-2.key")


async def test_a_process_that_runs_finds_a_key_that_was_made_since(tmp_path: Path) -> None:
    running = KeyFiles(tmp_path)
    running.make()
    running.ids()
    maker = KeyFiles(tmp_path)
    maker.make()
    assert await running.unwrap(await maker.wrap(DATA_KEY)) == DATA_KEY


async def test_a_tampered_data_key_and_a_missing_master_key_are_told_apart(tmp_path: Path) -> None:
    master = KeyFiles(tmp_path)
    master.make()
    wrapped = await master.wrap(DATA_KEY)
    for bit in range(len(wrapped.key) * 8):
        changed = (int.from_bytes(wrapped.key, "big") ^ 1 << bit).to_bytes(40, "big")
        with pytest.raises(Unreadable):
            await master.unwrap(Wrapped(wrapped.by, changed))
    with pytest.raises(WrongKey, match="needs the vault key beef, which is not here"):
        await master.unwrap(Wrapped("beef", wrapped.key))
    with pytest.raises(WrongKey, match="There is no vault key"):
        await KeyFiles(tmp_path / "empty").wrap(DATA_KEY)


async def test_a_message_has_a_mark_for_each_key_and_each_purpose(tmp_path: Path) -> None:
    running = KeyFiles(tmp_path)
    with pytest.raises(WrongKey, match="There is no vault key"):
        await running.mac("one", b"message")
    running.make()
    (first,) = await running.mac("one", b"message")
    KeyFiles(tmp_path).make()
    marks = await running.mac("one", b"message")
    assert (len(marks), marks[1]) == (2, first)
    assert set(marks).isdisjoint(await running.mac("another", b"message"))
    assert set(marks).isdisjoint(await running.mac("one", b"another"))
    keys = [(tmp_path / name).read_text().strip() for name in ("vault-2.key", "vault.key")]
    given = GivenKeys(",".join(keys))
    assert await given.mac("one", b"message") == marks


@pytest.mark.parametrize("text", ["", "secret", "0" * 63, "é" * 64])
def test_a_file_that_is_no_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "vault.key").write_text(text)
    with pytest.raises(WrongKey, match=r"vault\.key.*put the right file there"):
        KeyFiles(tmp_path).ids()


async def test_a_key_can_be_a_setting_and_the_first_one_wraps(tmp_path: Path) -> None:
    old, new = "11" * 32, "22" * 32
    wrapped = await GivenKeys(old).wrap(DATA_KEY)
    settings = Settings(home=tmp_path, vault_key=f"{new},{old}")
    master = master_key(settings)
    assert master.ids() == [key_id(bytes.fromhex(new)), key_id(bytes.fromhex(old))]
    assert await master.unwrap(wrapped) == DATA_KEY
    assert (await master.wrap(DATA_KEY)).by == master.ids()[0]
    assert master.make() is None
    assert old not in repr(settings)
    with pytest.raises(WrongKey):
        await GivenKeys(new).unwrap(wrapped)


def test_a_wrong_key_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="64 lower-case hexadecimal digits"):
        Settings(home=tmp_path, vault_key="secret")


def test_the_id_tells_keys_apart_and_nothing_of_them() -> None:
    ids = {key_id(bytes([n]) * 32) for n in range(256)}
    assert len(ids) == 256
    assert all(len(id) == 16 for id in ids)
