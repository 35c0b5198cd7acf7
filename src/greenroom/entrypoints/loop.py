"""The event loop of a program that passes messages on: uvloop's where there is one, whose turns cost half."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

_Given = TypeVar("_Given")


def run(work: Coroutine[Any, Any, _Given]) -> _Given:
    """As asyncio.run. What is loaded by now stays: to look through it for garbage takes longer than a tap may."""
    gc.freeze()
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # type: ignore[unreachable,unused-ignore]  # where mypy runs on Windows

    return uvloop.run(work)
