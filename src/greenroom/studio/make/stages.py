"""The stages in order. Each reads the results before it by name: script, voice, pictures, render, checks, sign.

Results: script {script}; voice {spoken} + narration.wav; pictures {pictures} + one image a scene;
render {rendered} + video.mp4, captions.vtt, transcript.txt, thumbnail.jpg; checks {checks};
sign {manifest, checks} + video.mp4, the one to publish.
"""

from greenroom.studio.make.checks.stage import CheckStage
from greenroom.studio.make.pictures.stage import PictureStage
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

__all__ = ["STAGES", "Before", "SceneCache", "Stage", "StageResult", "Work"]
