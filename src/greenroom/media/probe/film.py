"""Videos and sounds: measured, tried, and copied stream by stream into a fresh container without metadata."""

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError

from greenroom.media.probe.refused import Refused

LONGEST = timedelta(hours=2)
MOST_PIXELS = 8192 * 4320
MOST_RATE = 240
_TRIED = 3

# The demuxer is named, so that a playlist inside another container can't send it to other files or hosts.
_DEMUXERS = {
    "video/mp4": "mov", "video/quicktime": "mov", "audio/mp4": "mov", "video/webm": "matroska",
    "audio/wav": "wav", "audio/mpeg": "mp3",
}  # fmt: skip
_MUXERS = {
    "video/mp4": "mp4", "video/quicktime": "mp4", "audio/mp4": "mp4", "video/webm": "webm",
    "audio/wav": "wav", "audio/mpeg": "mp3",
}  # fmt: skip
_BECOMES = {"video/quicktime": "video/mp4"}


def clean_film(source: Path, copy: Path, type_: str) -> dict[str, object]:
    """Copy the first video and the first sound to `copy`. Raises Refused."""
    try:
        with _opened(source, _DEMUXERS[type_]) as film:
            _measured(film)
            _try(film)
        with _opened(source, _DEMUXERS[type_]) as film, av.open(str(copy), "w", format=_MUXERS[type_]) as clean:
            _copy(film, clean)
        with _opened(copy, _DEMUXERS[type_]) as film:
            measured = _measured(film)
    except (FFmpegError, OSError, ValueError) as error:
        raise Refused("The file is damaged or of a kind that is not known; export it again as MP4 or WebM") from error
    sound_only = measured["width"] is None
    became = _BECOMES.get(type_, type_)
    return {"type": became.replace("video/", "audio/") if sound_only else became, **measured}


def _opened(file: Path, demuxer: str) -> InputContainer:
    return av.open(str(file), format=demuxer, options={"protocol_whitelist": "file"}, timeout=20)


def _streams(film: InputContainer) -> list[Any]:
    return [*film.streams.video[:1], *film.streams.audio[:1]]


def _measured(film: InputContainer) -> dict[str, object]:
    if not _streams(film):
        raise Refused("There is neither picture nor sound in this file")
    lengths = [film.duration / av.time_base if film.duration else 0.0]
    lengths += [float(s.duration * s.time_base) for s in _streams(film) if s.duration and s.time_base]
    if max(lengths) > LONGEST.total_seconds():
        raise Refused(f"It is longer than {LONGEST.total_seconds() / 3600:g} hours; send a shorter one")
    video = film.streams.video[0] if film.streams.video else None
    if video is None:
        return {"width": None, "height": None, "duration": max(lengths)}
    if video.width * video.height > MOST_PIXELS:
        raise Refused("Its pictures are larger than 8K; send a smaller one")
    if video.average_rate and video.average_rate > MOST_RATE:
        raise Refused(f"It has more than {MOST_RATE} pictures a second; send a slower one")
    return {"width": video.width or None, "height": video.height or None, "duration": max(lengths)}


def _try(film: InputContainer) -> None:
    """A few pictures and sounds must decode."""
    for stream in _streams(film):
        stream.codec_context.thread_count = 1
        film.seek(0)
        if not list(islice(film.decode(stream), _TRIED)):
            raise Refused("Nothing in this file can be shown; export it again as MP4 or WebM")


def _copy(film: InputContainer, clean: Any) -> None:
    outputs = {stream.index: clean.add_stream_from_template(stream) for stream in _streams(film)}
    for stream in outputs.values():
        stream.metadata.clear()
    for packet in film.demux(*_streams(film)):
        if packet.dts is not None:
            packet.stream = outputs[packet.stream.index]
            clean.mux(packet)
