"""A provider that lies (tests/support/false_provider.py): nothing that it bends opens the door."""

import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from greenroom.infra.context import House
from tests.support.false_provider import US, FalseProvider, false_provider, plain
from tests.support.studio import browser

Bend = Callable[[FalseProvider, dict[str, Any]], str]


@pytest.fixture
async def liar() -> AsyncIterator[FalseProvider]:
    async with false_provider() as running:
        yield running


@pytest.fixture
def house(house: House, liar: FalseProvider) -> House:
    allow = urlsplit(liar.issuer).netloc
    return replace(house, settings=house.settings.model_copy(update={"fetch_allow": allow}))


@pytest.fixture
async def provider(producer: httpx.AsyncClient, liar: FalseProvider) -> str:
    client = (await producer.get("/clients")).json()["items"][0]["id"]
    eve = {"name": "Eve", "email": "eve@example.com", "access": [{"client_id": client, "level": "full"}]}
    assert (await producer.post("/users", json=eve)).status_code == 201
    form = {
        "name": "Liar", "issuer": liar.issuer, "oauth_client_id": US, "secret": "s" * 24, "enabled": True,
        "tie_domains": ["example.com"],
    }  # fmt: skip
    made = await producer.post("/identity-providers", json=form)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


@pytest.fixture
async def web(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(house) as client:
        yield client


async def entered(web: httpx.AsyncClient, provider: str, liar: FalseProvider) -> str:
    """Where the browser ends, when the provider sends it back as an honest one would."""
    begun = await web.post(f"/session/oidc/{provider}", json={})
    assert begun.status_code == 200, begun.text
    asked = parse_qs(urlsplit(begun.json()["address"]).query)
    liar.nonce = asked["nonce"][0]
    answer = await web.get("/session/oidc/return", params={"state": asked["state"][0], "code": "c"})
    return answer.headers["location"]


async def test_when_it_tells_the_truth_it_is_believed(
    web: httpx.AsyncClient, provider: str, liar: FalseProvider
) -> None:
    """So that what follows fails for the one thing that is bent."""
    assert await entered(web, provider, liar) == "/"
    liar.token = liar.signed_by_hand
    assert await entered(web, provider, liar) == "/"


def with_claims(**changes: Any) -> Bend:
    return lambda liar, claims: liar.signed(claims | changes)


def without(name: str) -> Bend:
    return lambda liar, claims: liar.signed({key: value for key, value in claims.items() if key != name})


NOW = int(time.time())
LIES: dict[str, Bend] = {
    "alg none": lambda liar, claims: liar.unsigned(claims),
    "HS256 with the public key": lambda liar, claims: liar.with_public_key_as_secret(claims),
    "a weaker algorithm": lambda liar, claims: liar.signed(claims, alg="RS512"),
    "another key": lambda liar, claims: liar.signed(claims, key=RSAKey.generate_key(2048)),
    "an unknown key": lambda liar, claims: liar.signed(claims, kid="two"),
    "the key in the header": lambda liar, claims: liar.signed(
        claims, key=(own := RSAKey.generate_key(2048)), kid="three", jwk=own.as_dict(private=False)
    ),
    "no signature": lambda liar, claims: liar.signed(claims).rpartition(".")[0] + ".",
    "no token": lambda liar, claims: "a.b.c",
    "a critical extension": lambda liar, claims: liar.signed_by_hand(claims, crit=["newer"], newer=True),
    "another audience": with_claims(aud="others"),
    "more audiences without azp": with_claims(aud=[US, "others"]),
    "another azp": with_claims(aud=[US, "others"], azp="others"),
    "no audience": without("aud"),
    "another issuer": with_claims(iss="https://evil.example"),
    "no issuer": without("iss"),
    "over": with_claims(exp=NOW - 61),
    "no end": without("exp"),
    "an end that is none": with_claims(exp="tomorrow"),
    "an endless end": with_claims(exp=1e300),
    "of the future": with_claims(iat=NOW + 86_400),
    "no beginning": without("iat"),
    "not yet": with_claims(nbf=NOW + 86_400),
    "another nonce": with_claims(nonce="x" * 43),
    "no nonce": without("nonce"),
    "another access token": with_claims(at_hash="x" * 22),
    "nobody": without("sub"),
    "nobody by number": with_claims(sub=7),
    "somebody too long": with_claims(sub="x" * 256),
    "more people at userinfo": without("email"),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_bent_token_opens_nothing(
    web: httpx.AsyncClient, provider: str, liar: FalseProvider, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    bent: list[str] = []

    def bend(claims: dict[str, Any]) -> str:
        bent.append(LIES[lie](liar, claims))
        return bent[-1]

    liar.token = bend
    with caplog.at_level(logging.DEBUG):
        assert await entered(web, provider, liar) == "/sign-in?failed=provider-answer"
    assert (await web.get("/session")).status_code == 401
    assert bent
    assert bent[0] not in caplog.text
    assert "s" * 24 not in caplog.text


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/token", plain(b"{" + b" " * 300_000 + b"}"), "provider-answer"),
        ("/jwks", plain(b"[" * 200_000), "provider-answer"),
        ("/jwks", plain(b'{"keys": {}}'), "provider-answer"),
        ("/jwks", plain(b'{"keys": [1, null, {"kty": "RSA", "kid": "one"}]}'), "provider-answer"),
        ("/token", plain(b"not json"), "provider-answer"),
        ("/token", plain(b"[]"), "provider-answer"),
        ("/token", plain(b'{"access_token": "at"}'), "provider-answer"),
        ("/token", plain(b'{"error": "invalid_client"}', "401 Unauthorized"), "provider-refused"),
        ("/token", b"HTTP/1.1 302 Found\r\nLocation: /jwks\r\nContent-Length: 0\r\n\r\n", "provider-refused"),
        ("/token", b"", "provider-away"),
    ],
)  # fmt: skip
async def test_a_bent_answer_opens_nothing(
    web: httpx.AsyncClient, provider: str, liar: FalseProvider, path: str, answer: bytes, reason: str
) -> None:
    liar.raw[path] = answer
    assert await entered(web, provider, liar) == f"/sign-in?failed={reason}"
    assert (await web.get("/session")).status_code == 401


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"issuer": "https://evil.example"}, "names the issuer"),
        ({"issuer": None}, "names the issuer"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint"),
        ({"authorization_endpoint": "http://evil.example/auth"}, "is not https"),
        ({"token_endpoint": 5}, "has no token_endpoint"),
        ({"jwks_uri": "ftp://evil.example"}, "jwks_uri"),
        ({"padding": "x" * 300_000}, "more than"),
    ],
)  # fmt: skip
async def test_a_bent_document_sends_nobody_away(
    web: httpx.AsyncClient, producer: httpx.AsyncClient, provider: str, liar: FalseProvider,
    changes: dict[str, Any], says: str,
) -> None:  # fmt: skip
    liar.changes = changes
    refused = await web.post(f"/session/oidc/{provider}", json={})
    assert refused.status_code == 503
    assert "set-cookie" not in refused.headers
    checked = (await producer.post(f"/identity-providers/{provider}/check")).json()
    assert checked["fine"] is False
    assert any(says in one["about"] and not one["fine"] for one in checked["findings"]), checked


async def test_keys_are_asked_for_again_once_when_none_fits(
    web: httpx.AsyncClient, provider: str, liar: FalseProvider
) -> None:
    assert await entered(web, provider, liar) == "/"
    liar.token = lambda claims: liar.signed(claims, kid="two")
    liar.asked.clear()
    assert await entered(web, provider, liar) == "/sign-in?failed=provider-answer"
    assert liar.asked == ["/token", "/jwks"]


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
async def test_endpoints_inside_the_house_are_not_called(
    web: httpx.AsyncClient, provider: str, liar: FalseProvider, name: str
) -> None:
    """A provider may name any address; the safe client goes to public ones and to those allowed, nowhere else."""
    liar.changes = {name: "https://127.0.0.1:1/inside"}
    assert await entered(web, provider, liar) == "/sign-in?failed=provider-answer"


async def test_a_check_says_what_is_missing(producer: httpx.AsyncClient, provider: str, liar: FalseProvider) -> None:
    check = f"/identity-providers/{provider}/check"
    assert (await producer.post(check)).json()["fine"] is True
    liar.changes = {
        "response_types_supported": ["id_token"],
        "code_challenge_methods_supported": ["plain"],
        "id_token_signing_alg_values_supported": ["HS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    }
    liar.keys = {"keys": [{"kty": "oct", "k": "AA"}]}
    told = json.dumps((await producer.post(check)).json())
    for words in ("code flow", "PKCE", "RS256", "client authentication", "no key"):
        assert words in told
