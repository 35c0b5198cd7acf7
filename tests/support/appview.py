"""A stand-in for Bluesky's AppView, which says so in every answer: it counts what stands in repositories of a real PDS.

Clients ask their PDS, which hands on what it does not answer itself, signed for the account, as it does with Bluesky's
own. Nothing is made up: likes, reposts and replies are the records of the members that it was told of.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.bluesky import APP_VIEW, Pds

METHOD = "app.bsky.feed.getPosts"
MOST = 25
SAYS = "a fake AppView for Greenroom's own tests"


class Refusal(Exception):
    """What an AppView says instead of an answer."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


class AppView:
    """It answers while it is open. `members` are the accounts whose repositories it knows, by their DID."""

    def __init__(self, pds: Pds) -> None:
        self.members: list[str] = []
        self.asked_for: list[str] = []
        self._pds = pds

    def posts(self, uris: list[str]) -> list[dict[str, Any]]:
        """The views of those that are there, in the lexicon's shape."""
        if not 1 <= len(uris) <= MOST:
            raise Refusal(400, "InvalidRequest", f"Params must have between 1 and {MOST} uris")
        self.asked_for += uris
        likes, reposts, posts = ([*self._all(f"app.bsky.feed.{kind}")] for kind in ("like", "repost", "post"))
        return [
            self._view(post, likes=_about(uri, likes), reposts=_about(uri, reposts), replies=_answers(uri, posts))
            for uri in uris
            for post in posts
            if post["uri"] == uri
        ]

    def _view(self, post: dict[str, Any], *, likes: int, reposts: int, replies: int) -> dict[str, Any]:
        did = post["uri"].split("/")[2]
        handle = self._pds.ask("GET", "com.atproto.repo.describeRepo", params={"repo": did}).json()["handle"]
        return {
            "$type": "app.bsky.feed.defs#postView",
            "uri": post["uri"], "cid": post["cid"], "author": {"did": did, "handle": handle},
            "record": post["value"], "indexedAt": post["value"]["createdAt"],
            "likeCount": likes, "repostCount": reposts, "replyCount": replies, "quoteCount": 0,
        }  # fmt: skip

    def _all(self, collection: str) -> Iterator[dict[str, Any]]:
        for did in self.members:
            yield from self._pds.records(did, collection)


def _about(uri: str, records: list[dict[str, Any]]) -> int:
    """How many of them are about this post; of one member's, the first alone counts."""
    return len({record["uri"].split("/")[2] for record in records if record["value"]["subject"]["uri"] == uri})


def _answers(uri: str, posts: list[dict[str, Any]]) -> int:
    return sum(post["value"].get("reply", {}).get("parent", {}).get("uri") == uri for post in posts)


@pytest.fixture
def appview(pds: Pds) -> Iterator[AppView]:
    """Where the PDS looks for one; nobody answers there before and after the test."""
    made = AppView(pds)
    server = ThreadingHTTPServer(("127.0.0.1", pds.appview_port), _answering(made))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def _answering(appview: AppView) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                status, answer = 200, _answer(appview, self.path, self.headers.get("Authorization", ""))
            except Refusal as refusal:
                status, answer = refusal.status, {"error": refusal.error, "message": refusal.message}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Fake", SAYS)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing on the tests' own output."""

    return Handler


def _answer(appview: AppView, path: str, authorization: str) -> dict[str, Any]:
    address = urlsplit(path)
    if address.path != f"/xrpc/{METHOD}":
        raise Refusal(501, "MethodNotImplemented", "Method Not Implemented")
    _check(authorization)
    return {"posts": appview.posts(parse_qs(address.query).get("uris", []))}


def _check(authorization: str) -> None:
    """That the PDS asks for an account of its own, this method and us, now. Its signature is not looked at."""
    try:
        part = authorization.removeprefix("Bearer ").split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError) as error:
        raise Refusal(401, "AuthMissing", "Authentication Required") from error
    if claims.get("aud") != APP_VIEW:
        raise Refusal(401, "BadJwtAudience", "jwt audience does not match service did")
    if claims.get("lxm") != METHOD:
        raise Refusal(401, "BadJwtLexiconMethod", f"bad jwt lexicon method, must match: {METHOD}")
    if claims.get("exp", 0) < time.time():
        raise Refusal(401, "JwtExpired", "jwt expired")
