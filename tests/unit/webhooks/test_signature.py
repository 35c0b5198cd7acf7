"""Signatures as Standard Webhooks describes them, checked by code that knows only its text."""

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from greenroom.tenancy.webhooks.signature import body_of, headers_of, new_secret
from greenroom_dev import ROOT
from tests.support.webhook_receiver import signatures_that_hold

AT = datetime(2026, 11, 21, 9, 0, 0, 250_000, tzinfo=UTC)
ORGANISATION, CLIENT, EVENT, POST = (UUID(int=number) for number in (1, 2, 3, 4))


def event(**instead: object) -> dict[str, object]:
    told = {
        "id": EVENT, "kind": "channels.post.published", "at": AT, "client_id": CLIENT, "subject_type": "post",
        "subject_id": POST, "message": "„Brot“ is out", "severity": "info", "data": {"n": 1},
    }  # fmt: skip
    return {**told, **instead}


def test_the_reference_vector() -> None:
    """The example of the reference implementations' own tests."""
    sent = dict(
        headers_of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            datetime.fromtimestamp(1614265330, UTC),
            b'{"test": 2432232314}',
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        )
    )
    assert sent["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert sent["webhook-timestamp"] == "1614265330"
    assert sent["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_fresh_and_long_enough() -> None:
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert {len(base64.b64decode(one.removeprefix("whsec_"))) for one in made} == {32}


def test_what_is_signed_holds_and_nothing_else_does() -> None:
    secret, body = new_secret(), body_of(ORGANISATION, event())
    sent = dict(headers_of(EVENT, AT, body, [secret]))
    assert signatures_that_hold(secret, sent, body) == 1
    assert signatures_that_hold(new_secret(), sent, body) == 0
    assert signatures_that_hold(secret, sent, body + b" ") == 0
    assert signatures_that_hold(secret, {**sent, "webhook-id": str(POST)}, body) == 0
    assert signatures_that_hold(secret, {**sent, "webhook-timestamp": "1"}, body) == 0


def test_two_secrets_sign_one_after_the_other() -> None:
    new, old = new_secret(), new_secret()
    body = body_of(ORGANISATION, event())
    sent = dict(headers_of(EVENT, AT, body, [new, old]))
    assert sent["webhook-signature"].count("v1,") == 2
    assert signatures_that_hold(new, sent, body) == signatures_that_hold(old, sent, body) == 1


def test_the_body_says_what_the_live_stream_says() -> None:
    assert json.loads(body_of(ORGANISATION, event())) == {
        "id": str(EVENT),
        "type": "channels.post.published",
        "time": "2026-11-21T09:00:00.250000+00:00",
        "organisation": str(ORGANISATION),
        "client": str(CLIENT),
        "subject": {"type": "post", "id": str(POST)},
        "message": "„Brot“ is out",
        "severity": "info",
        "data": {"n": 1},
    }
    bare = json.loads(body_of(ORGANISATION, event(client_id=None, subject_type=None, subject_id=None)))
    assert (bare["client"], bare["subject"]) == (None, None)


def test_the_bytes_do_not_depend_on_the_database_connections_zone() -> None:
    elsewhere = event(at=AT.astimezone(timezone(timedelta(hours=2))))
    assert body_of(ORGANISATION, elsewhere) == body_of(ORGANISATION, event())


def test_the_guides_example_checks_what_is_sent() -> None:
    guide = (ROOT / "docs" / "guides" / "webhooks.md").read_text()
    example = guide.partition("```python\n")[2].partition("```")[0]
    scope: dict[str, Any] = {}
    exec(example, scope)  # noqa: S102 - the repository's own guide
    check = scope["is_from_greenroom"]
    new, old = new_secret(), new_secret()
    body = body_of(ORGANISATION, event())
    sent = dict(headers_of(EVENT, datetime.now(UTC), body, [new, old]))
    assert check(new, sent, body)
    assert check(old, sent, body)
    assert not check(new, sent, body + b" ")
    assert not check(new_secret(), sent, body)
    late = dict(headers_of(EVENT, datetime.now(UTC) - timedelta(minutes=6), body, [new]))
    assert not check(new, late, body)
