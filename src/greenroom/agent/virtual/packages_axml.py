"""Android's binary XML, as manifests in APK files are written: enough to read any manifest and to write a small one.

Layout after `ResourceTypes.h`: a header, a pool of strings, a map of attribute ids, then elements with typed values.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

XML, POOL, MAP, OPENED, CLOSED = 0x0003, 0x0001, 0x0180, 0x0102, 0x0103
UTF8 = 1 << 8
STRING, DECIMAL = 0x03, 0x10
NONE = 0xFFFFFFFF
IDS = {
    "label": 0x01010001, "name": 0x01010003, "minSdkVersion": 0x0101020C, "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
}  # fmt: skip
NAMES = {number: name for name, number in IDS.items()}


class BadManifest(ValueError):
    """No binary XML, or a broken one."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One element: its name, its attributes without namespaces, and how deep it lies."""

    name: str
    attributes: dict[str, str | int]
    depth: int = 0


@dataclass(slots=True)
class _Reader:
    data: bytes
    strings: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    def tags(self) -> Iterator[Tag]:
        kind, size, _total = struct.unpack_from("<HHI", self.data)
        if kind != XML:
            raise BadManifest("no binary XML")
        at, depth = size, 0
        while at + 8 <= len(self.data):
            kind, head, total = struct.unpack_from("<HHI", self.data, at)
            if total < 8:
                raise BadManifest("a chunk without a length")
            if kind == POOL:
                self._pool(at)
            elif kind == MAP:
                self.ids = list(struct.unpack_from(f"<{(total - head) // 4}I", self.data, at + head))
            elif kind == OPENED:
                yield self._tag(at + head, depth)
                depth += 1
            elif kind == CLOSED:
                depth -= 1
            at += total

    def _pool(self, at: int) -> None:
        _, head, _, count, _, flags, begin, _ = struct.unpack_from("<HHIIIIII", self.data, at)
        for offset in struct.unpack_from(f"<{count}I", self.data, at + head):
            self.strings.append(self._string(at + begin + offset, wide=not flags & UTF8))

    def _string(self, at: int, *, wide: bool) -> str:
        if wide:
            length, at = struct.unpack_from("<H", self.data, at)[0], at + 2
            if length & 0x8000:
                length, at = (length & 0x7FFF) << 16 | struct.unpack_from("<H", self.data, at)[0], at + 2
            return self.data[at : at + 2 * length].decode("utf-16-le", "replace")
        at = self._length(at)[1]  # the count of characters comes before that of bytes
        length, at = self._length(at)
        return self.data[at : at + length].decode("utf-8", "replace")

    def _length(self, at: int) -> tuple[int, int]:
        """A length of one or two bytes, and where it ends."""
        first = self.data[at]
        return ((first & 0x7F) << 8 | self.data[at + 1], at + 2) if first & 0x80 else (first, at + 1)

    def _tag(self, at: int, depth: int) -> Tag:
        _, name, start, size, count = struct.unpack_from("<IIHHH", self.data, at)
        found: dict[str, str | int] = {}
        for number in range(count):
            _, key, raw, _, _, kind, value = struct.unpack_from("<IIIHBBI", self.data, at + start + number * size)
            known = NAMES.get(self.ids[key]) if key < len(self.ids) else None
            text = self.strings[raw] if raw != NONE else self.strings[value] if kind == STRING else None
            found[known or self.strings[key]] = text if text is not None and kind == STRING else value
        return Tag(self.strings[name], found, depth)


def read_axml(data: bytes) -> list[Tag]:
    """All elements in order; BadManifest on nonsense."""
    try:
        return list(_Reader(data).tags())
    except (struct.error, IndexError) as error:
        raise BadManifest(f"the manifest is broken: {error}") from error


def write_axml(tags: list[Tag]) -> bytes:
    """The binary form of these elements; text becomes strings, numbers decimals."""
    strings = list(IDS)  # the ids' names come first, in the order of the map

    def number(text: str) -> int:
        if text not in strings:
            strings.append(text)
        return strings.index(text)

    body, open_tags = bytearray(), list[Tag]()
    for tag in tags:
        while len(open_tags) > tag.depth:
            body += _closing(number(open_tags.pop().name))
        body += _opening(tag, number)
        open_tags.append(tag)
    while open_tags:
        body += _closing(number(open_tags.pop().name))
    ids = struct.pack(f"<HHI{len(IDS)}I", MAP, 8, 8 + 4 * len(IDS), *IDS.values())
    rest = _pool_of(strings) + ids + body
    return struct.pack("<HHI", XML, 8, 8 + len(rest)) + rest


def _opening(tag: Tag, number: Callable[[str], int]) -> bytes:
    attributes = bytearray()
    order = list(IDS)
    for name, value in sorted(tag.attributes.items(), key=lambda one: order.index(one[0]) if one[0] in order else 99):
        is_text = isinstance(value, str)
        data = number(value) if isinstance(value, str) else value
        attributes += struct.pack(
            "<IIIHBBI", NONE, number(name), data if is_text else NONE, 8, 0, STRING if is_text else DECIMAL, data
        )
    head = struct.pack("<IIHHHHHH", NONE, number(tag.name), 20, 20, len(tag.attributes), 0, 0, 0)
    return struct.pack("<HHIII", OPENED, 16, 36 + len(attributes), 1, NONE) + head + attributes


def _closing(name: int) -> bytes:
    return struct.pack("<HHIIIII", CLOSED, 16, 24, 1, NONE, NONE, name)


def _pool_of(strings: list[str]) -> bytes:
    offsets, data = [], bytearray()
    for text in strings:
        offsets.append(len(data))
        data += struct.pack("<H", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le") + b"\0\0"
    data += bytes(-len(data) % 4)
    begin = 28 + 4 * len(strings)
    head = struct.pack("<HHIIIIII", POOL, 28, begin + len(data), len(strings), 0, 0, begin, 0)
    return head + struct.pack(f"<{len(strings)}I", *offsets) + data
