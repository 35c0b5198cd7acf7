"""The adapter of the characters' own pages. Twice is impossible: an entry's key comes from the post."""

from datetime import timedelta

from greenroom.channels.errors import RetryLater
from greenroom.channels.platforms.adapter import Capabilities, Desk, Package, Prepared, Probe, Receipt, Seen
from greenroom.channels.platforms.page import store
from greenroom.channels.platforms.page.address import entry_path, free_slug
from greenroom.channels.platforms.page.correct import CorrectWords
from greenroom.media import facade as media


class PageAdapter(CorrectWords):
    capabilities = Capabilities(
        platform="page",
        title="Own page",
        caption_longest=5000,
        hashtags_most=30,
        formats=("video",),
        ai_label="both",
        probe="certain",
        settle=timedelta(seconds=0),
        take_down=True,
        corrects=("text",),
    )

    def validate(self, package: Package) -> tuple[str, ...]:
        reasons = []
        if len(package.text) > self.capabilities.caption_longest:
            over = len(package.text) - self.capabilities.caption_longest
            reasons.append(f"The caption is {over} characters too long for this page; shorten it")
        if len(package.hashtags) > self.capabilities.hashtags_most:
            reasons.append(f"This page takes {self.capabilities.hashtags_most} hashtags; remove some")
        return tuple(reasons)

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        """See that the files are there to be served, and choose an address that is free now."""
        async with desk.open() as ctx:
            wanted = [file for file in (package.video, package.captions, package.poster) if file is not None]
            files = await media.get_many(ctx, wanted)
            for file in wanted:
                await media.content(ctx, files[file])
            taken = await store.slugs(ctx, desk.account.id)
            return {"slug": free_slug(package.title, taken, package.post)}

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        async with desk.open() as ctx:
            slug = prepared["slug"]
            if not await store.insert(ctx, desk.account, package, slug):
                # The key is there already, or another post took the address meanwhile; the key decides.
                slug = free_slug(package.title, await store.slugs(ctx, desk.account.id), package.post)
                await store.insert(ctx, desk.account, package, slug)
            entry = await store.by_key(ctx, desk.account.id, package.marker)
        if entry is None:
            raise RetryLater("Other posts took the same address; trying again", after=timedelta(seconds=1))
        return _receipt(desk, entry)

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        async with desk.open() as ctx:
            entry = await store.by_key(ctx, desk.account.id, package.marker)
        if entry is None or entry["removed_at"] is not None:
            return Seen(there=False, disclosed=False)
        said = entry["disclosure"] == package.disclosure and entry["label"] == package.label
        return Seen(
            there=True,
            disclosed=said,
            detail={"line": entry["disclosure"], "label": entry["label"]},
            as_meant=(entry["caption"], tuple(entry["hashtags"])) == (package.caption, package.hashtags),
        )

    async def probe(self, desk: Desk, marker: str) -> Probe:
        async with desk.open() as ctx:
            entry = await store.by_key(ctx, desk.account.id, marker)
        return "absent" if entry is None else _receipt(desk, entry)

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        async with desk.open() as ctx:
            await store.remove(ctx, desk.account.id, receipt.remote_id)


def _receipt(desk: Desk, entry: store.Row) -> Receipt:
    return Receipt(str(entry["id"]), entry_path(desk.account.handle, entry["slug"]))
