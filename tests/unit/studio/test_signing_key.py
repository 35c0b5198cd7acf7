"""A signed file is made again when another certificate signs it or its title changes, and not otherwise."""

from pathlib import Path

from greenroom.studio.contracts import Brief, MakeInput
from greenroom.studio.make.profile import DRAFT
from greenroom.studio.make.provenance.authority import credentials
from greenroom.studio.make.stages import STAGES, StageResult, address

JOB = MakeInput(brief=Brief(topic="Bees"))


def before(title: str = "Bees") -> dict[str, StageResult]:
    return {
        "script": StageResult({"script": {"title": title}}),
        "voice": StageResult({"spoken": {"engine": "hibari", "voice": "heart"}}),
        "render": StageResult({"video": "abc"}),
    }


def test_who_signs_and_the_title_decide_the_key(tmp_path: Path) -> None:
    def key(folder: Path, title: str = "Bees") -> str:
        return address(STAGES[-1], JOB, before(title), DRAFT, folder)

    own, brought = tmp_path / "own", tmp_path / "brought"
    first = key(own)
    credentials(own)
    assert key(own) == first
    assert key(own, "Wasps") != first
    keys = set()
    for name in ("one", "two"):
        credentials(tmp_path / name)
        brought.mkdir(exist_ok=True)
        (brought / "own-chain.pem").write_bytes((tmp_path / name / "chain.pem").read_bytes())
        keys.add(key(brought))
    assert len(keys | {first}) == 3
