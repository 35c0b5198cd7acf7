"""scrcpy's server, version 3.3, on the phone: video, audio (always disabled) and control on one abstract socket."""

import asyncio
import struct
from typing import TYPE_CHECKING

from greenroom.agent.virtual.android.scrcpy.control import Control
from greenroom.agent.virtual.android.scrcpy.encoder import Studio
from greenroom.agent.virtual.android.scrcpy.messages import BadMessage
from greenroom.agent.virtual.android.scrcpy.options import BadOptions, Options, parse_options
from greenroom.agent.virtual.android.scrcpy.video import Video
from greenroom.agent.virtual.android.stream import Stream, StreamClosed
from greenroom.agent.virtual.keycodes import POWER

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.shell.run import Run

NAME = 64  # bytes of the device's name
DISABLED = struct.pack(">I", 0)  # instead of an audio codec

STUDIO = Studio()


async def serve_scrcpy(run: "Run", words: list[str]) -> int:
    """One session, until a socket of it closes or whoever started it goes away."""
    try:
        options = parse_options(words)
    except BadOptions as error:
        await run.complain(
            f"[server] ERROR: Exception on thread Thread[main,5,main]\njava.lang.IllegalArgumentException: {error}\n"
        )
        return 1
    properties = run.device.properties()
    release, model = properties["ro.build.version.release"], properties["ro.product.model"]
    await run.say(f"[server] INFO: Device: [Greenroom] Greenroom {model} (Android {release})\n")
    waiting: asyncio.Queue[Stream] = asyncio.Queue()

    async def accept(stream: Stream) -> None:
        await waiting.put(stream)
        await stream.gone.wait()

    close = run.device.listen(f"localabstract:{options.name}", accept)
    streams: list[Stream] = []
    try:
        for _ in range(options.video + options.audio + options.control):
            streams.append(await _next(waiting, streams))
            if len(streams) == 1 and options.dummy:
                await streams[0].write(b"\0")
        close()
        await _session(run, options, streams)
    except (StreamClosed, asyncio.IncompleteReadError):
        pass
    except BadMessage as error:
        await run.complain(f"[server] ERROR: Controller error: {error}\n")
    finally:
        close()
        for stream in streams:
            stream.close()
        if options.power_off and run.device.handset.phone.screen_on:
            run.device.handset.key(POWER)
    return 0


async def _next(waiting: asyncio.Queue[Stream], before: list[Stream]) -> Stream:
    """The next socket; StreamClosed when the client has gone away before it opened it."""
    coming = asyncio.ensure_future(waiting.get())
    gone = [asyncio.ensure_future(stream.gone.wait()) for stream in before]
    try:
        await asyncio.wait([coming, *gone], return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            raise StreamClosed("the client went away before all its sockets were open")
        return coming.result()
    finally:
        for one in (coming, *gone):
            one.cancel()


async def _session(run: "Run", options: Options, streams: list[Stream]) -> None:
    """Greetings, then both ways until one of the streams ends."""
    left = list(streams)
    video = Video(run.device.handset, STUDIO, options) if options.video else None
    if options.device_meta and left:
        await left[0].write(run.device.properties()["ro.product.model"].encode()[: NAME - 1].ljust(NAME, b"\0"))
    works = []
    if video:
        stream = left.pop(0)
        if options.codec_meta:
            await stream.write(video.meta())
        works.append(video.play(stream))
    if options.audio:
        await left.pop(0).write(DISABLED)
    if options.control:
        stream, control = left.pop(0), Control(run.device, video)
        works.append(control.play(stream))
        if options.autosync:
            works.append(control.tell(stream))
    tasks = [asyncio.ensure_future(work) for work in (*works, *(stream.gone.wait() for stream in streams))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
