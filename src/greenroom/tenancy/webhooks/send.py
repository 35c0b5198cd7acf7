"""One request to one endpoint, and what came back."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from greenroom.infra.fetch.call import call
from greenroom.infra.fetch.refuse import AddressRefused, AnswerRefused
from greenroom.infra.fetch.resolve import Resolver
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Unavailable
from greenroom.kit.text import clean_text

WITHIN = timedelta(seconds=10)
MOST = 64 * 1024
"""Bytes of an answer that are read."""
_KEPT = 1024
_GONE = 410


@dataclass(frozen=True, slots=True)
class Said:
    """What an endpoint said; without a status, `error` says why there is none."""

    status: int | None
    answer: str
    error: str
    duration: timedelta
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status == _GONE


async def send(
    settings: Settings, address: str, headers: tuple[tuple[str, str], ...], body: bytes, *, resolver: Resolver
) -> Said:
    """POST the body; every way in which that can go wrong is an answer."""
    begun = time.monotonic()
    status, answer, error, received = None, "", "", {}
    try:
        got = await call(
            settings, "POST", address, headers=headers, content=body, limit_bytes=MOST, within=WITHIN, resolver=resolver
        )
        status, received = got.status, dict(got.headers)
        answer = clean_text(got.content[: 4 * _KEPT].decode(errors="replace"))[:_KEPT]
        error = "" if 200 <= status < 300 else _sentence(status)
    except (AddressRefused, AnswerRefused, Unavailable) as refused:
        error = refused.detail[:500]
    return Said(status, answer, error, timedelta(seconds=time.monotonic() - begun), received)


def _sentence(status: int) -> str:
    if 300 <= status < 400:
        return f"It answered {status}, which leads elsewhere; redirects are not followed"
    return f"It answered {status}"
