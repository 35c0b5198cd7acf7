"""What a listener gets: loudness and true peak of an encoded file, by FFmpeg's ebur128 filter (not our own code)."""

from pathlib import Path

import av
from av.filter import Graph

from greenroom.studio.contracts import Loudness


def measure(path: Path) -> Loudness:
    """Decode the first sound track of a file and measure it."""
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        graph = Graph()
        entry = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "peak=true:metadata=1")
        leave = graph.add("abuffersink")
        entry.link_to(meter)
        meter.link_to(leave)
        graph.configure()
        last: dict[str, str] = {}
        for frame in source.decode(stream):
            graph.push(frame)
            last = _drain(graph) or last
        graph.push(None)
        last = _drain(graph) or last
    peaks = [float(value) for key, value in last.items() if "true_peaks_ch" in key]
    return Loudness(integrated=round(float(last["lavfi.r128.I"]), 2), true_peak=round(_decibels(max(peaks)), 2))


def _drain(graph: Graph) -> dict[str, str]:
    last: dict[str, str] = {}
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return last
        last = {**last, **frame.metadata}


def _decibels(peak: float) -> float:
    import math

    return 20 * math.log10(max(peak, 1e-9))
