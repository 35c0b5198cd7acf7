"""Package files as they come from anywhere: what is unpacked, what is refused, which parts a phone needs."""

import json
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from greenroom.agent.drivers import bundle as bundles
from greenroom.agent.drivers.bundle import BadBundle, opened
from greenroom.agent.drivers.splits import Fit, NoFit, choose

FIT = Fit(("arm64-v8a", "armeabi-v7a"), 420, ("de-DE",))


def archive(file: Path, entries: Mapping[str, bytes], *, pressed: bool = False) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED) as out:
        for name, data in entries.items():
            out.writestr(name, data)
    return file


def test_an_xapk_gives_its_packages_and_its_expansion_file(tmp_path: Path) -> None:
    obb = "Android/obb/com.a.b/main.12.com.a.b.obb"
    manifest = {"expansions": [{"file": "main.obb", "install_path": obb}], "package_name": "com.a.b"}
    entries = {"manifest.json": json.dumps(manifest).encode(), "com.a.b.apk": b"base", "config.de.apk": b"words"}
    file = archive(tmp_path / "app.xapk", entries | {"main.obb": b"maps", "icon.png": b"-"})
    with opened([file]) as bundle:
        assert [one.name for one in bundle.apks] == ["com.a.b.apk", "config.de.apk"]
        assert [one.read_bytes() for one in bundle.apks] == [b"base", b"words"]
        assert [(one.read_bytes(), place) for one, place in bundle.extra] == [(b"maps", obb)]
        assert bundle.size == 9
    assert not bundle.apks[0].exists()


def test_loose_packages_are_taken_where_they_lie(tmp_path: Path) -> None:
    one = archive(tmp_path / "base.apk", {"AndroidManifest.xml": b"x"})
    with opened([one]) as bundle:
        assert bundle.apks == (one,)


@pytest.mark.parametrize("name", ["../../evil.apk", "/etc/evil.apk", "a\\..\\evil.apk", "C:evil.apk", "a/../../b.apk"])
def test_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    file = archive(tmp_path / "app.xapk", {name: b"x"})
    with pytest.raises(BadBundle, match="leads out"), opened([file]):
        pass
    assert not (tmp_path.parent / "evil.apk").exists()


def test_an_expansion_file_may_not_choose_any_place(tmp_path: Path) -> None:
    manifest = {"expansions": [{"file": "x.obb", "install_path": "Android/obb/../../data/evil.obb"}]}
    file = archive(tmp_path / "a.xapk", {"manifest.json": json.dumps(manifest).encode(), "a.apk": b"x", "x.obb": b"y"})
    with opened([file]) as bundle:
        assert bundle.extra == ()


def test_links_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "app.xapk"
    with zipfile.ZipFile(file, "w") as out:
        entry = zipfile.ZipInfo("base.apk")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(entry, "/etc/passwd")
    with pytest.raises(BadBundle, match="link"), opened([file]):
        pass


def test_bombs_are_refused_by_ratio_count_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(tmp_path / "bomb.xapk", {"base.apk": bytes(4 << 20)}, pressed=True)
    with pytest.raises(BadBundle, match="tightly packed"), opened([bomb]):
        pass
    many = archive(tmp_path / "many.xapk", {f"{number}.txt": b"" for number in range(1001)})
    with pytest.raises(BadBundle, match="1001 files"), opened([many]):
        pass
    monkeypatch.setattr(bundles, "TOTAL", 100)  # a limit, not code: nobody wants 8 GiB in a test
    large = archive(tmp_path / "large.xapk", {"a.apk": bytes(60), "b.apk": bytes(60)})
    with pytest.raises(BadBundle, match="unpack to more"), opened([large]):
        pass


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    file = archive(tmp_path / "a.xapk", {"base.apk": b"x" * 1000}, pressed=True)
    data = bytearray(file.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24  # the announced size in the directory
    data[at : at + 4] = (10).to_bytes(4, "little")
    file.write_bytes(data)
    with pytest.raises(BadBundle, match="damaged"), opened([file]):
        pass


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("notes.txt", b"hello", "neither an APK"),
        ("app.apk", b"hello", "damaged"),
        ("app.xapk", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_package_is_named(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(BadBundle, match=says), opened([file]):
        pass


def test_archives_without_a_package_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadBundle, match="no APK"), opened([archive(tmp_path / "a.xapk", {"readme": b"x"})]):
        pass
    with pytest.raises(BadBundle, match="no manifest"), opened([archive(tmp_path / "a.apk", {"readme": b"x"})]):
        pass
    with pytest.raises(BadBundle, match="no file"), opened([]):
        pass


def names(*given: str, fit: Fit = FIT) -> list[str]:
    return [file.name for file in choose([Path(one) for one in given], fit)]


def test_a_phone_gets_its_processor_its_screen_and_its_language() -> None:
    assert names(
        "base.apk", "config.arm64_v8a.apk", "config.armeabi_v7a.apk", "config.x86_64.apk", "config.hdpi.apk",
        "config.xhdpi.apk", "config.xxhdpi.apk", "config.xxxhdpi.apk", "config.de.apk", "config.fr.apk",
        "config.zh_rTW.apk", "split_config.de.apk", "feature_camera.apk", "my-app.apk",
    ) == [
        "base.apk", "config.arm64_v8a.apk", "config.xxhdpi.apk", "config.de.apk", "split_config.de.apk",
        "feature_camera.apk", "my-app.apk",
    ]  # fmt: skip


def test_the_next_best_is_taken_and_none_is_an_error() -> None:
    assert names("base-master.apk", "base-armeabi_v7a.apk", "base-en.apk") == [
        "base-master.apk",
        "base-armeabi_v7a.apk",
    ]
    assert names("base.apk", "config.hdpi.apk", "config.mdpi.apk") == ["base.apk", "config.hdpi.apk"]
    with pytest.raises(NoFit, match="x86"):
        names("base.apk", "config.x86.apk")
