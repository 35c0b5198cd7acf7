"""The voice stage: narration.wav and the timeline of scenes and words."""

import wave
from pathlib import Path

import numpy as np

from greenroom.studio.contracts import MakeInput, Script, Spoken
from greenroom.studio.errors import Unwritable
from greenroom.studio.make.digest import digest, file_digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.stage import Before, StageResult, Work
from greenroom.studio.make.voice import hibari
from greenroom.studio.make.voice.catalogue import find
from greenroom.studio.make.voice.speak import speak
from greenroom.studio.make.voice.timeline import lay_out, lines
from greenroom.studio.make.voice.utterance import RATE, Samples, Utterance

_VERSION = 2


class VoiceStage:
    name = "voice"
    title = "Recording the voice"
    weight = 0.03

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        voice, _ = find(job.character.voice)
        script = Script.model_validate(before["script"].data["script"])
        plan = [(line.id, line.kind, line.sentences) for line in lines(script)]
        fitted = (script.pace, script.pause, script.tail)
        return digest(self.name, _VERSION, voice.engine, voice.voice, job.character.voice, fitted, plan)

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = Script.model_validate(before["script"].data["script"])
        voice, note = find(job.character.voice)
        total = sum(len(line.sentences) for line in lines(script))
        done = 0

        def say(text: str, pace: float) -> Utterance:
            nonlocal done
            work.check()
            made = speak(text, job.character.voice, work.cache, pace=pace)
            done += 1
            work.progress(min(0.98, done / (2 * total)), f"Sentence {min(done, total)} of {total}")
            return made

        laid = lay_out(script, say)
        hibari.forget()
        count = sum(len(scene.words) for scene in laid.scenes)
        if not count:
            raise Unwritable("The voice found nothing to say in this script. Write the narration in words.")
        path = work.folder / "narration.wav"
        _write(path, laid.samples)
        spoken = Spoken(
            engine=voice.engine,
            voice=voice.voice,
            timing="exact" if laid.exact else "estimated",
            words_per_second=round(count / laid.duration, 3),
            duration=round(laid.duration, 4),
            scenes=laid.scenes,
            notes=(note,) if note else (),
        )
        data = {"spoken": spoken.model_dump(mode="json"), "narration": file_digest(path)}
        return StageResult(data, {"narration.wav": path})


def _write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples * 32767).clip(-32768, 32767).astype("<i2").tobytes())
