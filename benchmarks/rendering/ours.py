"""`python -m benchmarks.rendering.ours PLAN PLACE`: our render stage as the product runs it, with nothing kept.

The video is PLACE/video.mp4. With --edit, PLACE holds a render: one word of one caption is changed and all is rendered
again (PLACE/edit.json: seconds, scenes made), then once more with nothing changed, which is everything but the scene.
"""

import json
import time
from pathlib import Path

import click

from benchmarks.rendering.given import Given, given
from greenroom.studio.make.profile import FINAL
from greenroom.studio.make.render.stage import RenderStage
from greenroom.studio.make.stage import SceneCache, StageResult, Work


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("place", type=click.Path(path_type=Path))
@click.option("--edit", is_flag=True)
def main(plan: Path, place: Path, edit: bool) -> None:
    """Render the plan's folder."""
    place.mkdir(parents=True, exist_ok=True)
    work = Work(place, SceneCache(place / "scenes"), place / "credentials", FINAL)
    if not edit:
        RenderStage().run(given(plan).job, given(plan).before, work)
        return
    changed, frames = reworded(given(plan))
    begun = time.perf_counter()
    result = RenderStage().run(changed.job, changed.before, work)
    first = time.perf_counter() - begun
    RenderStage().run(changed.job, changed.before, work)
    rest = time.perf_counter() - begun - first
    said = {"seconds": first, "rest": rest, "made": result.data["rendered"]["scenes_made"], "frames": frames}
    (place / "edit.json").write_text(json.dumps(said))


def reworded(plan: Given) -> tuple[Given, int]:
    """The same plan with another word in the caption of its third scene (or last, if it has fewer)."""
    spoken = plan.spoken
    number = min(2, len(spoken.scenes) - 1)
    scene = spoken.scenes[number]
    words = (scene.words[0].model_copy(update={"text": "Changed"}), *scene.words[1:])
    scenes = list(spoken.scenes)
    scenes[number] = scene.model_copy(update={"words": words})
    voice = plan.before["voice"]
    data = {**voice.data, "spoken": spoken.model_copy(update={"scenes": tuple(scenes)}).model_dump(mode="json")}
    edited = Given(plan.job, {**plan.before, "voice": StageResult(data, voice.files)})
    return edited, round((scene.end - scene.start) * FINAL.fps)


if __name__ == "__main__":
    main()
