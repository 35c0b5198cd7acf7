"""Letters, icons, pictures and frames of virtual phones: cut, shared, kept within bounds, and never raising."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skia

from greenroom.agent.virtual import model
from greenroom.agent.virtual.contracts import ANDROID, IPHONE
from greenroom.agent.virtual.draw import frames, icons, letters, pictures
from greenroom.agent.virtual.model.phone import Phone
from greenroom.agent.virtual.model.words import LOCALES, speaker

BODY = ("roboto", 16.0, 400, 22.0, 0.0)


def drawn(words: str) -> np.ndarray:
    pixels = np.full((30, 200, 4), 255, np.uint8)
    surface = skia.Surface(pixels)
    letters.paint(surface.getCanvas(), words, BODY, 0xFF000000, 0, 0, 200, 1, "start")
    return pixels


def test_a_text_is_broken_at_its_width_and_cut_after_its_lines() -> None:
    long = "a word and another " * 20
    assert letters.measure("short", BODY, 300)[2] == 1
    assert letters.measure(long, BODY, 300)[2] > 5
    assert letters.measure(long, BODY, 300, 2)[1:] == (44.0, 2)


@pytest.mark.parametrize("words", ["شكرًا", "写真を共有", "Größe €5", "Ελλάδα", "Привет", "😀"])
def test_scripts_that_the_fonts_know_leave_ink(words: str) -> None:
    assert (drawn(words)[:, :, 0] < 128).sum() > 20


@pytest.mark.parametrize("words", ["\ud800", "\x00\x07\x1b[31m", "\u202e\u2066", "𓀀𒀀", "\n\n", "a" * 20_000, ""])
def test_no_text_is_too_odd_to_be_measured_and_drawn(words: str) -> None:
    letters.measure(words, BODY, 100, 2)
    drawn(words)


def test_the_words_of_every_language_can_be_shown_by_the_fonts_that_lie_here() -> None:
    table = (Path(model.__file__).parent / "words.txt").read_text(encoding="utf-8")
    wanted = {character for character in table if not character.isspace()}
    faces = [letters._typeface(family, 400) for family in ("roboto", "arabic", "japanese")]
    assert [one for one in sorted(wanted) if not any(face.unicharToGlyph(ord(one)) for face in faces)] == []
    assert {speaker(one)("settings") for one in LOCALES} == {"Settings", "Einstellungen", "الإعدادات", "設定"}


def test_every_word_that_is_said_is_in_the_table() -> None:
    known = {
        line.split("|")[0]
        for line in (Path(model.__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    }
    said = {
        word
        for file in Path(model.__file__).parent.rglob("*.py")
        for word in re.findall(r"\bsay\(\"(\w+)\"\)", file.read_text(encoding="utf-8"))
    }
    assert said
    assert said - known == set()


def test_every_icon_that_is_named_can_be_drawn() -> None:
    named = {
        name
        for file in Path(model.__file__).parent.rglob("*.py")
        for name in re.findall(
            r"(?:icon|tool|tile|mark)\(?\w*\s*=?\s*\(?(?:scene, )?\"(!?[a-z][a-z0-9-]+)\"",
            file.read_text(encoding="utf-8"),
        )
    }
    canvas = skia.Surface(24, 24).getCanvas()
    assert "arrow-left" in named
    for name in named:
        icons.paint(canvas, name, 0, 0, 24, 0xFF000000)


def png(width: int, height: int) -> bytes:
    surface = skia.Surface.MakeRasterN32Premul(width, height)
    surface.getCanvas().clear(0x80FF0000)
    return bytes(surface.makeImageSnapshot().encodeToData())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a" + b"\xff" * 40,
        png(8, 8)[:40],
        png(8, 8).replace((8).to_bytes(4), (60_000).to_bytes(4)),
    ],
    ids=["empty", "only a head", "noise", "cut off", "a lie about its size"],
)
def test_bytes_that_are_no_picture_are_not_learnt(content: bytes) -> None:
    assert not pictures.learn(f"no {len(content)}", content)


def test_two_phones_that_show_the_same_share_one_frame() -> None:
    one, other = Phone(ANDROID), Phone(replace(ANDROID, serial="another"))
    assert one.frame(width=180) is other.frame(width=180)
    other.launch("com.greenroom.notes")
    other.advance(2)
    assert one.frame(width=180) is not other.frame(width=180)


def test_a_frame_cannot_be_written_to_and_no_more_are_kept_than_the_budget() -> None:
    at = Phone(IPHONE)
    first = at.frame()
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 0
    for minute in range(1, 6):
        at.advance(60.0 * minute)
        at.frame()
    assert sum(one.nbytes for one in frames._kept.values()) <= frames.BUDGET


def test_black_and_dark_screens_are_black() -> None:
    at = Phone(ANDROID)
    at.faults.black = True
    assert not at.frame(width=90)[:, :, :3].any()
    at.faults.black = False
    assert at.frame(width=90)[:, :, :3].any()
    at.power(False)
    assert not at.frame(width=90)[:, :, :3].any()


def test_a_phone_shows_the_same_at_every_width() -> None:
    at = Phone(ANDROID)
    assert at.frame(width=360).shape == (800, 360, 4)
    full, small = at.frame(), at.frame(width=360)
    shrunk = full.reshape(800, 3, 360, 3, 4).mean(axis=(1, 3))
    assert np.abs(shrunk - small).mean() < 4
