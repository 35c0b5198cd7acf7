"""The live stream as a program reads it: resumed by its last id after every break, told once."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx

from greenroom.entrypoints.client.api import Api, Body, NotAllowed, NotReachable, refusal
from greenroom.kit.text import clean_line

BEGINNING = "0-00000000-0000-0000-0000-000000000000"
"""The place before the first event that is kept."""
_LONGEST_PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class News:
    """One event and its place; progress has none, for it tells of the moment only."""

    id: str | None
    event: Body


@dataclass(slots=True)
class Reader:
    """Reads on from `last`. `quiet` ends the reading after this many seconds without news; None never does."""

    api: Api
    last: str | None = None
    client: str | None = None
    quiet: float | None = None

    def read(self, lost: Callable[[], None] | None = None) -> Iterator[News]:
        """Every event after `last`, in order. `lost` is told when the line breaks. Raises NotAllowed, NotReachable."""
        pause, ever = 0.5, False
        while True:
            try:
                for news in self._once():
                    ever, pause = True, 0.5
                    if news is not None:
                        yield news
                ever = True
            except httpx.ReadTimeout:
                if self.quiet is not None and ever:
                    return
            except httpx.TransportError as error:
                if not ever:
                    raise NotReachable(f"Nothing answers at {self.api.address}; check that Greenroom runs") from error
            except NotReachable:
                if not ever:
                    raise
            if lost is not None:
                lost()
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _once(self) -> Iterator[News | None]:
        """One connection's events; None for a sign of life."""
        headers = {"Last-Event-ID": self.last} if self.last else {}
        timeout = httpx.Timeout(30, read=self.quiet or 40)
        query = {"client": self.client} if self.client else {}
        with self.api.stream("/events", headers=headers, params=query, timeout=timeout) as answer:
            if answer.status_code != 200:
                answer.read()
                raise refusal(answer)
            fields: dict[str, str] = {}
            for line in answer.iter_lines():
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.removeprefix(" ")
                    continue
                place, told = fields.get("id"), fields.get("data")
                self.last = place or self.last
                if told is None:
                    yield None
                elif fields.get("event") == "access.ended":
                    raise NotAllowed(clean_line(str(json.loads(told).get("detail", ""))), answered=401)
                else:
                    yield News(place, json.loads(told))
                fields = {}
