"""Other words for an entry of a character's page. The line about AI stands in a column of its own and stays."""

from collections.abc import Mapping

from greenroom.channels.platforms.adapter import Desk, Package, Prepared, Receipt
from greenroom.channels.platforms.corrects import Reading
from greenroom.channels.platforms.page import store
from greenroom.kit.errors import Gone

_GONE = "It is not on the page any more"


class CorrectWords:
    async def plan_correction(
        self, desk: Desk, package: Package, receipt: Receipt, known: Mapping[str, str]
    ) -> Prepared:
        planned = {"caption": package.caption}
        await self.read_words(desk, receipt, planned)
        return planned

    async def correct_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> None:
        async with desk.open() as ctx:
            if not await store.write_caption(ctx, desk.account.id, receipt.remote_id, planned["caption"]):
                raise Gone(_GONE)

    async def read_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> Reading:
        async with desk.open() as ctx:
            entry = await store.by_id(ctx, desk.account.id, receipt.remote_id)
        if entry is None:
            raise Gone(_GONE)
        return "corrected" if entry["caption"] == planned["caption"] else "before"
