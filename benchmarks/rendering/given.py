"""Reads a plan back as our own renderer takes it: the job and the results of the stages before."""

import json
from dataclasses import dataclass
from pathlib import Path

from greenroom.studio.contracts import MakeInput, Script, Spoken
from greenroom.studio.make.stage import StageResult


@dataclass(frozen=True, slots=True)
class Given:
    job: MakeInput
    before: dict[str, StageResult]

    @property
    def script(self) -> Script:
        return Script.model_validate(self.before["script"].data["script"])

    @property
    def spoken(self) -> Spoken:
        return Spoken.model_validate(self.before["voice"].data["spoken"])


def given(folder: Path) -> Given:
    document = json.loads((folder / "plan.json").read_bytes())
    before = {
        name: StageResult(one["data"], {file: folder / path for file, path in one["files"].items()})
        for name, one in document["stages"].items()
    }
    return Given(MakeInput.model_validate(document["job"]), before)
