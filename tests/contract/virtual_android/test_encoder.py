"""H.264 of screens: what is sent decodes to what was shown, and what several phones show is encoded once."""

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from greenroom.agent.virtual.android.scrcpy.encoder import SPARE, Encoder, Picture, Point, Shape, Studio
from greenroom.agent.virtual.android.scrcpy.numbers import numbered, unchanged

SHAPE = Shape(160, 320)


def screen(number: int) -> NDArray[np.uint8]:
    """A dark screen with a bright band whose place depends on the number."""
    picture = np.full((320, 160, 4), 40, np.uint8)
    picture[number * 20 : number * 20 + 40] = (230, 120, 60, 255)
    return picture


def stream(points: list[Point]) -> list[bytes]:
    """What a phone sends that stands at these points one after the other."""
    sent: list[bytes] = []
    count = 0
    for at, point in enumerate(points):
        count = 0 if point.key else count + 1
        if at and points[at - 1] is point:
            sent.append(unchanged(SHAPE.width, SHAPE.height, count := count + 1))
        else:
            sent.append(point.config + point.data if point.key else numbered(point.data, count))
    return sent


def decode(points: list[Point]) -> list[NDArray[np.uint8]]:
    decoder: Any = av.CodecContext.create("h264", "r")
    decoder.options = {"err_detect": "explode"}
    frames = [frame for one in stream(points) for frame in decoder.decode(av.Packet(one))] + decoder.decode(None)
    return [frame.to_ndarray(format="rgb24") for frame in frames]


def assert_shows(points: list[Point], numbers: list[int]) -> None:
    for number, picture in zip(numbers, decode(points), strict=True):
        assert np.abs(picture.astype(int) - screen(number)[..., :3].astype(int)).mean() < 4


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    found = Studio()
    yield found
    found.close()


async def play(studio: Studio, numbers: list[int], point: Point | None = None) -> list[Point]:
    """The points of one stream that shows these screens."""
    found = []
    for number in numbers:
        if point is None or point.shown != number:
            point = await studio.next(point, SHAPE, Picture(number, lambda _, number=number: screen(number)))
        found.append(point)
    return found


async def test_what_is_decoded_is_what_was_shown(studio: Studio) -> None:
    points = await play(studio, [0, 1, 2, 5, 5])
    assert [point.key for point in points[:4]] == [True, False, False, False]
    assert points[0].config[4] & 0x1F == 7  # SPS first
    assert len(stream(points)[4]) < 20  # nothing changed
    assert_shows(points, [0, 1, 2, 5, 5])


async def test_phones_that_show_the_same_cost_one_encoding(studio: Studio) -> None:
    ours, theirs = await asyncio.gather(play(studio, [0, 1, 2]), play(studio, [0, 1, 2]))
    assert [one.data for one in ours] == [one.data for one in theirs]
    assert (studio.encoded, studio.shared) == (3, 3)


async def test_whoever_goes_another_way_gets_a_key_frame_and_a_sound_stream(studio: Studio) -> None:
    ours = await play(studio, [0, 1])
    theirs = await play(studio, [0, 7, 8])
    assert [point.key for point in theirs] == [True, True, False]
    assert_shows(ours, [0, 1])
    assert_shows(theirs, [0, 7, 8])


async def test_ways_part_and_come_together_again(studio: Studio) -> None:
    await play(studio, [0, 1, 2, 0])
    encoded = studio.encoded
    numbers = [0, 1, 2, 0, 1, 1, 1, 2, 0] * 5
    points = await play(studio, numbers)
    assert studio.encoded == encoded
    assert_shows(points, numbers)


async def test_one_that_rested_longer_than_numbers_last_goes_on_as_the_others(studio: Studio) -> None:
    await play(studio, [0, 1])
    numbers = [0] * 40 + [1] * 20 + [2]
    assert_shows(await play(studio, numbers), numbers)
    assert studio.encoded == 3


async def test_a_late_joiner_costs_nothing(studio: Studio) -> None:
    await play(studio, [3])
    encoded = studio.encoded
    assert (await play(studio, [3]))[0].key
    assert studio.encoded == encoded


async def test_a_stream_that_begins_anew_or_ends_leaves_its_encoder_to_others(studio: Studio) -> None:
    """Each costs megabytes; sixty phones are asked for key frames all the time."""
    for number in range(3 * SPARE):
        for point in (await play(studio, [0, number % 14, 1 + number % 7]))[-1:]:
            studio.leave(point)
    made = sum(1 for one in gc.get_objects() if isinstance(one, Encoder))
    assert made <= SPARE + 1


async def test_an_encoder_stays_while_one_of_two_streams_stands_at_it(studio: Studio) -> None:
    (ours,), (theirs,) = await play(studio, [0]), await play(studio, [0])
    assert ours is theirs
    studio.leave(ours)
    points = await play(studio, [1, 2], theirs)
    assert [point.key for point in points] == [False, False]


async def test_a_picture_that_rests_keeps_no_trace_of_the_one_before(studio: Studio) -> None:
    grey = Picture(40, lambda _: np.full((320, 160, 4), 40, np.uint8))
    flat = Picture(42, lambda _: np.full((320, 160, 4), 42, np.uint8))
    first = await studio.next(None, SHAPE, grey)
    moved = await studio.next(first, SHAPE, flat)
    rested = await studio.rested(moved, SHAPE, flat)
    assert (moved.key, rested.key, rested.shown) == (False, True, 42)
    traced, clean = (np.abs(one.astype(int) - 42).max() for one in decode([first, moved, rested])[-2:])
    assert clean <= 1 < traced
    encoded = studio.encoded
    theirs = await studio.rested(moved, SHAPE, flat)  # who rests there too
    assert (theirs is rested, studio.encoded) == (True, encoded)
    (after,) = await play(studio, [2], rested)
    assert not after.key
    assert np.abs(decode([rested, after])[-1].astype(int) - screen(2)[..., :3]).mean() < 4
