"""Tokens and passwords: made here, kept only as hashes."""

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's Argon2id profile with 19 MiB, two passes; about 20 ms on one core.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each hash takes its memory: two at a time keep a storm of sign-ins from taking the machine's.
_turn = asyncio.Semaphore(2)
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def new_token() -> str:
    """256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    return bytes_hash(token.encode())


def bytes_hash(secret: bytes) -> bytes:
    """Enough for what is random; passwords have their own."""
    return hashlib.sha256(secret).digest()


async def hash_password(password: str) -> str:
    async with _turn:
        return await asyncio.to_thread(_hasher.hash, password)


async def password_matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; takes as long when nothing is stored."""
    async with _turn:
        return await asyncio.to_thread(_verify, stored, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
