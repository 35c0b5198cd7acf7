"""The pictures stage: one picture a scene, larger than the frame so that it can move."""

from pathlib import Path

import cv2
import numpy as np
import skia

from greenroom.studio.contracts import MakeInput, Script, Shot
from greenroom.studio.make.digest import digest, file_digest
from greenroom.studio.make.pictures.compose import compose
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.stage import Before, StageResult, Work

_VERSION = 6
SPARE = 1.2


class PictureStage:
    name = "pictures"
    title = "Drawing the pictures"
    weight = 0.03

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        script = Script.model_validate(before["script"].data["script"])
        who = job.character
        return digest(
            self.name, _VERSION, profile.width, profile.height, who.palette, who.seed, job.brief.topic, _shots(script)
        )

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = Script.model_validate(before["script"].data["script"])
        shots = _shots(script)
        pictures, files = {}, {}
        for number, (name, shot) in enumerate(shots):
            work.check()
            work.progress(number / len(shots), f"Picture {number + 1} of {len(shots)}")
            width, height = (round(side * SPARE / 2) * 2 for side in (work.profile.width, work.profile.height))
            seed = f"{job.character.seed}/{job.brief.topic}/{name}"
            drawn = compose(shot, seed, job.character, width, height, number)
            path = work.folder / f"{name}.png"
            _write(drawn.surface, path)
            files[path.name] = path
            pictures[name] = {
                "file": path.name,
                "width": width,
                "height": height,
                "ground": drawn.ground,
                "family": drawn.family,
                "focus": drawn.focus,
                "whole": drawn.whole,
                "digest": file_digest(path),
            }
        return StageResult({"pictures": pictures}, files)


def _shots(script: Script) -> list[tuple[str, Shot]]:
    beats = [(beat.id, beat.picture) for beat in script.beats]
    return [("title", Shot(kind="title")), *beats, ("end", Shot(kind="end"))]


def _write(surface: skia.Surface, path: Path) -> None:
    pixels = surface.toarray(colorType=skia.kBGRA_8888_ColorType)
    _, encoded = cv2.imencode(".png", np.ascontiguousarray(pixels[..., :3]), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    path.write_bytes(encoded.tobytes())
