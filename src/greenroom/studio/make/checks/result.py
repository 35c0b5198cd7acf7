"""Short ways to say how a check went."""

from collections.abc import Mapping

from greenroom.studio.contracts import Check, Level

Figures = Mapping[str, float | int | str | bool]


def passed(
    id: str, title: str, reason: str, *, score: float = 1.0, level: Level = "block", measured: Figures | None = None
) -> Check:
    return Check(
        id=id, title=title, ok=True, level=level, score=_score(score), reason=reason, measured=dict(measured or {})
    )


def failed(
    id: str,
    title: str,
    reason: str,
    *,
    level: Level = "block",
    score: float = 0.0,
    at: float | None = None,
    measured: Figures | None = None,
) -> Check:
    return Check(
        id=id,
        title=title,
        ok=False,
        level=level,
        score=_score(score),
        reason=reason,
        at=at,
        measured=dict(measured or {}),
    )


def _score(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)
