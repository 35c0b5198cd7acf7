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
    if sys.platform != "win32":
        import uvloop

        return uvloop.run(work)
    else:
        return asyncio.run(work)
