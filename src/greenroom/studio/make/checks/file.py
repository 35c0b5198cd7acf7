"""Checks of the file as such: size, length, codecs, black and still pictures, loudness, clipping, silence."""

from greenroom.studio.contracts import Check, Level, Loudness
from greenroom.studio.make.checks.listen import Heard
from greenroom.studio.make.checks.result import Figures, failed, passed
from greenroom.studio.make.checks.watch import Seen
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.sound.mix import LOUDNESS
from greenroom.studio.make.sound.track import PEAK

_LARGEST = 250_000_000
_BT709 = "1/1"


def size(seen: Seen, bytes: int, profile: Profile) -> Check:
    measured: Figures = {"width": seen.width, "height": seen.height, "bytes": bytes}
    if (seen.width, seen.height) != (profile.width, profile.height):
        reason = (
            f"The picture is {seen.width}×{seen.height}, not {profile.width}×{profile.height}. Make the video again."
        )
        return failed("size", "Size", reason, measured=measured)
    if bytes > _LARGEST:
        return failed(
            "size", "Size", f"The file has {bytes / 1e6:.0f} MB; channels take up to 250 MB.", measured=measured
        )
    return passed("size", "Size", f"{seen.width}×{seen.height}, {bytes / 1e6:.1f} MB.", measured=measured)


def duration(seen: Seen, asked: int) -> Check:
    """A tenth off is fine; more is worth a look; a third is another video than was asked for."""
    off = (seen.duration - asked) / asked
    measured: Figures = {"seconds": round(seen.duration, 2), "asked": asked}
    score = max(0.0, 1 - abs(off) * 2)
    if abs(off) <= 0.10:
        return passed(
            "duration", "Length", f"{seen.duration:.1f} s; {asked} s were asked for.", score=score, measured=measured
        )
    change = "Shorten" if off > 0 else "Lengthen"
    reason = (
        f"The video has {seen.duration:.1f} s and {asked} s were asked for. {change} the script or change the length."
    )
    level: Level = "block" if abs(off) > 0.34 else "warn"
    return failed("duration", "Length", reason, level=level, score=score, measured=measured)


def codec(seen: Seen, frames: int) -> Check:
    measured: Figures = {
        "video": seen.codec,
        "pixels": seen.pixel_format,
        "audio": seen.audio_codec,
        "frames": seen.frames,
    }
    right = (seen.codec, seen.pixel_format, seen.audio_codec) == ("h264", "yuv420p", "aac")
    if not right or seen.channels != 2 or seen.colour != _BT709:
        reason = (
            f"Encoded as {seen.codec}, {seen.pixel_format}, {seen.audio_codec}; channels need h264, yuv420p "
            f"(BT.709) and stereo aac."
        )
        return failed("codec", "Encoding", reason, measured=measured)
    if seen.frames != frames:
        return failed(
            "codec",
            "Encoding",
            f"The file has {seen.frames} pictures instead of {frames}. Render again.",
            measured=measured,
        )
    return passed("codec", "Encoding", f"H.264, 4:2:0, BT.709, AAC, {seen.fps:g} pictures a second.", measured=measured)


def black(seen: Seen) -> Check:
    if seen.black:
        reason = f"{len(seen.black)} pictures are black, the first at {seen.black[0]:.1f} s. Draw that scene again."
        return failed("black", "Black pictures", reason, at=seen.black[0], measured={"count": len(seen.black)})
    return passed("black", "Black pictures", "None.", measured={"count": 0, "looked": seen.looked})


def frozen(seen: Seen) -> Check:
    if seen.still:
        start, end = max(seen.still, key=lambda span: span[1] - span[0])
        reason = f"The picture stands still from {start:.1f} s to {end:.1f} s. Draw that scene again."
        score = max(0.0, 1 - (end - start) / 5)
        return failed(
            "frozen", "Still pictures", reason, at=start, score=score, measured={"seconds": round(end - start, 2)}
        )
    return passed("frozen", "Still pictures", "The picture moves throughout.", measured={"seconds": 0.0})


def loudness(heard: Loudness) -> Check:
    off = abs(heard.integrated - LOUDNESS)
    measured: Figures = {"lufs": heard.integrated, "target": LOUDNESS}
    if off > 0.5:
        reason = f"The sound is at {heard.integrated:.1f} LUFS; {LOUDNESS:.0f} ± 0.5 is wanted. Render again."
        return failed("loudness", "Loudness", reason, score=max(0.0, 1 - off / 6), measured=measured)
    return passed("loudness", "Loudness", f"{heard.integrated:.1f} LUFS.", score=1 - off / 6, measured=measured)


def true_peak(heard: Loudness) -> Check:
    measured: Figures = {"dbtp": heard.true_peak, "most": PEAK}
    if heard.true_peak > PEAK:
        reason = f"The true peak is {heard.true_peak:.1f} dBTP; at most {PEAK:.0f} is wanted. Render again."
        return failed("true-peak", "True peak", reason, measured=measured)
    return passed("true-peak", "True peak", f"{heard.true_peak:.1f} dBTP.", measured=measured)


def clipping(heard: Heard) -> Check:
    measured: Figures = {"samples": heard.clipped}
    if heard.clipped > 3:
        reason = (
            f"{heard.clipped} samples are clipped, the first at {heard.clipped_at:.1f} s. Lower the voice or "
            f"render again."
        )
        return failed("clipping", "Clipping", reason, at=heard.clipped_at, measured=measured)
    return passed("clipping", "Clipping", "None.", measured=measured)


def silence(heard: Heard) -> Check:
    long = [gap for gap in heard.silences if gap[1] - gap[0] > 1.0 and gap[1] < heard.duration - 0.2]
    if long:
        start, end = long[0]
        reason = f"Nothing is heard from {start:.1f} s to {end:.1f} s."
        return failed("silence", "Silence", reason, level="warn", at=start, score=0.5, measured={"gaps": len(long)})
    return passed("silence", "Silence", "No long gaps.", measured={"gaps": 0})
