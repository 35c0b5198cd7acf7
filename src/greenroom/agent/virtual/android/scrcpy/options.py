"""The words that start scrcpy's server: its version, then `name=value`."""

from dataclasses import dataclass

VERSION = "3.3"
H264 = 0x68323634


class BadOptions(ValueError):
    """The server would not start; the text is what it logs."""


@dataclass(frozen=True, slots=True)
class Options:
    name: str  # of its socket, without `localabstract:`
    video: bool
    audio: bool
    control: bool
    most: int  # pixels on the longer side, 0 for as it is
    fps: float  # at most, 0 for the screen's own
    bit_rate: int
    dummy: bool
    device_meta: bool
    codec_meta: bool
    frame_meta: bool
    autosync: bool
    power_off: bool  # when it ends


def parse_options(words: list[str]) -> Options:
    """The options in a server's words; BadOptions for another version, another codec or a reverse tunnel."""
    version, *rest = words or [""]
    if version.rpartition(".")[0] != VERSION:
        raise BadOptions(f"The server version ({VERSION}.4) does not match the client ({version})")
    said = dict(word.partition("=")[::2] for word in rest)

    def on(name: str, default: bool = True) -> bool:
        return said.get(name, str(default)).lower() == "true"

    def number(name: str, default: int) -> float:
        try:
            return float(said.get(name, default))
        except ValueError as error:
            raise BadOptions(f"Invalid {name}: {said[name]}") from error

    codec = said.get("video_codec", "h264")
    if codec != "h264":
        raise BadOptions(f"Could not create default video encoder for {codec}")
    if not on("tunnel_forward", False):
        raise BadOptions("This phone has no reverse tunnel; start the server with tunnel_forward=true")
    raw = on("raw_stream", False)
    scid = said.get("scid", "-1")
    return Options(
        name="scrcpy" if scid == "-1" else f"scrcpy_{int(scid, 16):08x}",
        video=on("video"), audio=on("audio"), control=on("control"), most=int(number("max_size", 0)) & ~7,
        fps=number("max_fps", 0), bit_rate=int(number("video_bit_rate", 8_000_000)),
        dummy=on("send_dummy_byte") and not raw, device_meta=on("send_device_meta") and not raw,
        codec_meta=on("send_codec_meta") and not raw, frame_meta=on("send_frame_meta") and not raw,
        autosync=on("clipboard_autosync"), power_off=on("power_off_on_close", False),
    )  # fmt: skip


def video_size(width: int, height: int, most: int) -> tuple[int, int]:
    """The size that scrcpy encodes: the longer side at most `most`, both multiples of eight."""
    major, minor = max(width, height), min(width, height)
    if most and major > most:
        major, minor = most, most * minor // major
    if major % 8 or minor % 8:
        major, minor = major & ~7, (minor + 4) & ~7
        minor = min(minor, major)
    return (minor, major) if height >= width else (major, minor)
