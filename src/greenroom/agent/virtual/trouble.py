"""What can go wrong with a virtual phone, by name: each fault is switched on with a value and off with a false one."""

import asyncio
import contextlib
from typing import Any, Protocol

from greenroom.agent.virtual.handset import Handset

FAULTS = {
    "disconnect": "gone, as if its cable were pulled, until it is switched off",
    "flap": "gone and back again, every so many seconds",
    "half_open": "keeps its connections and answers nothing",
    "slow": "waits so many seconds before each answer",
    "hang": "takes no input, and its screen is not read",
    "unauthorised": "an Android forgets the computers it knows, and asks on its screen from now on",
    "black": "shows a protected, black screen",
    "full_storage": "has no room left",
    "low_battery": "is nearly empty",
    "crash": "this package ends as soon as it starts, or now where it runs",
    "popup": "puts a pop-up of this name in the way, once",
    "rotation": "turns to 0, 1, 2 or 3, once",
}
ONCE = frozenset({"popup", "rotation"})


class UnknownFault(ValueError):
    """No fault of this name, or not with this value; the text says which there are."""


class Served(Protocol):
    """A phone with its ports."""

    handset: Handset
    answering: asyncio.Event

    @property
    def present(self) -> bool: ...
    async def away(self) -> None: ...
    async def back(self) -> None: ...
    def ask(self, asks: bool) -> None: ...
    def asks(self) -> bool: ...


class Trouble:
    """The switches of one phone."""

    def __init__(self, phone: Served) -> None:
        self._phone = phone
        self._flapping: asyncio.Task[None] | None = None
        self._still = asyncio.Event()  # the flapping is to end

    async def set(self, faults: dict[str, Any]) -> None:
        """Switch some; UnknownFault, with none switched, when one is not known."""
        for name in faults:
            if name not in FAULTS:
                raise UnknownFault(f"There is no fault {name!r}; there are {', '.join(FAULTS)}.")
        for name, value in faults.items():
            try:
                await self._set(name, value)
            except (TypeError, ValueError) as error:
                raise UnknownFault(f"{name} is not switched with {value!r}: {error}") from error

    async def clear(self) -> None:
        """Everything works again."""
        await self.set({name: False for name in FAULTS if name not in ONCE})

    async def end(self) -> None:
        """No more coming and going, because the phone is to be closed."""
        if self._flapping:
            self._still.set()
            await self._flapping
            self._flapping = None

    def shown(self) -> dict[str, Any]:
        """The faults that are on."""
        faults = self._phone.handset.phone.faults
        found = {
            "disconnect": not self._phone.present and self._flapping is None,
            "flap": self._flapping is not None,
            "half_open": not self._phone.answering.is_set(),
            "unauthorised": self._phone.asks(),
            "slow": faults.slow_s,
            "hang": faults.hang,
            "black": faults.black,
            "full_storage": faults.full_storage,
            "low_battery": faults.low_battery,
            "crash": faults.crash,
        }
        return {name: value for name, value in found.items() if value}

    async def _set(self, name: str, value: Any) -> None:
        phone = self._phone.handset.phone
        match name:
            case "disconnect":
                await (self._phone.away() if value else self._phone.back())
            case "flap":
                await self._flap(float(value))
            case "half_open":
                self._phone.answering.clear() if value else self._phone.answering.set()
            case "unauthorised":
                self._phone.ask(bool(value))
            case "slow":
                phone.faults.slow_s = float(value)
            case "hang":
                phone.faults.hang = bool(value)
            case "black":
                phone.faults.black = bool(value)
            case "full_storage":
                phone.faults.full_storage = bool(value)
            case "low_battery":
                phone.faults.low_battery = bool(value)
            case "crash":
                self._crash(str(value or ""))
            case "popup":
                phone.popup(str(value))
            case "rotation":
                phone.rotation = int(value)
        phone.dirty()
        self._phone.handset.stirred()

    def _crash(self, package: str) -> None:
        phone = self._phone.handset.phone
        phone.faults.crash = package
        if package and package in phone.apps:
            phone.crash(package)

    async def _flap(self, seconds: float) -> None:
        if self._flapping:
            await self.end()
            await self._phone.back()
        if seconds > 0:
            self._still.clear()
            self._flapping = asyncio.ensure_future(self._come_and_go(seconds))

    async def _come_and_go(self, seconds: float) -> None:
        """Never cut short between closing a port and opening it again."""
        while not self._still.is_set():
            await self._phone.away()
            await self._pause(seconds)
            await self._phone.back()
            await self._pause(seconds)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._still.wait(), seconds)
