"""Content is what its first bytes are."""

import pytest

from greenroom.infra.fetch.sniff import sniff


@pytest.mark.parametrize(
    ("head", "type_"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00AVI ", "application/octet-stream"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x18ftypqt  ", "video/quicktime"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"<?xml version='1.0'?><!-- a --><rss version='2.0'><title>x</title>", "application/rss+xml"),
        (b"\xef\xbb\xbf<feed xmlns='x'>", "application/atom+xml"),
        (b"<?xml version='1.0'?><a><svg >", "image/svg+xml"),
        (b"  <!DOCTYPE  html>", "text/html"),
        (b"hello <script>alert(1)</script>", "text/html"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b'{"a": 1}', "application/json"),
        (b"Gr\xfcn, in Latin-1", "application/octet-stream"),
        ("Grü".encode()[:-1], "text/plain"),
        (b"a\x00b", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (b"<!--" * 1000, "text/plain"),
    ],
)
def test_types(head: bytes, type_: str) -> None:
    assert sniff(head) == type_
