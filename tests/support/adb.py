"""The adb that tests run: the one that the product would take."""

from pathlib import Path

from greenroom.agent.tools import adb_program


def the_adb() -> Path:
    found = adb_program()
    assert found, "no adb runs here; ./greenroom test fetches one"
    return found
