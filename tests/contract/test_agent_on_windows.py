"""An agent runs on Windows, too: it needs no module of Python's that only other systems have."""

import subprocess
import sys

UNIX_ONLY = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "uvloop")
"""Of the standard library by its documentation ("Availability: Unix"), and the event loop that is for others alone."""
AGENT = ("greenroom.entrypoints.cli.agent", "greenroom.entrypoints.agent_run", "greenroom.agent.program.enrol")


def test_an_agent_can_be_loaded_without_what_windows_lacks() -> None:
    lacking = f"import os, sys; sys.modules.update(dict.fromkeys({UNIX_ONLY!r}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{lacking}; import {', '.join(AGENT)}"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
