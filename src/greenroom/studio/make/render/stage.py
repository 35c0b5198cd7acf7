"""The render stage: video.mp4 (not yet signed), captions.vtt, transcript.txt and thumbnail.jpg."""

import wave
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from greenroom.studio.contracts import Loudness, MakeInput, Rendered, Script, Spoken
from greenroom.studio.make.digest import digest, file_digest
from greenroom.studio.make.memory import give_back
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render.draw import draw_scenes
from greenroom.studio.make.render.join import join
from greenroom.studio.make.render.plan import plan
from greenroom.studio.make.render.poster import poster
from greenroom.studio.make.render.subtitles import transcript, webvtt
from greenroom.studio.make.sound.track import track
from greenroom.studio.make.stage import Before, StageResult, Work
from greenroom.studio.make.voice.utterance import Samples

_VERSION = 1


class RenderStage:
    name = "render"
    title = "Rendering the video"
    weight = 0.78

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        drawn = [before[name].data for name in ("script", "voice", "pictures")]
        return digest(self.name, _VERSION, profile.__repr__(), job.character, job.brief.seconds, *drawn)

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = Script.model_validate(before["script"].data["script"])
        spoken = Spoken.model_validate(before["voice"].data["spoken"])
        cv2.setNumThreads(1)
        scenes = plan(job, script, spoken, before["pictures"].data["pictures"], work.profile)
        narration = _narration(before["voice"].files["narration.wav"])
        work.progress(0.0, "Mixing the sound")
        sound, loudness = _sound(narration, job, before["voice"].data["narration"], work)
        del narration
        give_back()
        work.check()
        files, made = draw_scenes(job, script, scenes, before["pictures"].files, work)
        video = work.folder / "video.mp4"
        frames = join(files, sound, video, work.profile)
        captions, text, picture = (work.folder / name for name in ("captions.vtt", "transcript.txt", "thumbnail.jpg"))
        captions.write_text(webvtt(spoken.scenes, work.profile), encoding="utf-8")
        text.write_text(transcript(script, job.character), encoding="utf-8")
        poster(video, picture, scenes[0].span, work.profile)
        rendered = _rendered(video, frames, loudness, made, len(files), work.profile)
        data = {"rendered": rendered.model_dump(mode="json"), "video": file_digest(video)}
        outputs = {path.name: path for path in (video, captions, text, picture)}
        return StageResult(data, outputs)


def _sound(narration: Samples, job: MakeInput, key: str, work: Work) -> tuple[Path, Loudness]:
    """The sound track and its measure, mixed once for the same narration."""
    name = "sound-" + digest(
        _VERSION, key, job.character.seed, job.brief.topic, work.profile.audio_rate, work.profile.audio_bits
    )
    kept, note = work.cache.get(name + ".mp4"), work.cache.get(name + ".json")
    if kept and note:
        return kept, Loudness.model_validate_json(note.read_bytes())
    path, said = work.folder / "sound.part.mp4", work.folder / "sound.part.json"
    loudness = track(narration, f"{job.character.seed}/{job.brief.topic}", path, work.profile, work.check)
    said.write_text(loudness.model_dump_json(), encoding="utf-8")
    made = work.cache.put(name + ".mp4", path)
    work.cache.put(name + ".json", said)
    return made, loudness


def _narration(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) * np.float32(1 / 32767)


def _rendered(video: Path, frames: int, loudness: Loudness, made: int, scenes: int, profile: Profile) -> Rendered:
    shape: dict[str, Any] = {"width": profile.width, "height": profile.height, "fps": profile.fps}
    return Rendered(
        **shape,
        duration=round(frames / profile.fps, 3),
        frames=frames,
        size=video.stat().st_size,
        video_codec="h264",
        pixel_format="yuv420p",
        audio_codec="aac",
        loudness=loudness,
        scenes_made=made,
        scenes_reused=scenes - made,
    )
