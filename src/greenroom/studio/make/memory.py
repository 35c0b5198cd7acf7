"""Gives freed memory back to the system, which the allocator would otherwise keep for this process."""

import ctypes
import gc
import sys


def give_back() -> None:
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl does not
        if trim is not None:
            trim(0)
