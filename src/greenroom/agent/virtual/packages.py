"""APK files for virtual phones: reading what an installer has to know of any APK, and writing small sample ones.

A sample is a real zip with a binary manifest, perhaps native folders, and a signer's block that only names its signer:
no real phone would take it, and nothing in it runs.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.packages_axml import BadManifest, Tag, read_axml, write_axml

NAME = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+")
MANIFEST_MOST = 4 << 20  # bytes, unpacked
ENTRIES_MOST = 200_000
SCHEME_2, SCHEME_3 = 0x7109871A, 0xF05368C0
MAGIC = b"APK Sig Block 42"


class BadPackage(Exception):
    """An APK that Android refuses: `code` is Android's own, the text its reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Apk:
    """What the installer reads of one file; `split` is empty for the base."""

    name: str
    code: int
    version: str
    split: str
    label: str
    signer: str
    minimum_sdk: int
    activity: str
    abis: tuple[str, ...]
    permissions: tuple[str, ...]
    size: int

    def package(self, splits: tuple[str, ...] = (), size: int | None = None) -> Package:
        return Package(
            name=self.name, label=self.label or self.name.rpartition(".")[2].capitalize(), version=self.version,
            code=self.code, activity=self.activity, size=self.size if size is None else size, signer=self.signer,
            abis=self.abis, splits=splits, permissions=self.permissions, minimum_sdk=self.minimum_sdk,
        )  # fmt: skip


def read_apk(data: bytes) -> Apk:
    """What is in an APK file; BadPackage with Android's code when it is none, broken or not signed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > ENTRIES_MOST:
                raise BadPackage("INSTALL_PARSE_FAILED_NOT_APK", "Failed to parse: too many entries")
            tags = _manifest(archive)
            signer = _signer(archive, names, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, struct.error, zlib.error) as error:
        raise BadPackage("INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse: {error}") from error
    apk = _facts(tags, signer, names, len(data))
    if not NAME.fullmatch(apk.name):
        raise BadPackage("INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME", f"bad package name {apk.name!r}")
    if not signer:
        raise BadPackage("INSTALL_PARSE_FAILED_NO_CERTIFICATES", "Failed collecting certificates: no signature found")
    return apk


def write_apk(package: Package, *, split: str = "", padding: int = 0, abis: tuple[str, ...] | None = None) -> bytes:
    """A sample APK of `package`, the base or one split; `padding` bytes that do not compress make it larger."""
    manifest: dict[str, str | int] = {
        "package": package.name,
        "versionCode": package.code,
        "versionName": package.version,
    }
    tags = [Tag("manifest", manifest | ({"split": split} if split else {}))]
    if not split:
        tags += [Tag("uses-sdk", {"minSdkVersion": package.minimum_sdk}, 1)]
        tags += [Tag("uses-permission", {"name": name}, 1) for name in package.permissions]
        tags += [
            Tag("application", {"label": package.label}, 1),
            Tag("activity", {"name": package.activity}, 2),
            Tag("intent-filter", {}, 3),
            Tag("action", {"name": "android.intent.action.MAIN"}, 4),
            Tag("category", {"name": "android.intent.category.LAUNCHER"}, 4),
        ]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, compress_type=how)

        put("AndroidManifest.xml", write_axml(tags))
        put("classes.dex", b"dex\n039\0")
        for abi in package.abis if abis is None else abis:
            put(f"lib/{abi}/libsample.so", b"\x7fELF")
        if padding:
            put("assets/padding.bin", hashlib.shake_128(package.name.encode()).digest(padding), zipfile.ZIP_STORED)
        put("META-INF/CERT.RSA", package.signer.encode())
    return held.getvalue()


def _manifest(archive: zipfile.ZipFile) -> list[Tag]:
    try:
        info = archive.getinfo("AndroidManifest.xml")
    except KeyError as error:
        raise BadPackage("INSTALL_PARSE_FAILED_BAD_MANIFEST", "Failed to parse: no AndroidManifest.xml") from error
    if info.file_size > MANIFEST_MOST:
        raise BadPackage("INSTALL_PARSE_FAILED_BAD_MANIFEST", "Failed to parse: the manifest is too large")
    try:
        return read_axml(archive.read(info))
    except BadManifest as error:
        raise BadPackage("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", f"Failed to parse: {error}") from error


def _facts(tags: list[Tag], signer: str, names: list[str], size: int) -> Apk:
    if not tags or tags[0].name != "manifest":
        raise BadPackage("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", "Failed to parse: no <manifest>")
    root = tags[0].attributes
    label = next((str(tag.attributes.get("label", "")) for tag in tags if tag.name == "application"), "")
    minimum = next((tag.attributes.get("minSdkVersion", 1) for tag in tags if tag.name == "uses-sdk"), 1)
    return Apk(
        name=str(root.get("package", "")),
        code=_whole(root.get("versionCode", 0)),
        version=str(root.get("versionName", "")),
        split=str(root.get("split", "")),
        label="" if label.isdigit() else label,
        signer=signer,
        minimum_sdk=_whole(minimum),
        activity=_launcher(tags) or ".MainActivity",
        abis=tuple(sorted({name.split("/")[1] for name in names if name.startswith("lib/") and name.count("/") > 1})),
        permissions=tuple(str(tag.attributes.get("name", "")) for tag in tags if tag.name == "uses-permission"),
        size=size,
    )


def _whole(value: str | int) -> int:
    return int(value) if str(value).isdigit() else 0


def _launcher(tags: list[Tag]) -> str:
    activity = ""
    for tag in tags:
        if tag.name in ("activity", "activity-alias"):
            activity = str(tag.attributes.get("name", ""))
        elif tag.name == "category" and tag.attributes.get("name") == "android.intent.category.LAUNCHER":
            return activity
    return ""


def _signer(archive: zipfile.ZipFile, names: list[str], data: bytes) -> str:
    """A short name of whoever signed: of the signature's certificate, or of the older block of certificates."""
    certificate = _certificate(data)
    if certificate is not None:
        return hashlib.sha256(certificate).hexdigest()[:16]
    block = next((name for name in names if re.fullmatch(r"META-INF/[^/]+\.(RSA|DSA|EC)", name)), None)
    if block is None or archive.getinfo(block).file_size > MANIFEST_MOST:
        return ""
    found = archive.read(block)
    return found.decode() if found.isascii() and len(found) < 64 else hashlib.sha256(found).hexdigest()[:16]


def _certificate(data: bytes) -> bytes | None:
    """The first certificate in the APK signing block, which lies before the zip's directory."""
    end = data.rfind(b"PK\5\6")
    if end < 0 or end + 20 > len(data):
        return None
    directory = struct.unpack_from("<I", data, end + 16)[0]
    if data[directory - 16 : directory] != MAGIC:
        return None
    size = struct.unpack_from("<Q", data, directory - 24)[0]
    at, stop = directory - size, directory - 24
    while at + 12 <= stop:
        length, kind = struct.unpack_from("<QI", data, at)
        if kind in (SCHEME_2, SCHEME_3):
            signed = _first(_first(_first(data[at + 12 : at + 8 + length])))
            digests = struct.unpack_from("<I", signed)[0]
            return _first(_first(signed[4 + digests :]))
        at += 8 + length
    return None


def _first(data: bytes) -> bytes:
    """The content of the first length-prefixed part."""
    return data[4 : 4 + struct.unpack_from("<I", data)[0]] if len(data) >= 4 else b""
