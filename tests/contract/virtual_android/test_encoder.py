"""H.264 of screens: what is sent decodes to what was shown, and what several phones show is encoded once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from greenroom.agent.virtual.android.scrcpy.encoder import Point, Shape, Studio

SHAPE = Shape(160, 320, 1_000_000)


def screen(number: int) -> NDArray[np.uint8]:
    """A dark screen with a bright band whose place depends on the number."""
    picture = np.full((320, 160, 4), 40, np.uint8)
    picture[number * 20 : number * 20 + 40] = (230, 120, 60, 255)
    return picture


def decode(points: list[Point]) -> list[NDArray[np.uint8]]:
    decoder: Any = av.CodecContext.create("h264", "r")
    data = [(point.config if point.key else b"") + point.data for point in points]
    frames = [frame for one in data for frame in decoder.decode(av.Packet(one))] + decoder.decode(None)
    return [frame.to_ndarray(format="rgb24") for frame in frames]


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    found = Studio()
    yield found
    found.close()


async def play(studio: Studio, numbers: list[int], point: Point | None = None) -> list[Point]:
    """The points of one stream that shows these screens."""
    found = []
    for number in numbers:
        point = await studio.next(point, SHAPE, screen(number))
        found.append(point)
    return found


async def test_what_is_decoded_is_what_was_shown(studio: Studio) -> None:
    points = await play(studio, [0, 1, 2, 5, 5])
    assert [point.key for point in points] == [True, False, False, False, False]
    assert points[0].config[4] & 0x1F == 7  # SPS first
    assert len(points[4].data) < 200  # nothing changed
    for number, picture in zip([0, 1, 2, 5, 5], decode(points), strict=True):
        assert np.abs(picture.astype(int) - screen(number)[..., :3].astype(int)).mean() < 4


async def test_phones_that_show_the_same_cost_one_encoding(studio: Studio) -> None:
    ours, theirs = await asyncio.gather(play(studio, [0, 1, 2]), play(studio, [0, 1, 2]))
    assert [one.data for one in ours] == [one.data for one in theirs]
    assert (studio.encoded, studio.shared) == (3, 3)


async def test_whoever_goes_another_way_gets_a_key_frame_and_a_sound_stream(studio: Studio) -> None:
    ours = await play(studio, [0, 1])
    theirs = await play(studio, [0, 7, 8])
    assert [point.key for point in theirs] == [True, True, False]
    for points, numbers in ((ours, [0, 1]), (theirs, [0, 7, 8])):
        for number, picture in zip(numbers, decode(points), strict=True):
            assert np.abs(picture.astype(int) - screen(number)[..., :3].astype(int)).mean() < 4


async def test_a_late_joiner_costs_nothing(studio: Studio) -> None:
    await play(studio, [3])
    encoded = studio.encoded
    assert (await play(studio, [3]))[0].key
    assert studio.encoded == encoded
