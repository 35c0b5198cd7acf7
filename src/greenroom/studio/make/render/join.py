"""Joins scene files and the sound track into one MP4 by copying packets; nothing is encoded again."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import TypeAlias

import av

from greenroom.studio.make.profile import Profile

_TICKS = 512
Timed: TypeAlias = "av.Packet[av.VideoStream] | av.Packet[av.AudioStream]"


def join(scenes: Sequence[Path], sound: Path, out: Path, profile: Profile) -> int:
    """Write `out` with its index first, for the web. Returns the number of frames."""
    tick = Fraction(1, profile.fps * _TICKS)
    frames = 0
    with (
        av.open(str(sound)) as heard,
        av.open(str(out), "w", format="mp4", options={"movflags": "+faststart"}) as target,
    ):
        with av.open(str(scenes[0])) as first:
            video = target.add_stream_from_template(first.streams.video[0])
        video.time_base = tick
        audio = target.add_stream_from_template(heard.streams.audio[0])
        both = merge(_pictures(scenes, tick), _sounds(heard), key=lambda timed: timed[0])
        for _, packet in both:
            if packet.stream.type == "video":
                frames += 1
            packet.stream = video if packet.stream.type == "video" else audio
            target.mux(packet)
    return frames


def _pictures(scenes: Sequence[Path], tick: Fraction) -> Iterator[tuple[float, Timed]]:
    offset = 0
    for path in scenes:
        with av.open(str(path)) as source:
            count = 0
            for packet in source.demux(source.streams.video[0]):
                if packet.dts is None or packet.pts is None or packet.time_base is None:
                    continue
                scale = packet.time_base / tick
                packet.pts = round(packet.pts * scale) + offset
                packet.dts = round(packet.dts * scale) + offset
                packet.duration, packet.time_base = _TICKS, tick
                count += 1
                yield float(packet.dts * tick), packet
            offset += count * _TICKS


def _sounds(heard: av.container.InputContainer) -> Iterator[tuple[float, Timed]]:
    for packet in heard.demux(heard.streams.audio[0]):
        if packet.dts is not None and packet.time_base is not None:
            yield float(packet.dts * packet.time_base), packet
