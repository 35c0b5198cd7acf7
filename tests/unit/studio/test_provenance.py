"""Content Credentials: made, read back, broken by one byte; private keys; certificates brought along."""

import stat
from pathlib import Path

import av
import numpy as np
import pytest

from greenroom.kit.errors import Invalid
from greenroom.studio.contracts import Manifest
from greenroom.studio.make.provenance.authority import Credentials, credentials
from greenroom.studio.make.provenance.sign import DRAWN, DRAWN_AND_SPOKEN, read, sign
from greenroom.studio.make.provenance.stage import manifest_check


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("video") / "plain.mp4"
    with av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for shade in range(30):
            picture = np.full((64, 64, 3), shade * 8, np.uint8)
            target.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        target.mux(stream.encode(None))
    return path


def signed(video: Path, folder: Path, who: Credentials) -> Path:
    out = folder / "signed.mp4"
    sign(video, out, title="Bees", steps=[{"description": "drawn"}], kind=DRAWN, who=who)
    return out


def test_a_signed_file_is_read_back_and_one_flipped_byte_breaks_it(video: Path, tmp_path: Path) -> None:
    who = credentials(tmp_path / "keys")
    out = signed(video, tmp_path, who)
    assert read(out, who.anchors).state == "Trusted"
    assert read(out).state == "Valid"
    assert read(out).digital_source_type == DRAWN
    data = bytearray(out.read_bytes())
    data[data.rindex(b"mdat") + 40] ^= 1
    broken = tmp_path / "broken"
    broken.write_bytes(data)
    assert read(broken, who.anchors).state == "Invalid"
    assert read(video, who.anchors).state == "Missing"


def test_keys_are_the_owners_alone_and_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = credentials(folder)
    for name in ("authority.key", "leaf.key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert credentials(folder) == first
    assert credentials(tmp_path / "others").anchors != first.anchors


def test_a_certificate_brought_along_is_used(video: Path, tmp_path: Path) -> None:
    credentials(tmp_path / "elsewhere")
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "own-chain.pem").write_bytes((tmp_path / "elsewhere/chain.pem").read_bytes())
    (folder / "own.key").write_bytes((tmp_path / "elsewhere/leaf.key").read_bytes())
    who = credentials(folder)
    assert not (folder / "authority.pem").exists()
    assert read(signed(video, tmp_path, who), who.anchors).state in ("Trusted", "Valid")


def test_a_key_of_somebody_else_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        credentials(tmp_path / name)
    with pytest.raises(Invalid, match="does not belong"):
        credentials(tmp_path / "c", tmp_path / "a/chain.pem", tmp_path / "b/leaf.key")
    with pytest.raises(Invalid, match="not there"):
        credentials(tmp_path / "c", tmp_path / "a/chain.pem", tmp_path / "nothing")


@pytest.mark.parametrize(
    ("manifest", "ok"),
    [
        (Manifest(state="Trusted", digital_source_type=DRAWN), True),
        (Manifest(state="Valid", digital_source_type=DRAWN), True),
        (Manifest(state="Valid", digital_source_type=DRAWN_AND_SPOKEN), False),
        (Manifest(state="Invalid", digital_source_type=DRAWN), False),
        (Manifest(state="Missing"), False),
    ],
)
def test_a_missing_broken_or_untrue_manifest_blocks(manifest: Manifest, ok: bool) -> None:
    check = manifest_check(manifest, DRAWN)
    assert check.ok is ok
    assert check.level == "block"
