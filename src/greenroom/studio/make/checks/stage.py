"""The checks stage."""

from greenroom.studio.contracts import MakeInput
from greenroom.studio.make.digest import digest
from greenroom.studio.make.profile import Profile
from greenroom.studio.make.stage import Before, StageResult, Work


class CheckStage:
    name = "checks"
    title = "Checking"
    weight = 0.07

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str:
        return digest(self.name, 1, before["render"].data, job)

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult:
        return StageResult({"checks": []})
