"""Whom a phone lets in: everybody, every key, or the keys that were accepted on its screen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from greenroom.agent.virtual.android.keys import PublicKey
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.model.popups import Popup

Policy = Literal["open", "always", "ask"]


@dataclass(slots=True)
class Trust:
    """`open` asks for no key, `always` accepts any, `ask` shows a question; `question` answers when it is decided."""

    policy: Policy
    question: Callable[[PublicKey], Awaitable[bool]]
    accepted: set[PublicKey] = field(default_factory=set)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def knows(self, token: bytes, signature: bytes) -> bool:
        """Whether one of the accepted keys made this signature."""
        return any(key.signed(token, signature) for key in self.accepted)

    async def accepts(self, key: PublicKey) -> bool:
        """Whether this key may come in, after a question where the policy is to ask; one question at a time."""
        if key in self.accepted or self.policy != "ask":
            self.accepted.add(key)
            return True
        async with self._asking:
            if key not in self.accepted and await self.question(key):
                self.accepted.add(key)
        return key in self.accepted


async def allowed_on_screen(handset: Handset, key: PublicKey) -> bool:
    """Ask on the phone's screen, as Android does; closing the question any other way is a no."""
    answers: list[bool] = []
    phone = handset.phone
    question = Popup(
        "usb_debugging",
        "Allow USB debugging?",
        f"The computer's RSA key fingerprint is:\n{key.fingerprint()}",
        (("cancel", "usb_cancel", lambda: answers.append(False)), ("allow", "usb_allow", lambda: answers.append(True))),
        "shield",
    )
    with handset.watched() as changed:
        phone.popups.append(question)
        phone.dirty()
        while not answers and question in phone.popups:
            changed.clear()
            await changed.wait()
            await asyncio.sleep(0)  # the button's act follows the closing
    return answers == [True]
