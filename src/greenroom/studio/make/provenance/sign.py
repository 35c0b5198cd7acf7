"""Signs a finished file with Content Credentials and reads them back (C2PA 2, through c2pa-python)."""

import json
from pathlib import Path
from typing import Any

import c2pa

from greenroom.studio.contracts import Manifest
from greenroom.studio.errors import Broken, DiskFull
from greenroom.studio.make.provenance.authority import Credentials

_TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
DRAWN_AND_SPOKEN = _TERMS + "compositeWithTrainedAlgorithmicMedia"
DRAWN = _TERMS + "algorithmicMedia"


def sign(source: Path, out: Path, *, title: str, steps: list[dict[str, Any]], kind: str, who: Credentials) -> None:
    """Write `out`: `source` with a manifest that says how it was made. Nothing may change the file after this."""
    manifest = {
        "claim_generator_info": [{"name": "Greenroom", "version": "1"}],
        "title": title[:120],
        "format": "video/mp4",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": _actions(steps, kind)}},
            {
                "label": "cawg.training-mining",
                "data": {"entries": {use: {"use": "notAllowed"} for use in _USES}},
            },
        ],
    }
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(who.algorithm, who.chain.encode(), who.key.encode(), None))
    try:
        with c2pa.Builder(json.dumps(manifest)) as builder:
            builder.sign_file(str(source), str(out), signer)
    except c2pa.C2paError as wrong:
        out.unlink(missing_ok=True)
        if "No space left" in str(wrong):
            raise DiskFull(f"The disk that holds {out.parent} is full; make room and start again.") from wrong
        raise Broken(f"The video could not be signed: {wrong}") from wrong
    finally:
        signer.close()


_USES = ("cawg.ai_inference", "cawg.ai_generative_training")


def _actions(steps: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    created = {"action": "c2pa.created", "digitalSourceType": kind}
    return [created, *({"action": "c2pa.edited", **step} for step in steps)]


def read(path: Path, anchors: str = "") -> Manifest:
    """The manifest's state. With the anchors of its authority a good file is Trusted, without them Valid."""
    settings = {"trust": {"user_anchors": anchors}, "verify": {"verify_trust": True}} if anchors else {}
    try:
        with (
            path.open("rb") as file,
            c2pa.Context.from_dict(settings) as context,
            c2pa.Reader("video/mp4", file, context=context) as reader,
        ):
            return _manifest(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound as wrong:
        return Manifest(state="Missing", reasons=(str(wrong)[:200],))
    except c2pa.C2paError as wrong:
        return Manifest(state="Invalid", reasons=(str(wrong)[:200],))


def _manifest(report: dict[str, Any]) -> Manifest:
    active = report["manifests"][report["active_manifest"]]
    actions: list[dict[str, Any]] = next(
        (a["data"]["actions"] for a in active["assertions"] if a["label"].startswith("c2pa.actions")), []
    )
    failures = report.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    state = report.get("validation_state", "Invalid")
    return Manifest(
        state=state if state in ("Trusted", "Valid") else "Invalid",
        issuer=active.get("signature_info", {}).get("issuer", ""),
        digital_source_type=next((a["digitalSourceType"] for a in actions if "digitalSourceType" in a), ""),
        reasons=tuple(f"{one.get('code')}: {one.get('explanation', '')}"[:200] for one in failures),
    )
