"""Whether a transaction is open here: nobody waits for a stranger's server while holding one of few connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class TransactionOpen(RuntimeError):
    """Another server is asked while a transaction is open; ask before it begins, then write in a short one."""


@dataclass(slots=True)
class _Mark:
    open: bool = True


# Marks rather than a number: a task that was started inside of a transaction may outlive it.
_MARKS: ContextVar[tuple[_Mark, ...]] = ContextVar("open_transactions", default=())
_EXCEPTED: ContextVar[bool] = ContextVar("waits_in_a_transaction", default=False)


@contextmanager
def transaction_marked() -> Iterator[None]:
    """Around an open transaction."""
    mark = _Mark()
    _MARKS.set((*_MARKS.get(), mark))
    try:
        yield
    finally:
        mark.open = False
        _MARKS.set(tuple(one for one in _MARKS.get() if one.open))


@contextmanager
def waiting_excepted() -> Iterator[None]:
    """Around what waits for another server inside of a transaction on purpose; `Database.patient` bounds it."""
    before = _EXCEPTED.get()
    _EXCEPTED.set(True)
    try:
        yield
    finally:
        _EXCEPTED.set(before)


def expect_none_open(asked: str) -> None:
    """Raise TransactionOpen, a mistake of ours, when `asked` would be waited for with a transaction open."""
    if not _EXCEPTED.get() and any(mark.open for mark in _MARKS.get()):
        raise TransactionOpen(f"{asked} is asked while a transaction is open; ask it before the transaction begins")
