"""The faulty platform's adapter. It is registered by tests and benchmarks; no installation has it."""

from datetime import timedelta
from typing import Literal

from greenroom.channels.errors import Rejected, RetryLater
from greenroom.channels.platforms.adapter import Capabilities, Desk, Package, Prepared, Probe, Receipt, Seen
from greenroom.channels.rate import Limit
from greenroom_dev.faulty.client import Answer, NotConnected, ask
from greenroom_dev.faulty.faults import Faults

ProbeKind = Literal["certain", "found", "none"]
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
        )  # fmt: skip

    def validate(self, package: Package) -> tuple[str, ...]:
        return () if len(package.text) <= self.capabilities.caption_longest else ("Faulty takes 2,000 characters",)

    async def prepare(self, desk: Desk, package: Package) -> Prepared:
        answer = await self._ask(desk, "POST", "containers", {"marker": package.marker})
        return {"container": answer.body["container"]}

    async def commit(self, desk: Desk, package: Package, prepared: Prepared) -> Receipt:
        body = {"container": prepared["container"], "marker": package.marker, "text": package.text}
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
        return _receipt(answer.body["id"])

    async def observe(self, desk: Desk, package: Package, receipt: Receipt) -> Seen:
        found = await self._listed(desk, package.marker)
        return Seen(there=bool(found), disclosed=any(package.disclosure in post["text"] for post in found))

    async def probe(self, desk: Desk, marker: str) -> Probe:
        if self.capabilities.probe == "none":
            return "unclear"
        if found := await self._listed(desk, marker):
            return _receipt(found[0]["id"])
        return "absent" if self.capabilities.probe == "certain" else "unclear"

    async def take_down(self, desk: Desk, receipt: Receipt) -> None:
        await self._ask(desk, "DELETE", f"posts/{receipt.remote_id}")

    async def _listed(self, desk: Desk, marker: str) -> list[dict[str, str]]:
        answer = await self._ask(desk, "GET", f"posts?marker={marker}")
        return list(answer.body["posts"])

    async def _ask(self, desk: Desk, method: str, path: str, body: dict[str, str] | None = None) -> Answer:
        """A call that may be repeated; RetryLater without an answer."""
        try:
            return await ask(self._port, method, f"/{desk.account.id}/{path}", body, within=CALL)
        except (NotConnected, OSError, TimeoutError) as error:
            raise RetryLater("Faulty does not answer", after=timedelta(seconds=1)) from error


def _receipt(id: str) -> Receipt:
    return Receipt(id, f"https://faulty.example/{id}")
