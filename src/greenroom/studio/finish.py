"""The end of a making: the render with its checks becomes what a person reviews."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.studio import content_store, review_store, stage_store
from greenroom.studio.contracts import Check, Manifest, Rendered
from greenroom.studio.errors import Broken


async def finish(ctx: Context, content: UUID, client: UUID, making: int) -> list[Check]:
    """Record the render of this making and ask for a review; gives the checks that block an approval."""
    stages = await stage_store.of_making(ctx, content, making)
    rendered = Rendered.model_validate(stages["render"]["data"]["rendered"])
    manifest = Manifest.model_validate(stages["sign"]["data"]["manifest"])
    checks = [Check.model_validate(check) for name in ("checks", "sign") for check in stages[name]["data"]["checks"]]
    files = {**stages["render"]["files"], **stages["sign"]["files"]}
    if "video.mp4" not in stages["sign"]["files"]:
        raise Broken("The signing step gave no video; try again, and tell an administrator if it stays")
    video = await media.get(ctx, UUID(files["video.mp4"]["id"]))  # the signed one, which is larger
    render = uuid7()
    await review_store.insert_render(
        ctx,
        {
            "client": client,
            "id": render,
            "content": content,
            "making": making,
            "video": video.id,
            "captions": _id(files, "captions.vtt"),
            "transcript": _id(files, "transcript.txt"),
            "thumbnail": _id(files, "thumbnail.jpg"),
            **rendered.model_dump(include={"width", "height", "fps", "duration"}),
            "size": video.size,
            "loudness": rendered.loudness.model_dump(),
            "manifest": manifest.model_dump(mode="json"),
        },
    )
    await review_store.insert_checks(ctx, client, render, [check.model_dump(mode="json") for check in checks])
    await content_store.set_made(ctx, content, render)
    return [check for check in checks if not check.ok and check.level == "block"]


def _id(files: dict[str, Any], name: str) -> UUID | None:
    return UUID(files[name]["id"]) if name in files else None
