"""The faulty platform's adapter. It is registered by tests and benchmarks; no installation has it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from greenroom.channels.errors import NeedsPerson, Rejected, RetryLater, Unfinished
from greenroom.channels.platforms.adapter import Capabilities, Desk, Package, Partly, Prepared, Probe, Receipt, Seen
from greenroom.channels.platforms.corrects import Reading
from greenroom.channels.rate import Limit
from greenroom.kit.errors import Gone
from greenroom_dev.faulty.client import Answer, NotConnected, ask
from greenroom_dev.faulty.faults import Faults

ProbeKind = Literal["certain", "found", "none"]
BREAK = "\n---\n"
"""Between two parts of a caption that is to be a thread."""
CALL = 1.5
"""Seconds that a call may take."""


class FaultyAdapter:
    """`probe` says what a look at the list is worth here; one platform for each, `faulty_certain` for instance."""

    def __init__(
        self, port: int, probe: ProbeKind = "certain", *, faults: Faults | None = None, limits: tuple[Limit, ...] = ()
    ) -> None:
        faults = faults or Faults()
        self._port = port
        self.capabilities = Capabilities(
            platform=f"faulty_{probe}", title="Faulty (a fake)", caption_longest=2000, hashtags_most=30,
            formats=("video",), ai_label="caption", probe=probe,
            settle=timedelta(seconds=CALL + faults.queue + faults.lag + 3), take_down=True, limits=limits,
            corrects=("text",),
        )  # fmt: skip

    def validate(self, package: Package) -> tuple[str, ...]:
        return () if len(package.text) <= self.capabilities.caption_longest else ("Faulty takes 2,000 characters",)

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        answer = await self._ask(desk, "POST", "containers", {"marker": package.marker})
        return {"container": answer.body["container"]}

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        """Post the parts in order; of a thread, those that its list shows are left as they are."""
        texts = parts_of(package)
        there: list[str | None] = [None]
        if len(texts) > 1:
            there = await self._parts(desk, package.marker, len(texts))
        for number, text in enumerate(texts):
            if there[number] is not None:
                continue
            if number:
                await desk.arm()
            try:
                there[number] = await self._put(desk, package.marker, number, len(texts), text)
            except (RetryLater, Rejected) as refused:
                if any(there):
                    raise Unfinished.by(refused) from refused
                raise
        return _receipt(str(there[0]))

    async def _put(self, desk: Desk, marker: str, number: int, of: int, text: str) -> str:
        part = part_of(marker, number)
        body = {"container": f"c-{part}", "marker": part, "text": text, "of": of}
        try:
            answer = await ask(self._port, "POST", f"/{desk.account.id}/posts", body, within=CALL, before=desk.in_time)
        except NotConnected as error:
            raise RetryLater("Faulty can't be reached", after=timedelta(seconds=2)) from error
        if answer.status == 429:
            after = timedelta(seconds=float(answer.headers["retry-after"]))
            raise RetryLater("Faulty asks us to slow down", after=after)
        if answer.status == 422:
            raise Rejected(f"Faulty does not take it: {answer.body['error']}")
        if answer.status != 201:
            raise ConnectionError(f"Faulty answered {answer.status}")
        return str(answer.body["id"])

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        found = await self._listed(desk, package.marker)
        return Seen(there=bool(found), disclosed=any(package.disclosure in post["text"] for post in found))

    async def probe(self, desk: Desk, marker: str) -> Probe:
        if self.capabilities.probe == "none":
            return "unclear"
        found = await self._listed(desk, marker)
        certain = self.capabilities.probe == "certain"
        if not found:
            return "absent" if certain else "unclear"
        receipt = _receipt(found[0]["id"])
        if all(await self._parts(desk, marker, found[0]["of"])):
            return receipt
        return Partly(receipt) if certain else "unclear"

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        """Its first part last: as long as that is there it says how many there are."""
        first = await self._ask(desk, "GET", f"posts/{receipt.remote_id}")
        parts = await self._parts(desk, first.body["marker"], first.body["of"]) if first.status == 200 else []
        for part in [*reversed(parts[1:]), receipt.remote_id]:
            if part is not None:
                await self._ask(desk, "DELETE", f"posts/{part}")

    async def plan_correction(
        self, desk: Desk, package: Package, receipt: Receipt, known: Mapping[str, str]
    ) -> Prepared:
        return {"text": package.text}

    async def correct_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> None:
        path = f"/{desk.account.id}/posts/{receipt.remote_id}"
        try:
            answer = await ask(self._port, "PUT", path, {"text": planned["text"]}, within=CALL, before=desk.in_time)
        except NotConnected as error:
            raise RetryLater("Faulty can't be reached", after=timedelta(seconds=2)) from error
        if answer.status == 404:
            raise Gone("It is not on Faulty any more")
        if answer.status == 405:
            raise NeedsPerson("Faulty takes no corrections from programs; edit the post there")
        if answer.status == 429:
            raise RetryLater("Faulty asks us to slow down", after=timedelta(seconds=1))
        if answer.status != 200:
            raise ConnectionError(f"Faulty answered {answer.status}")

    async def read_words(self, desk: Desk, receipt: Receipt, planned: Prepared) -> Reading:
        answer = await self._ask(desk, "GET", f"posts/{receipt.remote_id}")
        if answer.status == 404:
            raise Gone("It is not on Faulty any more")
        return "corrected" if answer.body["text"] == planned["text"] else "before"

    async def _parts(self, desk: Desk, marker: str, of: int) -> list[str | None]:
        """The ids of a thread's parts, None for one that the list does not show."""
        found = [await self._listed(desk, part_of(marker, number)) for number in range(of)]
        return [part[0]["id"] if part else None for part in found]

    async def _listed(self, desk: Desk, marker: str) -> list[dict[str, Any]]:
        answer = await self._ask(desk, "GET", f"posts?marker={marker}")
        return list(answer.body["posts"])

    async def _ask(self, desk: Desk, method: str, path: str, body: dict[str, str] | None = None) -> Answer:
        """A call that may be repeated; RetryLater without an answer."""
        try:
            return await ask(self._port, method, f"/{desk.account.id}/{path}", body, within=CALL)
        except (NotConnected, OSError, TimeoutError) as error:
            raise RetryLater("Faulty does not answer", after=timedelta(seconds=1)) from error


def parts_of(package: Package) -> list[str]:
    """The texts of a post: what stands between the breaks of its caption; the line that says AI is in the first."""
    first, *others = package.caption.split(BREAK)
    return [package.text.replace(package.caption, first, 1), *others]


def part_of(marker: str, number: int) -> str:
    """How a part of a thread is known."""
    return f"{marker}~{number}" if number else marker


def _receipt(id: str) -> Receipt:
    return Receipt(id, f"https://faulty.example/{id}")
