"""What every store of media promises, asked of a folder and of a bucket.

The bucket is one of moto's server: another implementation of the S3 protocol, spoken to over real HTTP in this
process. It is faithful in protocol, not in speed or in how it fails; nothing of ours is replaced.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import boto3
import httpx
import pytest
from fastapi import FastAPI, Request, Response
from moto.server import ThreadedMotoServer

from greenroom.infra.http.ranges import Content, file_response
from greenroom.infra.settings import Settings
from greenroom.infra.store import MediaStore, Stored, link_into, open_store
from greenroom.infra.store.bucket import BucketStore
from greenroom.infra.store.folder import FolderStore
from greenroom.kit.errors import NotFound, Unavailable

HELLO = hashlib.sha256(b"hello").hexdigest()
KEYS = {"media_access_key": "someone", "media_secret_key": "something"}


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str, tmp_path: Path) -> "Bucket":
    return Bucket(s3, f"media-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12]}")


class Bucket:
    """A fresh bucket, and another client's look at it."""

    def __init__(self, endpoint: str, name: str) -> None:
        self.endpoint, self.name = endpoint, name
        self._client = boto3.client(
            "s3", endpoint_url=endpoint, region_name="us-east-1",
            aws_access_key_id="someone", aws_secret_access_key="something",
        )  # fmt: skip
        self._client.create_bucket(Bucket=name)

    def settings(self, home: Path) -> Settings:
        return Settings(home=home, media_bucket=self.name, media_endpoint=self.endpoint, **KEYS)

    def keys(self) -> list[str]:
        return [one["Key"] for one in self._client.list_objects_v2(Bucket=self.name).get("Contents", [])]

    def overwrite(self, key: str, body: bytes) -> None:
        self._client.put_object(Bucket=self.name, Key=key, Body=body)

    def delete(self, key: str) -> None:
        self._client.delete_object(Bucket=self.name, Key=key)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    if request.param == "folder":
        return open_store(Settings(home=tmp_path / "home"))
    bucket: Bucket = request.getfixturevalue("bucket")
    return open_store(bucket.settings(tmp_path / "home"))


def test_content_comes_back_under_its_hash(store: MediaStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"hello")
    assert store.put(b"hello") == store.put(tmp_path / "file") == Stored(HELLO, 5)
    assert store.exists(HELLO)
    assert store.size(HELLO) == 5
    assert store.path(HELLO).read_bytes() == b"hello"
    assert b"".join(store.read(HELLO)) == b"hello"
    with store.open(HELLO) as file:
        assert file.read() == b"hello"
    assert link_into(store, HELLO, tmp_path / "work", "greeting.txt").read_bytes() == b"hello"


def test_no_content_is_content_too(store: MediaStore) -> None:
    nothing = store.put(b"")
    assert nothing.size == store.size(nothing.hash) == 0
    assert b"".join(store.read(nothing.hash)) == b""


@pytest.mark.parametrize(
    ("first", "last"), [(0, 0), (0, 9), (3, 5), (9, 9), (2_999_990, 2_999_999), (1_048_575, 1_048_577), (5, None)]
)
def test_parts(store: MediaStore, first: int, last: int | None) -> None:
    content = bytes(range(250)) * 12_000
    kept = store.put(content)
    assert b"".join(store.read(kept.hash, first, last)) == content[first : None if last is None else last + 1]


@pytest.mark.parametrize("hash", ["0" * 64, "", "../../etc/passwd", HELLO.upper(), HELLO + "/x"])
def test_what_is_not_kept_is_not_found(store: MediaStore, hash: str) -> None:
    store.put(b"hello")
    asks: list[Callable[[str], object]] = [store.path, store.open, store.size, store.read]
    for ask in asks:
        with pytest.raises(NotFound):
            ask(hash)


def test_what_breaks_while_it_is_put_leaves_nothing(store: MediaStore, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=str(tmp_path)):
        store.put(tmp_path)
    assert not store.exists(hashlib.sha256(b"").hexdigest())


def test_many_at_once_agree(store: MediaStore) -> None:
    kept: list[Stored] = []
    threads = [threading.Thread(target=lambda: kept.append(store.put(b"hello" * 10_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 8
    assert len(set(kept)) == 1


def test_a_link_works_for_whoever_holds_it_or_there_is_none(store: MediaStore) -> None:
    kept = store.put(b"hello")
    link = store.link(kept.hash, within=timedelta(minutes=5))
    assert (link is None) == isinstance(store, FolderStore)
    if link is not None:
        assert httpx.get(link, trust_env=False).content == b"hello"
        assert "X-Amz-Expires=300" in link


def test_the_settings_choose(bucket: Bucket, tmp_path: Path) -> None:
    assert isinstance(open_store(Settings(home=tmp_path)), FolderStore)
    assert isinstance(open_store(bucket.settings(tmp_path)), BucketStore)
    assert "something" not in repr(bucket.settings(tmp_path))


def test_another_machine_reads_from_the_bucket_and_only_what_it_asks_for(bucket: Bucket, tmp_path: Path) -> None:
    kept = open_store(bucket.settings(tmp_path / "one")).put(b"hello" * 1000)
    assert bucket.keys() == [f"{kept.hash[:2]}/{kept.hash[2:4]}/{kept.hash}"]
    other = open_store(bucket.settings(tmp_path / "other"))
    cached = tmp_path / "other" / "cache" / "media" / kept.hash[:2] / kept.hash[2:4] / kept.hash
    assert b"".join(other.read(kept.hash, 5, 9)) == b"hello"
    assert not cached.exists()
    assert other.path(kept.hash) == cached
    bucket.delete(bucket.keys()[0])
    assert cached.read_bytes() == b"hello" * 1000
    assert not other.exists(kept.hash)


async def test_a_reader_gets_a_part_and_the_file_stays_in_the_bucket(bucket: Bucket, tmp_path: Path) -> None:
    kept = open_store(bucket.settings(tmp_path / "one")).put(b"0123456789" * 1000)
    other = open_store(bucket.settings(tmp_path / "other"))
    app = FastAPI()

    @app.get("/")
    def get(request: Request) -> Response:
        return file_response(request, Content(other, kept.hash, kept.size), tag=kept.hash, type="video/mp4")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://reader") as reader:
        part = await reader.get("/", headers={"Range": "bytes=9995-"})
        assert (part.status_code, part.content) == (206, b"56789")
        assert (await reader.get("/")).content == b"0123456789" * 1000
    assert not any((tmp_path / "other" / "cache" / "media").glob("??/??/*"))


def test_content_that_was_changed_in_the_bucket_is_not_taken(bucket: Bucket, tmp_path: Path) -> None:
    kept = open_store(bucket.settings(tmp_path / "one")).put(b"hello")
    bucket.overwrite(bucket.keys()[0], b"other")
    with pytest.raises(Unavailable, match="other content"):
        open_store(bucket.settings(tmp_path / "two")).path(kept.hash)


def test_a_bucket_that_is_away_says_so_without_its_address(tmp_path: Path) -> None:
    away = open_store(Settings(home=tmp_path, media_bucket="media", media_endpoint="http://127.0.0.1:9", **KEYS))
    with pytest.raises(Unavailable, match="does not answer") as refused:
        away.exists(HELLO)
    assert "127.0.0.1" not in refused.value.detail
