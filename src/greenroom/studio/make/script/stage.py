"""The script stage: writes and fits to the voice, or takes the script that a person edited."""

from greenroom.studio.contracts import MakeInput
from greenroom.studio.make.digest import digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.script.write import write
from greenroom.studio.make.stage import Before, StageResult, Work
from greenroom.studio.make.voice.speak import speak
from greenroom.studio.make.voice.timeline import fitting
from greenroom.studio.make.voice.utterance import Utterance

_VERSION = 4


class ScriptStage:
    name = "script"
    title = "Writing the script"
    weight = 0.08

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        return digest(self.name, _VERSION, job)

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = job.script or write(job.brief, job.character)

        def say(text: str, pace: float) -> Utterance:
            work.check()
            work.progress(0.5, "Reading it aloud")
            return speak(text, job.character.voice, work.cache, pace=pace)

        script = fitting(script, job.brief.seconds, say)
        return StageResult({"script": script.model_dump(mode="json")})
