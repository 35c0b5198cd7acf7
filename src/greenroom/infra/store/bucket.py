"""Media in an S3-compatible bucket, with a folder of this machine as cache for what programs read as files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from greenroom.infra.store.cache import Cache
from greenroom.infra.store.stored import Stored, gone, key
from greenroom.kit.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult  # names of its stubs only

log = logging.getLogger(__name__)

_PART = 1024 * 1024


class BucketStore:
    """The same content under the same keys as in a folder; an object is whole or absent, as S3 promises."""

    def __init__(self, bucket: S3Store, cache: Cache) -> None:
        self._bucket = bucket
        self._cache = cache

    def put(self, source: Path | bytes) -> Stored:
        """What is sent is the cache's copy, which nobody changes between hashing and sending."""
        stored = self._cache.put(source)
        if not self.exists(stored.hash):
            with self._explained():
                obstore.put(self._bucket, key(stored.hash), self._cache.path(stored.hash))
        return stored

    def exists(self, hash: str) -> bool:
        try:
            self.size(hash)
        except NotFound:
            return False
        return True

    def size(self, hash: str) -> int:
        with self._explained():
            return obstore.head(self._bucket, key(hash))["size"]

    def read(self, hash: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        if last is not None and last < first:
            return iter(())
        with self._explained():
            # A range of an object without bytes is unsatisfiable, so all of it is asked for without one.
            span: dict[str, Any] = {} if (first, last) == (0, None) else {"range": _span(first, last)}
            found = obstore.get(self._bucket, key(hash), options=cast("GetOptions", span))
        return self._stream(found)

    def path(self, hash: str) -> Path:
        """From the cache, which checks what it takes in against the hash."""
        return self._cache.path(hash) if self._cache.has(hash) else self._cache.take(hash, self.read(hash))

    def open(self, hash: str) -> BinaryIO:
        return self.path(hash).open("rb")

    def link(self, hash: str, *, within: timedelta) -> str | None:
        with self._explained():
            return obstore.sign(self._bucket, "GET", key(hash), within)

    def _stream(self, found: "GetResult") -> Iterator[bytes]:
        with self._explained():
            for chunk in found.stream(min_chunk_size=_PART):
                yield bytes(chunk)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What the library says names hosts and keys: it goes to the log, a plain sentence to the reader."""
        try:
            yield
        except FileNotFoundError as error:
            raise gone() from error
        except BaseError as error:
            log.warning("media bucket: %s: %s", type(error).__name__, str(error).partition("\n")[0])
            raise Unavailable("The media bucket does not answer as it should; try again in a moment") from error


def _span(first: int, last: int | None) -> dict[str, int] | tuple[int, int]:
    return {"offset": first} if last is None else (first, last + 1)
