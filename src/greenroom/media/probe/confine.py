"""Limits that this process puts on itself before it reads anything: memory, time, files, and no network."""

import ctypes
import os
import resource

MEMORY = 1_500_000_000
CPU_SECONDS = 60
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def confine(*, largest_file: int) -> None:
    """For the rest of this process. Without the kernel's leave for namespaces, the network stays reachable."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.nice(5)
    if hasattr(ctypes.CDLL(None), "unshare"):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)
