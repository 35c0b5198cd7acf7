"""What a person has done whole on a phone: written down where it changes the phone, with files by one-time paths."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from greenroom.infra import audit
from greenroom.infra.database import lost_as_unavailable
from greenroom.infra.http.context import Identity
from greenroom.kit.errors import Problem
from greenroom.phones.file_keep import Picture, Place, Upload
from greenroom.phones.relay_answers import Answer, within
from greenroom.phones.wall_acts import Acts
from greenroom.phones.wall_parts import Parts
from greenroom.wire.messages import Ability, Do, Done, Verb

_GONE = "This file is not here any more; send it again"
_NO_PICTURE = "The phone's picture did not arrive; try again"
_CANNOT = "This phone can't do that ({}) in the way it is connected: do it by hand"
_NEEDED: dict[Verb, Ability] = {"install": "install", "push": "files", "reboot": "reboot"}
_RECORDED = {"reboot": "phone.rebooted", "install": "phone.app_installed"}


class Orders:
    """One wall's. `tell` says something to it."""

    def __init__(self, parts: Parts, acts: Acts, tell: Callable[[Answer], None]) -> None:
        self._parts, self._acts, self._tell = parts, acts, tell

    async def start(self, identity: Identity, phone: UUID, order: Do) -> None:
        """An order that was judged; the wall hears what becomes of it."""
        needed = _NEEDED.get(order.verb)
        if needed is not None and self._parts.lines.lacks(phone, needed):
            self._acts.refuse(order, "not_supported", _CANNOT.format(order.verb))
            return
        upload = None
        if order.verb in ("install", "push"):
            upload = self._upload(identity, order.argument)
            if upload is None:
                self._acts.refuse(order, "no_file", _GONE)
                return
        try:
            with lost_as_unavailable():
                await self._record(identity, phone, order, upload)
        except Problem as problem:
            self._acts.refuse(order, "not_recorded", problem.detail)
            return
        way = self._parts.lines.of(phone)
        if way is None or way[0].agent is None:
            self._acts.order(phone, order)
        elif upload is not None:
            path = self._parts.transfers.to_fetch(way[0].agent, phone, upload, lasts=within(order.verb))
            self._acts.order(phone, order, path)
        elif order.verb == "screenshot":
            self._screenshot(
                Place(identity.organisation, self._acts.reach.standings[phone].client), way[0].agent, phone, order
            )
        else:
            self._acts.order(phone, order)

    def _screenshot(self, place: Place, agent: UUID, phone: UUID, order: Do) -> None:
        pictures: list[Picture] = []

        def tell(answer: Answer) -> None:
            if isinstance(answer, Done) and not answer.kind:
                if pictures:
                    answer = replace(answer, answer=f"/api/v1/phones/pictures/{pictures[0].id}")
                else:
                    answer = replace(answer, kind="failed", sentence=_NO_PICTURE, answer="")
            self._tell(answer)

        path = self._parts.transfers.to_leave(agent, phone, place, pictures.append, lasts=within(order.verb))
        self._acts.order(phone, order, path, tell)

    async def _record(self, identity: Identity, phone: UUID, order: Do, upload: Upload | None) -> None:
        """Before it is done, so that nothing is done that was not written down."""
        action, client = _RECORDED.get(order.verb), self._acts.reach.standings[phone].client
        if action is None:
            return
        after = {"file": upload.name, "size": upload.size} if upload is not None else {"epoch": order.epoch}
        async with identity.context(self._parts.house, permission="operate", client=client) as ctx:
            await audit.record(ctx, action, ("phone", phone), after=after, client=client)

    def _upload(self, identity: Identity, said: str) -> Upload | None:
        try:
            id = UUID(said)
        except ValueError:
            return None
        return self._parts.files.upload(id, identity.organisation, identity.user)
