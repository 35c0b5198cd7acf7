"""Every kind of picture is drawn for every palette and size, the same each time, with a calm upper part."""

import numpy as np
import pytest
import skia

from greenroom.studio.contracts import CharacterSheet, Palette, Shot
from greenroom.studio.make.pictures.backdrops import BACKDROPS
from greenroom.studio.make.pictures.compose import Drawn, compose
from greenroom.studio.make.pictures.objects import OBJECTS
from greenroom.studio.make.pictures.portrait import draw_portrait
from greenroom.studio.make.script.icons import _PATTERNS, area_icon
from greenroom.studio.make.script.lines import LINES
from greenroom.studio.make.script.scenes import CARRY, SCENES

PALETTES = [
    Palette(),
    Palette(paper="#FFFFFF", ink="#000000", accent="#FFB703", second="#8E4585"),
    Palette(paper="#222222", ink="#242424", accent="#232323", second="#212121"),
]
SHOTS = [
    Shot(kind="title", words="Bees"),
    Shot(kind="scene"),
    Shot(kind="quote"),
    Shot(kind="portrait"),
    Shot(kind="end"),
    Shot(kind="count", words="3"),
    Shot(kind="number", words="$3.2 billion"),
    Shot(kind="share", figures=(("", 35.0),), unit="%"),
    Shot(kind="bars", figures=(("1947", 5.9), ("2023", 2.7)), unit=" million"),
    Shot(kind="bars", figures=(("a", 0.0), ("b", 0.0))),
    Shot(kind="nonsense", words="nothing known"),
    *(Shot(kind="icon", words=name) for name in OBJECTS),
]


def pixels(drawn: Drawn) -> np.ndarray:  # type: ignore[type-arg]  # element types do not matter here
    return np.asarray(drawn.surface.toarray(colorType=skia.kBGRA_8888_ColorType))


@pytest.mark.parametrize("palette", PALETTES, ids=["default", "strong", "no contrast at all"])
@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: f"{shot.kind} {shot.words}")
def test_a_shot_is_drawn_and_is_always_the_same(shot: Shot, palette: Palette) -> None:
    who = CharacterSheet(palette=palette, seed=7)
    first = compose(shot, "seed", who, 324, 576, 2)
    again = compose(shot, "seed", who, 324, 576, 2)
    assert np.array_equal(pixels(first), pixels(again))
    assert len(np.unique(np.ascontiguousarray(pixels(first)).view(np.uint32))) > 2


@pytest.mark.parametrize("size", [(1296, 1296), (2304, 1296), (1296, 1620)])
def test_other_sizes_are_drawn_too(size: tuple[int, int]) -> None:
    drawn = compose(SHOTS[0], "seed", CharacterSheet(), *size, 0)
    assert (drawn.surface.width(), drawn.surface.height()) == size


@pytest.mark.parametrize("seed", range(24))
def test_the_upper_part_is_calm(seed: int) -> None:
    drawn = compose(Shot(kind="title"), f"seed {seed}", CharacterSheet(seed=seed), 324, 576, seed)
    upper = pixels(drawn)[: 576 // 4, :, :3].astype(int)
    ground = np.array([int(drawn.ground[i : i + 2], 16) for i in (5, 3, 1)])
    assert (np.abs(upper - ground).max(2) <= 60).mean() > 0.97


def test_every_icon_the_writer_can_name_is_drawn() -> None:
    named = {line.icon for line in (*LINES, *CARRY, *(line for scene in SCENES for line in scene))} - {""}
    named |= {icon for icon, _ in _PATTERNS}
    named |= {
        area_icon(area)
        for area in ("money", "health", "tech", "food", "nature", "past", "craft", "place", "people", "any")
    }
    assert named <= set(OBJECTS)
    assert BACKDROPS


def test_a_portrait_is_the_same_face_for_the_same_seed_only() -> None:
    assert draw_portrait(5, Palette(), 128) == draw_portrait(5, Palette(), 128)
    assert len({draw_portrait(seed, Palette(), 64) for seed in range(12)}) == 12
    assert draw_portrait(5, Palette(), 128)[:8] == b"\x89PNG\r\n\x1a\n"
