"""WebDriverAgent's answers and errors, as values; pure."""

import base64
import binascii
import json
from typing import Any

from greenroom.agent.errors import Busy, NotSupported, PhoneError, Refused, plain

LOST_SESSION = ("invalid session id", "no such driver", "session does not exist")
# A session only starts what it is told to, and never waits for a screen to come to rest.
CAPABILITIES = {
    "shouldWaitForQuiescence": False,
    "forceAppLaunch": False,
    "shouldTerminateApp": False,
    "disableAutomaticScreenshots": True,
}
SETTINGS = {
    "waitForIdleTimeout": 0,
    "animationCoolOffTimeout": 0,
    "snapshotMaxDepth": 50,
}


class SessionLost(Exception):
    """The session that was named is over: make another one."""


def read_answer(phone: str, status: int, body: bytes) -> Any:
    """The `value`; SessionLost or a PhoneError where it is one."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(
            phone, f"answered {status} with what is no JSON: is WebDriverAgent behind that address?"
        ) from error
    value = found.get("value") if isinstance(found, dict) else None
    if isinstance(value, dict) and isinstance(value.get("error"), str):
        raise _error(phone, value["error"], str(value.get("message", "")))
    if isinstance(found, dict) and isinstance(found.get("status"), int) and found["status"] > 0:
        raise _error(phone, "unknown error", str(value))
    if status >= 400:
        raise _error(phone, f"HTTP {status}", str(value))
    return value


def read_session(body: bytes) -> str:
    """The id of a new session, which stands in either of two places."""
    found = json.loads(body)
    value = found.get("value")
    id = found.get("sessionId") or (value.get("sessionId") if isinstance(value, dict) else None)
    return id if isinstance(id, str) else ""


def read_base64(phone: str, value: object) -> bytes:
    try:
        return base64.b64decode(value if isinstance(value, str) else "", validate=False)
    except (binascii.Error, ValueError) as error:
        raise Refused(phone, "sent what is no base64") from error


def number(value: object) -> float:
    """A number out of JSON, 0 where there is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _error(phone: str, error: str, message: str) -> Exception:
    words = f"{error} {message}".lower()
    if any(one in words for one in LOST_SESSION):
        return SessionLost(error)
    return _trouble(phone, error, message, words)


def _trouble(phone: str, error: str, message: str, words: str) -> PhoneError:
    if "unknown command" in words or "unhandled endpoint" in words or "http 404" in words:
        return NotSupported(phone, "has a WebDriverAgent that cannot do that: install a newer one")
    if "timeout" in error.lower() or "timed out" in words:
        return Busy(phone, "was too busy to do it: its app does not answer; wait, or start the app again")
    if "is locked" in words or "device is locked" in words:
        return Busy(phone, "is locked: unlock it, and set Auto-Lock to Never")
    if "is not installed" in words or "unable to launch" in words or "failed to launch" in words:
        return Refused(phone, "has no such app: install it first")
    return Refused(phone, f"refused: {plain(message or error, 200)}")
