"""A platform in this process that lets posts be edited, and loses answers, is late and refuses when it is told to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Literal

from greenroom.channels import correct
from greenroom.channels.contracts import Post
from greenroom.channels.platforms.adapter import Desk, Package, Prepared, Receipt, Seen
from greenroom.channels.platforms.corrects import Reading
from greenroom.kit.errors import Gone
from tests.support.platform import Platform
from tests.support.publish import Desk as PublishDesk

EditFault = Literal["lost before", "lost after", "late", "slow down", "refused", "locked out", "passed over"]


class Editable(Platform):
    """`texts` is what its posts say by marker; `edit_faults` happen at the next edits, in order."""

    def __init__(self, *, settle: float = 0) -> None:
        super().__init__(settle=settle)
        self.capabilities = replace(self.capabilities, corrects=("text",))
        self.texts: dict[str, str] = {}
        self.edits: list[str] = []
        self.edit_faults: list[EditFault] = []
        self.late: list[tuple[str, str]] = []
        self.unreadable = False
        self.before_edit: Callable[[], Awaitable[None]] | None = None

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        self.texts[f"r-{package.marker}"] = package.text
        return await super().commit(desk, package, prepared)

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        said = self.texts.get(receipt.remote_id, "")
        return Seen(there=bool(said), disclosed=package.disclosure in said)

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        await super().take_down(desk, receipt)
        self.texts.pop(receipt.remote_id, None)

    async def plan_correction(
        self, desk: Desk, package: Package, receipt: Receipt, known: Mapping[str, str]
    ) -> Prepared:
        return {"text": package.text}

    async def correct_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> None:
        if self.before_edit is not None:
            before_edit, self.before_edit = self.before_edit, None
            await before_edit()
        desk.in_time()
        if receipt.remote_id not in self.texts:
            raise Gone("It is not there any more")
        fault = self.edit_faults.pop(0) if self.edit_faults else None
        if fault == "lost before":
            raise ConnectionResetError("before it arrived")
        if fault in ("slow down", "refused", "locked out"):
            self._refuse(fault)
        if fault == "late":
            self.late.append((receipt.remote_id, planned["text"]))
            raise TimeoutError("the answer was lost")
        if fault != "passed over":
            self.edits.append(planned["text"])
            self.texts[receipt.remote_id] = planned["text"]
        if fault == "lost after":
            raise TimeoutError("the answer was lost")

    async def read_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> Reading:
        if self.unreadable:
            raise TimeoutError("the platform does not answer")
        if receipt.remote_id not in self.texts:
            raise Gone("It is not there any more")
        return "corrected" if self.texts[receipt.remote_id] == planned["text"] else "before"

    def arrive(self) -> None:
        """What was accepted late is done now."""
        for remote_id, text in self.late:
            self.edits.append(text)
            self.texts[remote_id] = text
        self.late = []


async def ask(desk: PublishDesk, post: Post, caption: str) -> Post:
    """Ask for other words from the version that is shown now."""
    async with desk.tenant.context() as ctx:
        version = (await correct.get_post(ctx, post.id)).version
        return await correct.correct(ctx, post.id, version, caption)


async def settled(desk: PublishDesk, post: Post, *, most: int = 8) -> Post:
    """The post after its newest job has been started as often as it asked to be."""
    for _ in range(most):
        if await desk.run(post.id) is None:
            break
    return await desk.post(post.id)


async def later(desk: PublishDesk, post: Post, *, minutes: int = 16) -> None:
    """As if so much time had gone by since the post's corrections were begun and armed."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            """update post_correction set started_at = started_at - make_interval(mins => %(minutes)s),
                      armed_at = armed_at - make_interval(mins => %(minutes)s) where post_id = %(post)s""",
            {"post": post.id, "minutes": minutes},
        )
