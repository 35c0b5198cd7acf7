"""`python render_moviepy.py PLAN OUT [tuned]`, in the peers' environment: the plan with moviepy.

Zooms are moviepy's own Resize and a moving position, as its documentation has them. Tuned, a frame is cropped and
scaled in one bilinear Pillow call instead, which only somebody who profiled would write. Both ways each caption state
is drawn once, sprites are cut to their opaque part, and pictures have no mask outside of transitions.
"""

import json
import sys
from pathlib import Path

import numpy as np
from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, ImageClip, VideoClip
from moviepy.audio.fx import MultiplyVolume
from moviepy.video.fx import CrossFadeIn, Resize
from PIL import Image, ImageDraw, ImageFont


def main(folder: Path, out: Path, tuned: bool) -> None:
    plan = json.loads((folder / "plan.json").read_text())
    fps, length = plan["fps"], plan["frames"] / plan["fps"]
    clips = [clip for number in range(len(plan["scenes"])) for clip in scene(plan, number, folder, tuned)]
    label = plan["label"]
    clips.append(ImageClip(str(folder / label["file"])).with_duration(length).with_position((label["x"], label["y"])))
    clips += [caption(plan, state, folder) for state in plan["captions"]]
    voice, music = (AudioFileClip(str(folder / plan[name])) for name in ("voice", "music"))
    sound = CompositeAudioClip([voice, music.with_effects([MultiplyVolume(0.4)])]).with_duration(length)
    video = CompositeVideoClip(clips, size=(plan["width"], plan["height"]), bg_color=(0, 0, 0))
    # A little longer, because moviepy rounds the number of frames down.
    video.with_duration(length + 0.1 / fps).with_audio(sound).write_videofile(
        str(out),
        fps=fps,
        codec="libx264",
        preset=plan["preset"],
        threads=plan["threads"],
        audio_codec="aac",
        audio_fps=48000,
        audio_bitrate=str(plan["audio_bits"]),
        temp_audiofile_path=str(out.parent),
        ffmpeg_params=["-crf", str(plan["crf"]), "-x264-params", f"open-gop=0:keyint={plan['keyint']}"],
        logger=None,
    )


def scene(plan: dict, number: int, folder: Path, tuned: bool) -> list:
    """The moving picture, faded in over the one before, and what stands on it."""
    this, fps, last = plan["scenes"][number], plan["fps"], number == len(plan["scenes"]) - 1
    length = (this["count"] + (0 if last else plan["fade"])) / fps
    file = folder / this["picture"]
    clip = (cropped(plan, this, file) if tuned else resized(plan, this, file)).with_duration(length)
    clips = [clip.with_effects([CrossFadeIn(plan["fade"] / fps)]) if number else clip]
    over = this["overlay"]
    if over:

        def place(t: float) -> tuple[float, float]:
            rest = max(0.0, 1 - t / plan["enter"]) ** 3
            return over["x"], over["y"] + round(rest * plan["rise"])

        still = ImageClip(str(folder / over["file"])).with_duration(length).with_position(place)
        clips.append(still.with_effects([CrossFadeIn(plan["enter"])]))
    return [starting(clip, this["first"], fps) for clip in clips]


def resized(plan: dict, this: dict, file: Path) -> VideoClip:
    """A whole picture that grows or shrinks and moves behind the frame."""

    def place(t: float) -> tuple[int, int]:
        left, top, scale = view(plan, this, round(t * plan["fps"]))
        return -round(left / scale), -round(top / scale)

    clip = ImageClip(str(file)).with_position(place)
    if this["motion"]["kind"] == "pan":
        return clip
    return clip.with_effects([Resize(lambda t: 1 / view(plan, this, round(t * plan["fps"]))[2])])


def cropped(plan: dict, this: dict, file: Path) -> VideoClip:
    """Only what is seen of a picture, scaled by Pillow."""
    picture = Image.open(file).convert("RGB")

    def seen(t: float) -> np.ndarray:
        left, top, scale = view(plan, this, round(t * plan["fps"]))
        width, height = plan["width"], plan["height"]
        if scale == 1:
            return np.asarray(picture.crop((round(left), round(top), round(left) + width, round(top) + height)))
        box = (left, top, left + scale * width, top + scale * height)
        return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR, box=box))

    return VideoClip(seen)


def view(plan: dict, this: dict, index: int) -> tuple[float, float, float]:
    """Left, top and scale of what is seen at a frame."""
    motion, (across, down) = this["motion"], this["size"]
    if motion["kind"] == "pan":
        top = motion["y"] + motion["dy"] * index
        return motion["x"], min(max(top, 0), down - plan["height"]), 1
    part = min(index / max(1, this["count"] - 1), 1.15)
    scale = motion["scale"] * (motion["scale_to"] / motion["scale"]) ** part
    scale = min(scale, across / plan["width"], down / plan["height"])
    left = motion["x"] + motion["dx"] * (part - 0.5) - scale * plan["width"] / 2
    top = motion["y"] + motion["dy"] * (part - 0.5) - scale * plan["height"] / 2
    return min(max(left, 0), across - scale * plan["width"]), min(max(top, 0), down - scale * plan["height"]), scale


def caption(plan: dict, state: dict, folder: Path) -> ImageClip:
    """The words of a group on their plate, one of them lit."""
    x, y, width, height = state["plate"]
    left, top = int(x), int(y)
    sheet = Image.new("RGBA", (int(width) + 2, int(height) + 2))
    draw = ImageDraw.Draw(sheet)
    look, font = plan["look"], ImageFont.truetype(str(folder / plan["font"]), state["size"])
    plate = (*rgb(look["plate"]), round(255 * look["opacity"]))
    draw.rounded_rectangle((x - left, y - top, x - left + width, y - top + height), state["size"] * 0.34, fill=plate)
    for number, (text, at, baseline, _) in enumerate(state["words"]):
        colour = look["lit"] if number == state["lit"] else look["word"]
        draw.text((at - left, baseline - top), text, font=font, fill=(*rgb(colour), 255), anchor="ls")
    clip = ImageClip(np.asarray(sheet)).with_duration(state["count"] / plan["fps"]).with_position((left, top))
    return starting(clip, state["first"], plan["fps"])


def starting(clip: VideoClip, first: int, fps: int) -> VideoClip:
    """A quarter of a frame early, so that rounding never loses a frame."""
    return clip.with_start((first - 0.25) / fps) if first else clip


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] == ["tuned"])
