"""scrcpy's control stream: each message to the phone, in order, and what the phone answers."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenroom.agent.virtual import keycodes
from greenroom.agent.virtual.android.scrcpy import messages
from greenroom.agent.virtual.android.scrcpy.messages import Message, read_message
from greenroom.agent.virtual.android.scrcpy.video import Video
from greenroom.agent.virtual.android.stream import Stream
from greenroom.agent.virtual.contracts import Action, Refused

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

ACTIONS: dict[int, Action] = {0: "down", 1: "up", 2: "move"}
DOWN, UP = 0, 1
UNIT = 32767 / 16  # of a scroll: the sixteenth of the range


@dataclass(slots=True)
class Control:
    device: "Android"
    video: Video | None
    dropped: int = 0  # touches for another size of video
    _copied: str = ""
    _pointers: list[int] = field(default_factory=list)

    async def tell(self, stream: Stream) -> None:
        """What is copied on the phone goes to the client; what the client itself has set does not."""
        phone = self.device.handset.phone
        self._copied = phone.clipboard
        with self.device.handset.watched() as changed:
            while True:
                await changed.wait()
                changed.clear()
                if phone.clipboard != self._copied:
                    self._copied = phone.clipboard
                    await stream.write(messages.clipboard_message(phone.clipboard))

    async def play(self, stream: Stream) -> None:
        """Until the client is gone; BadMessage ends it."""
        while True:
            message = await read_message(stream)
            await self.device.handset.slowly()
            await self.device.handset.ready()
            answer = self._act(message)
            if answer:
                await stream.write(answer)

    def _act(self, message: Message) -> bytes:
        handler = HANDLERS.get(message.kind)
        try:
            return handler(self, message) or b"" if handler else b""
        except Refused:
            return b""

    def _key(self, message: Message) -> None:
        action, code, repeat, _meta = message.fields
        if action == DOWN and not repeat:
            self.device.handset.key(code)

    def _text(self, message: Message) -> None:
        """By key events: letters with accents are composed, what no keyboard has is lost."""
        self.device.handset.text("".join(one for one in message.text if unicodedata.normalize("NFD", one)[0].isascii()))

    def _touch(self, message: Message) -> None:
        action, pointer, x, y, width, height, *_ = message.fields
        point = self._mapped(x, y, width, height)
        if point is None or action not in ACTIONS:
            self.dropped += 1
            return
        if pointer not in self._pointers:
            self._pointers.append(pointer)
        self.device.handset.touch(ACTIONS[action], *point, self._pointers.index(pointer))
        if action == UP and self._pointers[-1] == pointer:
            self._pointers.pop()

    def _scroll(self, message: Message) -> None:
        x, y, width, height, across, along, _buttons = message.fields
        point = self._mapped(x, y, width, height)
        if point:
            self.device.handset.phone.scroll(*point, across / UNIT, along / UNIT)
            self.device.handset.stirred()

    def _mapped(self, x: int, y: int, width: int, height: int) -> tuple[int, int] | None:
        """The point on the screen; None when it was meant for a picture of another size."""
        shown = self.device.handset.phone.size
        size = self.video.size if self.video else shown
        if (width, height) != size:
            return None
        return x * shown[0] // width, y * shown[1] // height

    def _back(self, message: Message) -> None:
        if message.fields[0] == DOWN:
            self.device.handset.key(keycodes.BACK if self.device.handset.phone.screen_on else keycodes.WAKEUP)

    def _panel(self, message: Message) -> None:
        self.device.panel("collapse" if message.kind == messages.COLLAPSE else "expand-notifications")

    def _get_clipboard(self, message: Message) -> bytes:
        return messages.clipboard_message(self.device.handset.phone.clipboard)

    def _set_clipboard(self, message: Message) -> bytes:
        sequence, paste = message.fields
        self._copied = self.device.handset.phone.clipboard = message.text
        if paste:
            self.device.handset.key(keycodes.PASTE)
        return messages.ack_message(sequence) if sequence else b""

    def _power(self, message: Message) -> None:
        self.device.handset.stirred()

    def _rotate(self, message: Message) -> None:
        self.device.rotate(0 if self.device.handset.phone.rotation % 2 else 1)

    def _start_app(self, message: Message) -> None:
        name = message.text
        force, name = name.startswith("+"), name.removeprefix("+")
        if name.startswith("?"):
            wanted = name[1:].lower()
            name = next((one.name for one in self.device.packages() if one.label.lower().startswith(wanted)), "")
        if name in self.device.package_names():
            if force:
                self.device.stop(name)
            self.device.launch(name)

    def _reset(self, message: Message) -> None:
        if self.video:
            self.video.ask_reset()


HANDLERS: dict[int, Callable[[Control, Message], bytes | None]] = {
    messages.KEY: Control._key, messages.TEXT: Control._text, messages.TOUCH: Control._touch,
    messages.SCROLL: Control._scroll, messages.BACK_OR_SCREEN_ON: Control._back,
    messages.NOTIFICATIONS: Control._panel, messages.SETTINGS: Control._panel, messages.COLLAPSE: Control._panel,
    messages.GET_CLIPBOARD: Control._get_clipboard, messages.SET_CLIPBOARD: Control._set_clipboard,
    messages.DISPLAY_POWER: Control._power, messages.ROTATE: Control._rotate, messages.START_APP: Control._start_app,
    messages.RESET_VIDEO: Control._reset,
}  # fmt: skip
