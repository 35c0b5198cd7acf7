"""The pictures of all phones of a process: one hub for each stream that somebody watches."""

from uuid import UUID

from greenroom.phones.lines import Heard, Lines
from greenroom.phones.relay_hub import Hub
from greenroom.wire.binary import stream_of
from greenroom.wire.messages import Stream

MOST_KEPT = 256_000_000
"""Bytes of frames that a process keeps; what comes on top is kept without the frames before it."""


class Relay:
    """Hears the lines; walls join its hubs."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._hubs: dict[UUID, dict[Stream, Hub]] = {}
        self._clients: dict[UUID, UUID | None] = {}
        self.kept = 0
        lines.follow(moved=self.place, fresh=self.fresh)

    def hub(self, phone: UUID, stream: Stream) -> Hub:
        """To be joined at once: one that nobody has joined is forgotten by nobody."""
        if phone not in self._hubs:
            self._hubs[phone] = {}
            self._lines.listen(phone, self._hear)
        hubs = self._hubs[phone]
        if stream not in hubs:
            hubs[stream] = Hub(phone, stream, self._lines, self)
        return hubs[stream]

    def belongs(self, phone: UUID, client: UUID | None) -> None:
        """Whose the phone is. What was kept while it was another client's is shown to nobody any more."""
        if self._clients.get(phone, client) != client:
            for hub in self._hubs.get(phone, {}).values():
                hub.forget()
        self._clients[phone] = client

    def place(self, phone: UUID) -> None:
        """The way to the phone changed, or what its agent sees of it."""
        for hub in tuple(self._hubs.get(phone, {}).values()):
            hub.place()

    def fresh(self, phone: UUID) -> None:
        for hub in self._hubs.get(phone, {}).values():
            hub.fresh()

    @property
    def is_too_much(self) -> bool:
        return self.kept > MOST_KEPT

    def add(self, size: int) -> None:
        self.kept += size

    def drop(self, hub: Hub) -> None:
        hub.close()
        hubs = self._hubs[hub.phone]
        del hubs[hub.stream]
        if not hubs:
            del self._hubs[hub.phone]
            self._lines.stop(hub.phone, self._hear)

    def close(self) -> None:
        for hub in [hub for hubs in self._hubs.values() for hub in hubs.values()]:
            self.drop(hub)

    def _hear(self, phone: UUID, what: Heard) -> None:
        if isinstance(what, bytes):
            hub = self._hubs[phone].get(stream_of(what))
            if hub is not None:
                hub.take(what)
