"""Captions, safe areas, frames, motion and the fast zoom: pure layout, held to what a viewer would notice."""

from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.kit.chance import Chance
from greenroom.studio.contracts import Palette, Scene, Word
from greenroom.studio.make import type as letters
from greenroom.studio.make.colour import contrast, mix, on, readable
from greenroom.studio.make.profile import DRAFT, FINAL, PROFILES, Profile
from greenroom.studio.make.render.captions import PLATE, colours, face_for, groups, heard, lay_out
from greenroom.studio.make.render.frames import spans
from greenroom.studio.make.render.motion import choose, view
from greenroom.studio.make.render.planes import Planes, from_bgr
from greenroom.studio.make.render.safe import caption_box, safe_box
from greenroom.studio.make.render.zoom import _warp, axis, scaled

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda c: "#" + "".join(f"{part:02X}" for part in c))
TEXTS = st.lists(st.text(alphabet="abcWMi.,!—שלום", min_size=1, max_size=24), min_size=1, max_size=30)
PROFILE = st.sampled_from(list(PROFILES.values()))


def words(texts: list[str], gap: float = 0.05) -> list[Word]:
    return [Word(text=text, start=n * 0.4, end=n * 0.4 + 0.4 - gap) for n, text in enumerate(texts)]


@settings(deadline=None, max_examples=60)
@given(TEXTS, PROFILE)
def test_captions_stay_in_their_box_and_lose_no_word(texts: list[str], profile: Profile) -> None:
    face, box, safe = face_for(profile), caption_box(profile), safe_box(profile)
    made = groups(words(texts), face, box.width)
    assert [word.text for group in made for word in group.words] == texts
    assert all(a.end <= b.start for a, b in pairwise(made))
    for group in made:
        layout = lay_out(group, face, box)
        assert safe.holds(layout.plate, slack=0.013 * profile.width)
        assert [word.text for word in layout.words] == [word.text for word in group.words]
        for word in layout.words:
            assert layout.plate.x <= word.x
            assert word.x + word.width <= layout.plate.x + layout.plate.width + 0.5
        for one, other in pairwise(sorted(layout.words, key=lambda w: (w.baseline, w.x))):
            assert one.baseline < other.baseline or one.x + one.width <= other.x + 0.5


@given(st.lists(st.sampled_from(["one", "two,", "three."]), min_size=1, max_size=20), st.floats(0, 9))
def test_the_word_that_is_heard_is_lit(texts: list[str], at: float) -> None:
    for group in groups(words(texts), face_for(FINAL), caption_box(FINAL).width):
        lit = heard(group, at)
        if lit is not None and lit + 1 < len(group.words):
            assert group.words[lit + 1].start - 0.08 > at


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_captions_read_on_any_palette(paper: str, ink: str, accent: str, second: str) -> None:
    look = colours(Palette(paper=paper, ink=ink, accent=accent, second=second))
    for behind in ("#000000", "#FFFFFF"):
        plate = mix(behind, look.plate, PLATE)
        assert contrast(look.word, plate) >= 4.5
        assert contrast(look.lit, plate) >= 4.45


@given(COLOURS, COLOURS, COLOURS)
def test_text_is_made_readable_on_any_ground(ground: str, ink: str, paper: str) -> None:
    assert contrast(on(ground, ink, paper), ground) >= 4.5
    assert contrast(readable(ink, ground, 3), ground) >= 3


@given(st.lists(st.floats(0.01, 9), min_size=1, max_size=12), st.sampled_from([15, 25, 30, 60]))
def test_frames_are_whole_and_add_up(lengths: list[float], fps: int) -> None:
    edges = np.concatenate([[0], np.cumsum(lengths)])
    scenes = [
        Scene(id=str(n), kind="beat", start=a, end=b, words=(), text="") for n, (a, b) in enumerate(pairwise(edges))
    ]
    made = spans(scenes, fps)
    assert made[0].first == 0
    assert all(a.first + a.count == b.first for a, b in pairwise(made))
    assert all(span.count >= 1 for span in made)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([DRAFT, FINAL]))
def test_motion_stays_inside_and_never_stands_still(seed: int, whole: bool, profile: Profile) -> None:
    size = (round(profile.width * 0.6) * 2, round(profile.height * 0.6) * 2)
    motion = choose(Chance(seed), size, (profile.width, profile.height), focus=0.505, whole=whole)
    if motion.kind == "pan":
        assert motion.dy != 0
        assert 0 <= motion.y <= size[1] - profile.height
    else:
        assert motion.scale != motion.scale_to
        assert max(motion.scale, motion.scale_to) <= 1.2 + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_every_next_frame_differs(seed: int) -> None:
    picture = from_bgr(np.random.default_rng(0).integers(0, 255, (576, 324, 3), np.uint8))
    motion = choose(Chance(seed), picture.size, (270, 480), focus=0.505, whole=False)
    seen = []
    for index in (0, 1, 2, 30, 31):
        into = Planes(np.zeros((480, 270), np.uint8), np.zeros((240, 135), np.uint8), np.zeros((240, 135), np.uint8))
        view(picture, motion, index, 60, into)
        seen.append(into.y)
    assert all((a != b).mean() > 0.2 for a, b in pairwise(seen))


@given(st.floats(1.0, 1.19), st.floats(0, 1), st.floats(0, 1))
def test_the_fast_zoom_is_the_slow_one(scale: float, across: float, down: float) -> None:
    source = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (576, 324), np.uint8), (0, 0), 2)
    x, y = across * (324 - 270 * scale), down * (576 - 480 * scale)
    fast, slow = np.zeros((480, 270), np.uint8), np.zeros((480, 270), np.uint8)
    scaled(np.asarray(source, np.uint8), scale, x, y, fast)
    _warp(np.asarray(source, np.uint8), scale, x, y, slow)
    inner = np.abs(fast.astype(int) - slow.astype(int))[2:-2, 2:-2]
    assert inner.max() <= 6
    assert inner.mean() < 0.8


def test_a_slow_zoom_moves_evenly() -> None:
    """The place of a source pixel in the frame goes on by the same step each time, to a tenth of a pixel."""
    places = []
    for index in range(200):
        scale = 1.18 * (1.06 / 1.18) ** (index / 199)
        found = axis(1296, 1080, scale, (1296 - 1080 * scale) / 2)
        places.append((300 - found.first) / (found.count / found.size) - found.cut)
    assert np.abs(np.diff(places, 2)).max() < 0.2


@pytest.mark.parametrize(
    ("text", "missing"), [("Ünïcode ẞ Ωλ Привет 1€", ""), ("a\U0010fffdb", "\U0010fffd"), ("𓀀", "𓀀")]
)
def test_characters_without_a_glyph_are_found(text: str, missing: str) -> None:
    assert letters.missing(text) == missing


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=12), min_size=1, max_size=14))
def test_wrapped_lines_fit_and_lose_nothing(parts: list[str]) -> None:
    face = letters.Face("bold", 40)
    lines = letters.wrap(" ".join(parts), face, 400)
    assert " ".join(lines).split() == parts
    assert all(letters.measure(line, face) <= 400.5 or " " not in line for line in lines)
