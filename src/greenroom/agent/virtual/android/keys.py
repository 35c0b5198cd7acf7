"""The keys that adb clients sign in with: Android's form of an RSA public key, and its signature of a token.

The form (libcrypto_utils, `android_pubkey.c`): base64 of words, n0inv, modulus and R² little-endian, exponent;
then a space and the owner's name. The signature is PKCS#1 v1.5 over the 20 bytes as if they were a SHA-1 digest.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import Self

BITS = 2048
BYTES = BITS // 8
LAYOUT = struct.Struct(f"<II{BYTES}s{BYTES}sI")
SHA1 = bytes.fromhex("3021300906052b0e03021a05000414")  # DigestInfo of a SHA-1 digest


class BadKey(ValueError):
    """What came as a public key is none in Android's form."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    modulus: int
    exponent: int
    owner: str = ""

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The key in an AUTH packet; BadKey when it is none."""
        encoded, _, owner = data.rstrip(b"\0").partition(b" ")
        try:
            words, _n0, modulus, _rr, exponent = LAYOUT.unpack(base64.b64decode(encoded, validate=True))
        except (binascii.Error, struct.error) as error:
            raise BadKey("no public key in Android's form") from error
        if words * 32 != BITS or exponent not in (3, 65537):
            raise BadKey(f"a key of {words * 32} bits with the exponent {exponent} is not accepted")
        return cls(int.from_bytes(modulus, "little"), exponent, owner.decode("utf-8", "replace"))

    def fingerprint(self) -> str:
        """MD5 as Android shows it in its question: AB:CD:…"""
        raw = self.modulus.to_bytes(BYTES, "little")
        digest = hashlib.md5(raw, usedforsecurity=False).hexdigest().upper()
        return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))

    def signed(self, token: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over `token`."""
        if len(signature) != BYTES:
            return False
        tail = SHA1 + token
        padded = b"\0\1" + b"\xff" * (BYTES - len(tail) - 3) + b"\0" + tail
        found = pow(int.from_bytes(signature, "big"), self.exponent, self.modulus)
        return found.to_bytes(BYTES, "big") == padded
