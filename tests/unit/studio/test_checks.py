"""The gate stops what it should: files made wrong on purpose, texts that lie, disclosures that are missing."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from greenroom.studio.contracts import (
    Beat,
    CharacterSheet,
    Disclosure,
    Loudness,
    Palette,
    Persona,
    Scene,
    Script,
    Shot,
    Source,
    Word,
)
from greenroom.studio.make.checks import claims, file, honesty, text
from greenroom.studio.make.checks.listen import listen
from greenroom.studio.make.checks.watch import Seen, watch
from greenroom.studio.make.profile import DRAFT, FINAL

WHO = CharacterSheet(name="Mara", handle="mara")
RNG = np.random.default_rng(3)


def moving(second: float) -> npt.NDArray[Any]:
    picture = np.zeros((480, 270, 3), np.uint8) + 90
    at = int(second * 60) % 200
    picture[at : at + 80, 40:200] = (220, 60, 40)
    return picture


def encode(
    path: Path, picture: Callable[[float], npt.NDArray[Any]], sound: npt.NDArray[Any], seconds: float = 4
) -> Path:
    with av.open(str(path), "w") as target:
        video = target.add_stream("libx264", rate=15)
        video.width, video.height, video.pix_fmt = 270, 480, "yuv420p"
        video.options = {"preset": "ultrafast", "crf": "24"}
        audio = target.add_stream("aac", rate=48_000)
        audio.layout = "stereo"
        for number in range(round(seconds * 15)):
            frame = av.VideoFrame.from_ndarray(picture(number / 15), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 15)
            target.mux(video.encode(frame))
        for at in range(0, len(sound), 1024):
            block = np.repeat(sound[None, at : at + 1024], 2, 0).astype(np.float32)
            chunk = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            chunk.sample_rate, chunk.pts, chunk.time_base = 48_000, at, Fraction(1, 48_000)
            target.mux(audio.encode(chunk))
        target.mux([*video.encode(None), *audio.encode(None)])
    return path


def noise(seconds: float = 4, level: float = 0.1) -> npt.NDArray[Any]:
    return RNG.uniform(-level, level, round(seconds * 48_000))


def seen(path: Path) -> Seen:
    return watch(path, [], lambda: None)


def test_a_good_file_passes(tmp_path: Path) -> None:
    made = encode(tmp_path / "a.mp4", moving, noise())
    looked, heard = seen(made), listen(made)
    for check in (
        file.black(looked),
        file.frozen(looked),
        file.duration(looked, 4),
        file.size(looked, made.stat().st_size, DRAFT),
        file.clipping(heard),
        file.silence(heard),
    ):
        assert check.ok, check


def test_black_pictures_block_with_their_place(tmp_path: Path) -> None:
    made = encode(tmp_path / "a.mp4", lambda t: moving(t) * (not 1 <= t < 2), noise())
    check = file.black(seen(made))
    assert not check.ok
    assert check.level == "block"
    assert check.at == pytest.approx(1, abs=0.1)


def test_a_still_picture_blocks_with_its_place(tmp_path: Path) -> None:
    made = encode(tmp_path / "a.mp4", lambda t: moving(min(t, 2) if t < 3.5 else t), noise())
    check = file.frozen(seen(made))
    assert not check.ok
    assert check.at == pytest.approx(2, abs=0.15)


def test_clipping_blocks_and_silence_warns(tmp_path: Path) -> None:
    square = np.sign(np.sin(np.arange(4 * 48_000) / 40)) * 1.4
    clipped = file.clipping(listen(encode(tmp_path / "a.mp4", moving, square)))
    assert (clipped.ok, clipped.level) == (False, "block")
    quiet = noise()
    quiet[48_000 : 3 * 48_000] = 0
    silent = file.silence(listen(encode(tmp_path / "b.mp4", moving, quiet)))
    assert (silent.ok, silent.level) == (False, "warn")


def test_wrong_size_encoding_and_length() -> None:
    looked = Seen(270, 480, 15, 30.0, 450, "h264", "yuv420p", "1/1", "aac", 48_000, 2)
    assert file.codec(looked, 450).ok
    assert not file.codec(looked, 449).ok
    looked.pixel_format = "yuv444p"
    assert not file.codec(looked, 450).ok
    assert not file.size(looked, 10, FINAL).ok
    assert not file.size(looked, 300_000_000, DRAFT).ok
    levels = [(c.ok, c.level) for c in (file.duration(looked, asked) for asked in (30, 25, 20))]
    assert levels == [(True, "block"), (False, "warn"), (False, "block")]


@pytest.mark.parametrize(("lufs", "peak", "ok"), [(-14.3, -1.2, True), (-14.6, -1.2, False), (-14.0, -0.9, False)])
def test_loudness_and_peak(lufs: float, peak: float, ok: bool) -> None:
    heard = Loudness(integrated=lufs, true_peak=peak)
    assert (file.loudness(heard).ok and file.true_peak(heard).ok) is ok


def script(*beats: Beat, caption: str = WHO.disclosure.caption, title: str = "Bees") -> Script:
    return Script(
        title=title,
        hook="A hook.",
        beats=beats,
        closing="An end.",
        caption=caption,
        hashtags=(),
        sources=(),
        language="en",
    )


def beat(narration: str, source: str | None = None, on_screen: str = "") -> Beat:
    found = Source(name="bees.md", offset=0, length=len(source), quote=source) if source else None
    return Beat(id="beat-1", narration=narration, on_screen=on_screen, picture=Shot(kind="scene"), source=found)


@pytest.mark.parametrize(
    ("said", "ok"),
    [
        (beat("What do bees dream of?"), True),
        (beat("Bees visit 40 flowers an hour."), False),
        (beat("Bees rest.", on_screen="90% rest"), False),
        (beat("Start here. Bees visit 40 flowers an hour.", "However, bees visit 40 flowers (or so) an hour."), True),
        (beat("Bees visit 50 flowers an hour.", "Bees visit 40 flowers an hour."), False),
        (beat("Wasps never build proper homes anywhere.", "Bees visit 40 flowers an hour."), False),
    ],
)
def test_a_claim_without_its_source_blocks(said: Beat, ok: bool) -> None:
    check = claims.sources(script(said, caption=""), ())
    assert (check.ok, check.level) == (ok, "block")


def test_disclosure_must_be_there() -> None:
    assert honesty.disclosure(script(), WHO).ok
    gone = honesty.disclosure(script(caption="Look at this!"), WHO)
    mute = honesty.disclosure(script(), CharacterSheet(disclosure=Disclosure(caption=" ", label="AI")))
    assert [(c.ok, c.level) for c in (gone, mute)] == [(False, "block")] * 2


def test_words_the_character_never_says_warn() -> None:
    who = CharacterSheet(persona=Persona(never_says=("hack",)))
    assert not honesty.words(script(beat("This hack is good.")), who).ok
    assert honesty.words(script(beat("These hackers are good.")), who).ok


def scenes(*texts: str) -> list[Scene]:
    words = tuple(Word(text=text, start=n, end=n + 0.8) for n, text in enumerate(texts))
    return [Scene(id="title", kind="title", start=0, end=len(texts), words=words, text=" ".join(texts))]


def test_a_character_without_a_glyph_blocks_and_says_which() -> None:
    check = text.glyphs(script(title="Bees \U00013000"), scenes("Bees"), WHO)
    assert (check.ok, check.level) == (False, "block")
    assert "EGYPTIAN HIEROGLYPH" in check.reason
    assert text.glyphs(script(), scenes("Bees"), WHO).ok


def test_other_scripts_are_said_to_be_unread() -> None:
    check = text.reading(script(title="שלום"), scenes("Bees"))
    assert (check.ok, check.level) == (False, "info")
    assert "Hebrew" in check.reason
    assert check.reason.startswith("Not checked")


def test_a_word_too_long_to_read_blocks() -> None:
    check = text.captions(scenes("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2), WHO, FINAL)
    assert (check.ok, check.level) == (False, "block")
    assert text.captions(scenes("Bees", "sleep"), WHO, FINAL).ok


def test_headlines_must_stand_out(tmp_path: Path) -> None:
    import cv2

    pictures = {"beat-1": {"file": "a.png", "ground": "#FFFFFF"}}
    results = []
    for shade in (255, 20):
        cv2.imwrite(str(tmp_path / "a.png"), np.full((2304, 1296, 3), shade, np.uint8))
        palette = CharacterSheet(palette=Palette(ink="#101010", paper="#FFFFFF"))
        results.append(text.headlines(script(), pictures, {"a.png": tmp_path / "a.png"}, palette, FINAL).ok)
    assert results == [True, False]
