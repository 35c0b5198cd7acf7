"""A false OpenID provider on loopback, for what a certified one never does: every word that it says can be bent."""

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jws
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64encode

US = "greenroom"


class FalseProvider:
    """Gives out whatever `token` makes of the honest claims; `documents` and `keys` can be replaced too."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.keys: dict[str, Any] = {"keys": [self.key.as_dict(private=False)]}
        self.changes: dict[str, Any] = {}
        self.token: Callable[[dict[str, Any]], str] = self.signed
        self.nonce = ""
        self.raw: dict[str, bytes] = {}
        self.asked: list[str] = []

    def claims(self) -> dict[str, Any]:
        now = int(time.time())
        return {
            "iss": self.issuer, "aud": US, "sub": "eve", "iat": now, "exp": now + 300, "nonce": self.nonce,
            "email": "eve@example.com", "email_verified": True,
        }  # fmt: skip

    def signed(self, claims: dict[str, Any], *, alg: str = "RS256", key: Any = None, **header: Any) -> str:
        key = self.key if key is None else key
        return jws.serialize_compact({"alg": alg, "kid": "one", **header}, json.dumps(claims), key, algorithms=[alg])

    def with_public_key_as_secret(self, claims: dict[str, Any]) -> str:
        """The oldest trick: our public key is the HMAC's secret."""
        text = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
        digest = hmac.digest(self.key.as_pem(private=False), text.encode(), "sha256")
        return f"{text}.{urlsafe_b64encode(digest).decode()}"

    def signed_by_hand(self, claims: dict[str, Any], **header: Any) -> str:
        """With headers that a library would not write."""
        text = f"{_part({'alg': 'RS256', 'kid': 'one', **header})}.{_part(claims)}"
        signature = self.key.private_key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{text}.{urlsafe_b64encode(signature).decode()}"

    def unsigned(self, claims: dict[str, Any]) -> str:
        return f"{_part({'alg': 'none'})}.{_part(claims)}."

    def answer(self, path: str) -> bytes:
        self.asked.append(path)
        if path in self.raw:
            return self.raw[path]
        if path.endswith("/openid-configuration"):
            return _json(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/auth",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/jwks",
                    "userinfo_endpoint": f"{self.issuer}/me",
                    **self.changes,
                }
            )
        if path == "/jwks":
            return _json(self.keys)
        if path == "/token":
            return _json({"access_token": "at", "token_type": "Bearer", "id_token": self.token(self.claims())})
        return _json({"sub": "somebody else", "email": "eve@example.com", "email_verified": True})


@asynccontextmanager
async def false_provider() -> AsyncIterator[FalseProvider]:
    """The liar, listening until the block ends."""
    liar = FalseProvider()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            writer.write(liar.answer(head.split(" ")[1]))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            """The other side had enough."""
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    liar.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield liar


def plain(content: bytes, status: str = "200 OK") -> bytes:
    """A whole answer of a web server."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content


def _json(value: dict[str, Any]) -> bytes:
    return plain(json.dumps(value).encode())


def _part(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()
