"""What content is by its first bytes, whatever somebody calls it."""

import re

HEAD = 4096
"""How many bytes of the beginning are enough."""

OTHER = "application/octet-stream"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime", b"avif": "image/avif"}
_ROOTS = (
    (b"<rss", "application/rss+xml"),
    (b"<rdf:rdf", "application/rss+xml"),
    (b"<feed", "application/atom+xml"),
)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s{1,20}html|<(html|head|body|script|iframe|title)[\s>]", re.IGNORECASE)


def sniff(head: bytes) -> str:
    """The media type of content that begins with `head`; `application/octet-stream` when it says nothing."""
    head = head[:HEAD]
    for magic, type_ in _MAGIC:
        if head.startswith(magic):
            return type_
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], OTHER)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return _text(head)


def _text(head: bytes) -> str:
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    root = _root(body).lower()
    for start, type_ in _ROOTS:
        if root.startswith(start):
            return type_
    if _SVG.search(body):
        return "image/svg+xml"
    if _HTML.search(body):
        return "text/html"
    if body.startswith(b"<?xml"):
        return "application/xml"
    if not body or b"\x00" in body or not _is_utf8(head):
        return OTHER
    return "application/json" if body[:1] in (b"{", b"[") else "text/plain"


def _root(body: bytes) -> bytes:
    """From the first element on: past the XML declaration, instructions and comments."""
    for opening, closing in ((b"<?", b"?>"), (b"<!--", b"-->")) * 8:
        if body.startswith(opening):
            body = body.partition(closing)[2].lstrip()
    return body


def _is_utf8(head: bytes) -> bool:
    """Whether it is text; a character cut in two at the end is still one."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(head) - error.start < 4
    return True
