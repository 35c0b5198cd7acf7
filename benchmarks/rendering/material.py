"""`python -m benchmarks.rendering.material FOLDER SECONDS`: makes what all contestants are given, by our pipeline.

FOLDER/plan.json is the plan, beside it lie its pictures, overlays, font, voice and music. `stages` in it is the same
plan as our own renderer reads it.
"""

import json
import shutil
import wave
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import cv2
import numpy as np

from benchmarks.rendering.brief import brief
from greenroom.studio.contracts import MakeInput, Scene, Script, Spoken
from greenroom.studio.make import type as letters
from greenroom.studio.make.profile import FINAL
from greenroom.studio.make.render import overlay as overlays
from greenroom.studio.make.render.captions import PLATE, colours, face_for, groups, heard, lay_out
from greenroom.studio.make.render.draw import overlay
from greenroom.studio.make.render.plan import Shown, plan
from greenroom.studio.make.render.safe import caption_box
from greenroom.studio.make.render.scene import TRANSITION
from greenroom.studio.make.render.sprite import Sprite
from greenroom.studio.make.sound.bed import bed
from greenroom.studio.make.stage import SceneCache, StageResult, Work
from greenroom.studio.make.stages import STAGES

ENTER = 0.36  # seconds in which a headline rises and appears
SEEDS = 60


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("seconds", type=click.IntRange(3, 60))
def main(folder: Path, seconds: int) -> None:
    """Make the plan and its files; a length that is not 30 or 60 is a slice from the start."""
    folder.mkdir(parents=True, exist_ok=True)
    job, before = told(60 if seconds > 30 else 30, folder)
    spoken = cut(Spoken.model_validate(before["voice"].data["spoken"]), seconds)
    before["voice"].data["spoken"] = spoken.model_dump(mode="json")
    lengthen(before["voice"].files["narration.wav"], seconds)
    scenes = plan(job, script_of(before), spoken, before["pictures"].data["pictures"], FINAL)
    kept = {name: {"data": r.data, "files": relative(r.files, folder)} for name, r in before.items()}
    document = {**described(job, before, scenes, folder), "stages": kept, "job": job.model_dump(mode="json")}
    (folder / "plan.json").write_text(json.dumps(document, indent=1))


def told(seconds: int, folder: Path) -> tuple[MakeInput, dict[str, StageResult]]:
    """Script, voice and pictures; of the first seeds, the one whose motions are half pans, half zooms."""
    tried: list[tuple[int, int]] = []
    for seed in range(1, SEEDS):
        job, before = staged(seconds, seed, folder)
        spoken = Spoken.model_validate(before["voice"].data["spoken"])
        scenes = plan(job, script_of(before), spoken, before["pictures"].data["pictures"], FINAL)
        pans = sum(shown.motion.kind == "pan" for shown in scenes)
        if pans == len(scenes) // 2:
            return job, before
        tried.append((seed, pans))
    raise click.ClickException(f"no seed gives half pans and half zooms: {tried}")


def staged(seconds: int, seed: int, folder: Path) -> tuple[MakeInput, dict[str, StageResult]]:
    job, before = brief(seconds, seed), dict[str, StageResult]()
    cache = SceneCache(folder / "cache")
    for stage in STAGES[:3]:
        place = folder / stage.name
        place.mkdir(exist_ok=True)
        before[stage.name] = stage.run(job, before, Work(place, cache, folder / "credentials", FINAL))
    return job, before


def script_of(before: Mapping[str, StageResult]) -> Script:
    return Script.model_validate(before["script"].data["script"])


def cut(spoken: Spoken, seconds: float) -> Spoken:
    """Exactly so long: later scenes go, the last one is shortened or held."""
    scenes = [scene for scene in spoken.scenes if scene.start < seconds - 0.5]
    last = scenes[-1]
    words = tuple(word for word in last.words if word.end <= seconds)
    scenes[-1] = Scene(**{**dict(last), "end": float(seconds), "words": words})
    return spoken.model_copy(update={"scenes": tuple(scenes), "duration": float(seconds)})


def lengthen(path: Path, seconds: float) -> None:
    with wave.open(str(path)) as file:
        shape, samples = file.getparams(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
    exact = np.zeros(round(seconds * shape.framerate), "<i2")
    exact[: len(samples)] = samples[: len(exact)]
    with wave.open(str(path), "wb") as file:
        file.setparams(shape)
        file.writeframes(exact.tobytes())


def described(job: MakeInput, before: Mapping[str, StageResult], scenes: list[Shown], folder: Path) -> dict[str, Any]:
    """The plan in plain numbers, for renderers that know nothing of ours."""
    frames = scenes[-1].span.first + scenes[-1].span.count
    music = bed(f"{job.character.seed}/{job.brief.topic}", frames / FINAL.fps, FINAL.audio_rate)
    write_wave(music, folder / "music.wav")
    shutil.copy(letters.FONTS / "Inter-Bold.otf", folder / "caption.otf")
    look = colours(job.character.palette)
    return {
        "width": FINAL.width,
        "height": FINAL.height,
        "fps": FINAL.fps,
        "frames": frames,
        "preset": FINAL.preset,
        "crf": FINAL.crf,
        "threads": FINAL.threads,
        "keyint": 2 * FINAL.fps,
        "audio_bits": FINAL.audio_bits,
        "fade": round(TRANSITION * FINAL.fps),
        "enter": ENTER,
        "rise": 0.03 * FINAL.height,
        "voice": str(before["voice"].files["narration.wav"].relative_to(folder)),
        "music": "music.wav",
        "font": "caption.otf",
        "look": {"plate": look.plate, "opacity": PLATE, "word": look.word, "lit": look.lit},
        "label": png(overlays.label(job.character, FINAL).sprite, "label", folder),
        "scenes": [scene(shown, job, before, folder) for shown in scenes],
        "captions": [state for shown in scenes for state in captions(shown)],
    }


def scene(shown: Shown, job: MakeInput, before: Mapping[str, StageResult], folder: Path) -> dict[str, Any]:
    picture = before["pictures"].files[shown.picture]
    over = overlay(shown, job, script_of(before), FINAL)
    motion = shown.motion
    return {
        "id": shown.scene.id,
        "first": shown.span.first,
        "count": shown.span.count,
        "picture": str(picture.relative_to(folder)),
        "size": [before["pictures"].data["pictures"][shown.scene.id][side] for side in ("width", "height")],
        "motion": {
            **{name: getattr(motion, name) for name in ("kind", "x", "dx", "dy", "scale", "scale_to")},
            # A pan says where it ends; the peers draw from where it begins.
            "y": motion.y - motion.dy * shown.span.count if motion.kind == "pan" else motion.y,
        },
        "overlay": png(over.sprite, f"overlay-{shown.scene.id}", folder) if over else None,
    }


def captions(shown: Shown) -> list[dict[str, Any]]:
    """Runs of frames with the same words and the same lit word, with each word's place."""
    face, box = face_for(FINAL), caption_box(FINAL)
    grouped = groups(shown.words, face, box.width)

    def state(index: int) -> tuple[int, int | None] | None:
        at = (index + 0.5) / FINAL.fps
        found = next((n for n, group in enumerate(grouped) if group.start <= at < group.end), None)
        return None if found is None else (found, heard(grouped[found], at))

    made = []
    for seen, run in groupby(range(shown.span.count), state):
        indices = list(run)
        if seen is None:
            continue
        layout = lay_out(grouped[seen[0]], face, box)
        made.append(
            {
                "first": shown.span.first + indices[0],
                "count": len(indices),
                "lit": seen[1],
                "size": layout.face.size,
                "plate": [layout.plate.x, layout.plate.y, layout.plate.width, layout.plate.height],
                "words": [[word.text, word.x, word.baseline, word.width] for word in layout.words],
            }
        )
    return made


def png(sprite: Sprite, name: str, folder: Path) -> dict[str, Any]:
    """A sprite as a picture with alpha, as other renderers take it."""
    alpha = 255 - sprite.inverse
    full = alpha.shape[1], alpha.shape[0]
    share = np.maximum(alpha, 1).astype(np.float32) / 255
    share_half = np.maximum(255 - sprite.inverse_half, 1).astype(np.float32) / 255
    y = (sprite.planes.y / share - 16) / 219
    u, v = (
        cv2.resize((plane / share_half - 128) / 112, full, interpolation=cv2.INTER_LINEAR)
        for plane in (sprite.planes.u, sprite.planes.v)
    )
    blue, red = y + u * 0.9278, y + v * 0.7874
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    colour = [np.clip(channel * 255, 0, 255).astype(np.uint8) for channel in (blue, green, red)]
    file = f"{name}.png"
    cv2.imwrite(str(folder / file), cv2.merge([*colour, alpha]))
    return {"file": file, "x": sprite.x, "y": sprite.y, "width": full[0], "height": full[1]}


def write_wave(samples: Any, path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(FINAL.audio_rate)
        file.writeframes((samples * 32767).clip(-32768, 32767).astype("<i2").tobytes())


def relative(files: Mapping[str, Path], folder: Path) -> dict[str, str]:
    return {name: str(path.relative_to(folder)) for name, path in files.items()}


if __name__ == "__main__":
    main()
