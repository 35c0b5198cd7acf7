"""The stages in order. Each reads the results before it by name: script, voice, pictures, render, checks, sign.

Results: script {script}; voice {spoken} + narration.wav; pictures {pictures} + one image a scene;
render {rendered} + video.mp4, captions.vtt, transcript.txt, thumbnail.jpg; checks {checks};
sign {manifest, checks} + video.mp4, the one to publish.
"""

from pathlib import Path

from greenroom.studio.contracts import MakeInput
from greenroom.studio.make.checks.stage import CheckStage
from greenroom.studio.make.digest import digest
from greenroom.studio.make.pictures.stage import PictureStage
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.provenance.authority import brought
from greenroom.studio.make.provenance.stage import SignStage
from greenroom.studio.make.render.stage import RenderStage
from greenroom.studio.make.script.stage import ScriptStage
from greenroom.studio.make.stage import Before, SceneCache, Stage, StageResult, Work
from greenroom.studio.make.voice.stage import VoiceStage

STAGES: tuple[Stage, ...] = (
    ScriptStage(),
    VoiceStage(),
    PictureStage(),
    RenderStage(),
    CheckStage(),
    SignStage(),
)


def address(stage: Stage, job: MakeInput, before: Before, profile: Profile, credentials: Path) -> str:
    """The key of the stage's result; that of signing depends also on whose certificate signs."""
    key = stage.key(job, before, profile)
    return digest(key, brought(credentials)) if stage.name == SignStage.name else key


__all__ = ["STAGES", "Before", "SceneCache", "Stage", "StageResult", "Work", "address"]
