"""The last stage: signs the video, reads the manifest back, and checks that it is there and whole."""

from greenroom.studio.contracts import Check, MakeInput, Manifest, Script, Spoken
from greenroom.studio.make.digest import digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.provenance.authority import credentials
from greenroom.studio.make.provenance.sign import DRAWN, DRAWN_AND_SPOKEN, read, sign
from greenroom.studio.make.stage import Before, StageResult, Work

_VERSION = 2


class SignStage:
    name = "sign"
    title = "Signing"
    weight = 0.01

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        title, spoken = before["script"].data["script"]["title"], before["voice"].data["spoken"]
        return digest(self.name, _VERSION, before["render"].data["video"], title, spoken["engine"], spoken["voice"])

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        script = Script.model_validate(before["script"].data["script"])
        spoken = Spoken.model_validate(before["voice"].data["spoken"])
        kind = DRAWN_AND_SPOKEN if spoken.engine == "hibari" else DRAWN
        who = credentials(work.credentials)
        out = work.folder / "video.mp4"
        steps = _steps(spoken)
        sign(before["render"].files["video.mp4"], out, title=script.title, steps=steps, kind=kind, who=who)
        work.progress(0.8, "Reading the signature back")
        manifest = read(out, who.anchors)
        check = manifest_check(manifest, kind)
        data = {"manifest": manifest.model_dump(mode="json"), "checks": [check.model_dump(mode="json")]}
        return StageResult(data, {"video.mp4": out})


def manifest_check(manifest: Manifest, kind: str) -> Check:
    """Missing, broken or untrue Content Credentials always block."""
    good = manifest.state in ("Trusted", "Valid") and manifest.digital_source_type == kind
    reason = f"Content Credentials are {manifest.state.lower()}, issued by {manifest.issuer}."
    if not good:
        why = "; ".join(manifest.reasons) or f"it says {manifest.digital_source_type or 'nothing'} about its source"
        reason = f"Content Credentials are {manifest.state.lower()}: {why}. Make the video again."
    return Check(
        id="manifest",
        title="Content Credentials",
        ok=good,
        level="block",
        score=1.0 if good else 0.0,
        reason=reason,
        measured={"state": manifest.state, "digital_source_type": manifest.digital_source_type},
    )


def _steps(spoken: Spoken) -> list[dict[str, object]]:
    def step(agent: str, what: str) -> dict[str, object]:
        return {"softwareAgent": {"name": agent}, "description": what}

    return [
        step("Greenroom writer", "Script written from templates and sentences of the given text"),
        step(f"{spoken.engine} {spoken.voice}", "Narration synthesised from the script"),
        step("Greenroom studio", "Pictures and music drawn and synthesised by algorithm, then assembled"),
    ]
