"""The checks stage: looks at and listens to the encoded file, and holds it against the plan."""

from greenroom.studio.contracts import Check, MakeInput, Rendered, Script, Spoken
from greenroom.studio.make.checks import claims, file, honesty, text
from greenroom.studio.make.checks.listen import listen
from greenroom.studio.make.checks.result import failed, passed
from greenroom.studio.make.checks.watch import watch
from greenroom.studio.make.digest import digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.render import overlay as overlays
from greenroom.studio.make.render.draw import overlay
from greenroom.studio.make.render.plan import plan
from greenroom.studio.make.sound.measure import measure
from greenroom.studio.make.stage import Before, StageResult, Work

_VERSION = 2


class CheckStage:
    name = "checks"
    title = "Checking"
    weight = 0.08

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        return digest(self.name, _VERSION, profile.__repr__(), before["render"].data, before["script"].data, job)

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = Script.model_validate(before["script"].data["script"])
        spoken = Spoken.model_validate(before["voice"].data["spoken"])
        rendered = Rendered.model_validate(before["render"].data["rendered"])
        pictures = before["pictures"].data["pictures"]
        video, profile, who = before["render"].files["video.mp4"], work.profile, job.character
        moment = spoken.duration - 0.6
        work.progress(0.1, "Watching")
        seen = watch(video, [moment], work.check)
        work.progress(0.7, "Listening")
        heard, loudness = listen(video), measure(video)
        end = plan(job, script, spoken, pictures, profile)[-1]
        card = overlay(end, job, script, profile)
        pill = overlays.label(who, profile)
        checks = [
            file.duration(seen, job.brief.seconds),
            file.size(seen, rendered.size, profile),
            file.codec(seen, rendered.frames),
            file.loudness(loudness),
            file.true_peak(loudness),
            file.clipping(heard),
            file.silence(heard),
            file.black(seen),
            file.frozen(seen),
            text.captions(spoken.scenes, who, profile),
            text.glyphs(script, spoken.scenes, who),
            text.headlines(script, pictures, before["pictures"].files, who, profile),
            text.reading(script, spoken.scenes),
            claims.sources(script, spoken.scenes, claims.known(job, script)),
            honesty.words(script, who),
            honesty.disclosure(script, who),
            honesty.label(card or pill, pill, seen.wanted.get(moment), moment),
            _voice(spoken),
            _notes(script),
        ]
        return StageResult({"checks": [check.model_dump(mode="json") for check in checks]})


def _voice(spoken: Spoken) -> Check:
    measured = {"timing": spoken.timing, "words_per_second": spoken.words_per_second}
    if spoken.notes:
        return failed("voice", "Voice", " ".join(spoken.notes), level="warn", score=0.6, measured=measured)
    timed = "exact" if spoken.timing == "exact" else "estimated, mostly within a tenth of a second"
    return passed("voice", "Voice", f"Word times are {timed}.", level="info", measured=measured)


def _notes(script: Script) -> Check:
    if script.notes:
        return failed("text", "The given text", " ".join(script.notes), level="info", score=0.8)
    return passed("text", "The given text", "Nothing had to be left out.", level="info")
