"""The element tree by `uiautomator dump`; one at a time, because a phone lets only one program look."""

import asyncio
from dataclasses import dataclass, field

from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.tree_xml import BadTree, android, read_tree
from greenroom.agent.errors import Busy, Refused
from greenroom.agent.phone_values import Element

FILE = "/data/local/tmp/greenroom-tree.xml"
OWNED = "is looked at by another test tool: end uiautomator2, Appium or a recorder on it, then try again"
RESTLESS = "does not come to rest: an animation or a video plays; wait, or go by its picture"


@dataclass(slots=True)
class Trees:
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, shell: Shell) -> Element:
        """What is on the screen as elements; Busy when it never rests or somebody else looks."""
        async with self._turn:
            done = await shell.line(f"rm -f {FILE}; uiautomator dump --compressed {FILE} && cat {FILE}")
        text = done.text
        if "already registered" in text + done.words or "UiAutomationService" in done.words:
            raise Busy(shell.name, OWNED)
        if "could not get idle state" in text + done.words:
            raise Busy(shell.name, RESTLESS)
        at = text.find("<?xml")
        if at < 0:
            raise Refused(shell.name, f"gave no list of elements: {done.words or 'it said nothing'}")
        try:
            return read_tree(text[at : text.rfind(">") + 1], android)
        except BadTree as error:
            raise Refused(shell.name, f"gave a list of elements that cannot be read: {error}") from error
