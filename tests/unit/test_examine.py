"""Files that people send: what is fine comes back clean, what is a trap is refused quickly and cheaply."""

import asyncio
import os
import struct
import subprocess
import sys
import time
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from greenroom.media.examine import FileRefused, environment, examined

SECRET = b"<script>52.5163N 13.3777E</script>"


async def look(path: Path) -> tuple[Any, bytes]:
    async with examined(path) as found:
        return found, found.copy.read_bytes()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def film(path: Path, *, frames: int = 12, format: str = "mp4", codec: str = "") -> Path:
    with av.open(str(path), "w", format=format) as out:
        out.metadata["title"] = SECRET.decode()
        stream = out.add_stream(codec or ("libvpx" if format == "webm" else "libx264"), rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for number in range(frames):
            pixels = np.full((48, 64, 3), number * 10, dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode())
    return path


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_keeps_its_pixels_and_loses_where_it_was_taken(tmp_path: Path, format: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # the camera was held sideways
    exif.get_ifd(0x8825)[1] = "N"
    more = {}
    if format == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", SECRET.decode())
    path = tmp_path / "photo"
    Image.new("RGB", (40, 20), (200, 30, 30)).save(path, format, exif=exif, **more)
    path.write_bytes(path.read_bytes() + SECRET)
    assert path.read_bytes().count(SECRET) >= 2

    found, content = await look(path)
    assert (found.type, found.width, found.height) == (f"image/{format.lower()}", 20, 40)
    assert SECRET not in content
    with Image.open(_written(tmp_path, content)) as clean:
        assert not clean.getexif()
        assert max(abs(a - b) for a, b in zip(clean.convert("RGB").getpixel((5, 5)), (200, 30, 30), strict=True)) < 8


def _written(folder: Path, content: bytes) -> Path:
    (folder / "clean").write_bytes(content)
    return folder / "clean"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
async def test_pictures_of_every_mode(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "picture"
    Image.new(mode, (9, 7)).save(path, "JPEG" if mode == "CMYK" else "PNG")
    found, _ = await look(path)
    assert (found.width, found.height) == (9, 7)


@pytest.mark.parametrize(("name", "format", "type_"), [("a.mp4", "mp4", "video/mp4"), ("a.mov", "mov", "video/mp4"),
                                                       ("a.webm", "webm", "video/webm")])  # fmt: skip
async def test_a_video_is_measured_and_loses_its_words(tmp_path: Path, name: str, format: str, type_: str) -> None:
    path = film(tmp_path / name, format=format)
    path.write_bytes(path.read_bytes() + chunk(b"free", SECRET))
    found, content = await look(path)
    assert (found.type, found.width, found.height) == (type_, 64, 48)
    assert found.duration == pytest.approx(1, abs=0.2)
    assert SECRET not in content
    with av.open(str(_written(tmp_path, content))) as clean:
        assert sum(1 for _ in clean.decode(video=0)) == 12


async def test_a_sound_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    with av.open(str(path), "w", format="wav") as out:
        stream = out.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), dtype=np.int16), format="s16", layout="mono")
        frame.sample_rate, frame.time_base = 8000, Fraction(1, 8000)
        out.mux(stream.encode(frame))
        out.mux(stream.encode())
    found, _ = await look(path)
    assert (found.type, found.width, found.duration) == ("audio/wav", None, 1.0)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<?xml version='1.0'?><svg/>" + b" <svg >",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"#!/bin/sh\n",
        b"",
    ],
)
async def test_other_kinds_are_refused_by_what_they_are(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "picture.png").write_bytes(content)
    with pytest.raises(FileRefused, match="Send a picture"):
        await look(tmp_path / "picture.png")


@pytest.mark.parametrize(
    "content",
    [
        png(4, 4, b"not deflated"),
        png(4, 4, zlib.compress(b"\x00")),
        b"\x89PNG\r\n\x1a\n" + SECRET,
        b"\xff\xd8\xff\xe0" + b"\x00" * 100,
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 20,
        b"\x00\x00\x00\x18ftypisom" + b"\x00" * 100,
        b"\x1aE\xdf\xa3" + b"#EXTM3U\nfile:///etc/passwd",
        b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\xff" * 40,
        b"ID3" + b"\x7f" * 500,
    ],
)
async def test_what_only_begins_like_media_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(FileRefused):
        await look(tmp_path / "file")


def picture_bomb(folder: Path) -> Path:
    """20,000 × 20,000 pixels, 400 MB of zeros, in some 400 kB."""
    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(b"\x00" * 20_001) for _ in range(20_000)) + rows.flush()
    (folder / "bomb.png").write_bytes(png(20_000, 20_000, body))
    return folder / "bomb.png"


def edited_film(folder: Path) -> Path:
    """The same, with an edit list that says it is over after a second."""
    return long_film(folder, without_edits=False)


def long_film(folder: Path, *, without_edits: bool = True) -> Path:
    """Shows each of its pictures for forty minutes, eight hours in all."""
    path = film(folder / "long.mp4")
    content = bytearray(path.read_bytes())
    (scale,) = struct.unpack_from(">I", content, content.index(b"mdhd") + 16)
    struct.pack_into(">I", content, content.index(b"stts") + 16, scale * 2400)
    if without_edits:
        content[content.index(b"edts") : content.index(b"edts") + 4] = b"free"
    path.write_bytes(content)
    return path


def huge_film(folder: Path) -> Path:
    """One picture that says it has 60,000 × 60,000 pixels, in the container and in itself."""
    path = film(folder / "huge.mov", format="mov", codec="mjpeg", frames=1)
    content = bytearray(path.read_bytes())
    struct.pack_into(">HH", content, content.index(b"jpeg", content.index(b"stsd")) + 28, 60_000, 60_000)
    struct.pack_into(">HH", content, content.index(b"\xff\xc0\x00\x11\x08") + 5, 60_000, 60_000)
    path.write_bytes(content)
    return path


async def test_a_header_that_lies_is_not_believed(tmp_path: Path) -> None:
    path = film(tmp_path / "lie.mp4")
    content = bytearray(path.read_bytes())
    for kind in (b"mvhd", b"mdhd"):
        at = content.index(kind) + 16
        (scale,) = struct.unpack_from(">I", content, at)
        struct.pack_into(">I", content, at + 4, scale * 8 * 3600)
    path.write_bytes(content)
    found, _ = await look(path)
    assert found.duration == pytest.approx(1, abs=0.2)


BOMBS = [
    (picture_bomb, "image/png"),
    (long_film, "video/mp4"),
    (edited_film, "video/mp4"),
    (huge_film, "video/quicktime"),
]

# A small parent, since a child counts the memory of the process that it was forked from.
MEASURE = """
import resource, subprocess, sys
out = subprocess.run([sys.executable, "-m", "greenroom.media.probe", *sys.argv[1:]], capture_output=True, text=True)
print(out.stdout.strip() or out.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, sep="\\n")
"""


@pytest.mark.parametrize(("bomb", "type_"), BOMBS)
async def test_bombs_are_refused_quickly_and_with_little_memory(tmp_path: Path, bomb: Any, type_: str) -> None:
    path = bomb(tmp_path)
    began = time.monotonic()
    with pytest.raises(FileRefused):
        await look(path)
    assert time.monotonic() - began < 10

    command = [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "copy"), type_]
    measured = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, env=environment())
    answer, kilobytes = measured.stdout.splitlines()
    assert '"refused"' in answer
    assert int(kilobytes) < 200_000


async def test_nothing_is_left_behind(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    await look(path)
    assert os.listdir(tmp_path) == [path.name]


ALONE = """
import resource, socket, sys
from greenroom.media.probe.confine import confine
confine(largest_file=1000)
for port in sys.argv[1:]:
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=2)
        print("reached")
    except OSError:
        print("alone")
try:
    bytearray(2_000_000_000)
    print("room")
except MemoryError:
    print("no room")
"""


async def test_the_process_has_little_memory_and_no_network_where_the_kernel_lets_it(tmp_path: Path) -> None:
    """Where users may not make namespaces, the network stays; the two must agree."""
    namespaces = (await asyncio.to_thread(subprocess.run, ["unshare", "-rn", "true"], check=False)).returncode == 0
    called: list[object] = []
    canary = await asyncio.start_server(lambda reader, writer: called.append(writer.close()), "127.0.0.1", 0)
    async with canary:
        command = [sys.executable, "-c", ALONE, str(canary.sockets[0].getsockname()[1])]
        said = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, env=environment())
    assert said.stdout.split("\n")[:2] == ["alone" if namespaces else "reached", "no room"]
    assert bool(called) == (not namespaces)
