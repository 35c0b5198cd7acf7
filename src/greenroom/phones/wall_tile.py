"""One phone on one wall: which of its streams is sent, which is to follow, and the next frame."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenroom.phones.relay import Relay
from greenroom.phones.relay_hub import Hub
from greenroom.phones.relay_lane import Lane, Window
from greenroom.wire.binary import Flag
from greenroom.wire.messages import Stream

Quality = Literal["off", "thumbnail", "focus"]
_STREAMS: dict[tuple[Quality, bool], Stream] = {
    ("thumbnail", False): "thumbnail",
    ("focus", False): "focus",
    ("thumbnail", True): "thumbnail_stills",
    ("focus", True): "focus_stills",
}


@dataclass(slots=True)
class _View:
    hub: Hub
    lane: Lane = field(default_factory=Lane)


class Tile:
    """`ready` is told when there may be something to send."""

    def __init__(self, number: int, phone: UUID, relay: Relay, ready: Callable[["Tile"], None]) -> None:
        self.number, self.phone = number, phone
        self._relay, self._ready = relay, ready
        self._window = Window()
        self._shown: _View | None = None
        self._following: _View | None = None
        self._marked = False
        self._fresh: int | None = None

    def watch(self, quality: Quality, *, stills: bool) -> None:
        """The stream before goes on until the new one's first key frame."""
        stream = _STREAMS.get((quality, stills))
        if self._following is not None and self._following.hub.stream != stream:
            self._leave(self._following)
            self._following = None
        if stream is None and self._shown is not None:
            self._leave(self._shown)
            self._shown = None
            self._window.forget()
        present = {one.hub.stream for one in (self._shown, self._following) if one is not None}
        if stream is not None and stream not in present:
            view = _View(self._relay.hub(self.phone, stream))
            if self._shown is None:
                self._shown = view
            else:
                self._following = view
            view.hub.join(self)
        self._ready(self)

    def refresh(self) -> None:
        """The wall lost its way: once more from the key frame that is kept, and with a new one soon."""
        self._window.forget()
        if self._shown is not None:
            self._shown.lane = Lane()
            self._shown.hub.ask_key()
            self._ready(self)

    def shown(self, sequence: int, now: float) -> None:
        self._window.shown(sequence, now)
        self._ready(self)

    def close(self) -> None:
        self.watch("off", stills=False)

    def moved(self) -> None:
        self._ready(self)

    def fresh(self) -> None:
        self._fresh = self._shown.hub.chain.end if self._shown is not None else None
        self._ready(self)

    def is_fresh(self) -> bool:
        """Whether all was sent that the last sign of life spoke of, and nothing since; said once."""
        fresh, self._fresh = self._fresh, None
        return fresh is not None and self._shown is not None and self._shown.lane.place == fresh

    def next(self, now: float) -> bytes | None:
        """The next frame as this wall numbers it; None while there is none to be sent."""
        if self._following is not None:
            frame = self._from(self._following, now)
            if frame is not None:
                if self._shown is not None:
                    self._leave(self._shown)
                self._shown, self._following = self._following, None
                return frame
        return self._from(self._shown, now) if self._shown is not None else None

    def _from(self, view: _View, now: float) -> bytes | None:
        chain, lane = view.hub.chain, view.lane
        step = lane.next(chain, self._window, now)
        if isinstance(step, int):
            self._marked = False
            return self._numbered(chain[step], self._window.send(now, heap=lane.sent()))
        if step == "key":
            view.hub.ask_key()
        elif step == "nothing" and len(chain) and not self._marked and view is self._shown and not view.hub.is_true:
            self._marked = True
            return self._numbered(chain[chain.end - 1], self._window.sequence, Flag.STALE)
        return None

    def _numbered(self, frame: bytes, sequence: int, flags: int = 0) -> bytes:
        head = bytes((frame[0], frame[1] | flags)) + self.number.to_bytes(2, "big") + sequence.to_bytes(4, "big")
        return head + frame[8:]

    def _leave(self, view: _View) -> None:
        view.hub.leave(self)
