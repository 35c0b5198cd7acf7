"""`greenroom doctor` about the media bucket: one that is well, and each way not to be, with how to mend it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from greenroom.entrypoints.cli.doctor import examine
from greenroom.entrypoints.doctor.bucket import PROBE, check_bucket
from greenroom.entrypoints.doctor.finding import Finding
from greenroom.infra.settings import Settings

KEYS = {"media_access_key": "someone", "media_secret_key": "something"}


def looked(home: Path, endpoint: str, bucket: str = "media") -> list[Finding]:
    return list(check_bucket(Settings(home=home, media_bucket=bucket, media_endpoint=endpoint, **KEYS)))


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client(endpoint).create_bucket(Bucket="media")
    yield endpoint
    server.stop()


def client(endpoint: str):  # type: ignore[no-untyped-def]  # boto3 has no types
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1",
        aws_access_key_id="someone", aws_secret_access_key="something",
    )  # fmt: skip


def test_a_bucket_that_is_well_and_is_left_as_it_was(s3: str, tmp_path: Path) -> None:
    found = looked(tmp_path, s3)
    assert [finding.state for finding in found] == ["ok", "ok"]
    assert "Contents" not in client(s3).list_objects_v2(Bucket="media")


def test_no_such_bucket(s3: str, tmp_path: Path) -> None:
    (found,) = looked(tmp_path, s3, bucket="elsewhere")
    assert (found.state, "no bucket elsewhere" in found.message) == ("broken", True)
    assert "GREENROOM_MEDIA_BUCKET" in found.mend


def test_nobody_answers(tmp_path: Path) -> None:
    (found,) = looked(tmp_path, "http://127.0.0.1:9")
    assert found.state == "broken"
    assert "GREENROOM_MEDIA_ENDPOINT" in found.mend
    assert "something" not in str(found)


def test_a_folder_is_asked_instead_where_there_is_no_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(check_bucket(Settings(home=tmp_path))) == []
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path))
    monkeypatch.setenv("GREENROOM_MEDIA_BUCKET", "media")
    monkeypatch.setenv("GREENROOM_MEDIA_ENDPOINT", "http://127.0.0.1:9")
    names = [finding.name for finding in examine()]
    assert "bucket" in names
    assert "media" not in names


class Odd(BaseHTTPRequestHandler):
    """A server that speaks just enough of S3 to be wrong in one way: `code` of a refusal, or a clock that is off."""

    code: str | None = None
    off = timedelta(0)
    gives = PROBE
    deletes = True

    def _answer(self, body: bytes = b"", status: int = 200) -> None:
        if self.code or (self.command in ("DELETE", "POST") and not self.deletes):
            status, body = 403, f"<Error><Code>{self.code or 'AccessDenied'}</Code></Error>".encode()
        self.send_response(status)
        at = datetime.now(UTC) + self.off
        self.send_header("Last-Modified", at.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def do_GET(self) -> None:
        self._answer(self.gives)

    def do_HEAD(self) -> None:
        self._answer(self.gives)

    def do_DELETE(self) -> None:
        self._answer(status=204)

    def do_POST(self) -> None:
        """The library deletes with a list of one; it is told that all went well."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(b"<DeleteResult><Deleted><Key>probe</Key></Deleted></DeleteResult>")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to the terminal."""


@pytest.mark.parametrize(
    ("wrong", "state", "message", "mend"),
    [
        ({"code": "AccessDenied"}, "broken", "refuses this key", "s3:PutObject"),
        ({"code": "RequestTimeTooSkewed"}, "broken", "clock is more than 15 minutes off", "clock"),
        ({"off": timedelta(minutes=-5)}, "warn", " s apart", "clock"),
        ({"gives": b"something else!!"}, "broken", "other bytes", "changes what passes"),
        ({"deletes": False}, "warn", "may delete nothing", "s3:DeleteObject"),
    ],
    ids=["key", "clock far off", "clock off", "bytes", "deleting"],
)
def test_what_is_wrong_says_how_to_mend_it(
    tmp_path: Path, wrong: dict[str, object], state: str, message: str, mend: str
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Wrong", (Odd,), wrong))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        found = looked(tmp_path, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
    (one,) = [finding for finding in found if finding.state != "ok"]
    assert one.state == state
    assert message in one.message
    assert mend in one.mend
