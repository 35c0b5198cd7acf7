"""An agent without phones: enrolled as any other, it tells the server of whatever phones a test wants, on the wire."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.sync.client import ClientConnection, connect

from greenroom.wire import control
from greenroom.wire.messages import TO_AGENT, Beat, Challenge, Hello, Message, Phones, Proof, Seen, Welcome
from greenroom.wire.proof import signed_bytes
from greenroom.wire.version import VERSION

_PROGRAM = "0.1.0"


@dataclass
class PaperAgent:
    """`id`: the agent's. What it is told besides its beats is not looked at."""

    id: UUID
    line: ClientConnection
    _over: threading.Event = field(default_factory=threading.Event)

    def tell(self, *phones: Seen) -> None:
        """All phones that it has from now on."""
        self._say(Phones(phones))

    def keep_alive(self) -> None:
        """Beat until the connection ends."""
        count = 0
        while not self._over.wait(1):
            count += 1
            self._say(Beat(count))

    def stop(self) -> None:
        self._over.set()
        self.line.close()

    def _say(self, message: Message) -> None:
        self.line.send(control.write(message))


def enrol_key(server: str, code: str) -> tuple[UUID, Ed25519PrivateKey]:
    """Use the code up; gives the agent's id, and its key."""
    key = Ed25519PrivateKey.generate()
    form = {"code": code, "public_key": key.public_key().public_bytes_raw().hex(), "program": _PROGRAM}
    answer = httpx.post(f"{server}/api/v1/agents/enrolment", json=form, trust_env=False)
    answer.raise_for_status()
    return UUID(answer.json()["agent_id"]), key


@contextmanager
def paper_agent(server: str, code: str) -> Iterator[PaperAgent]:
    """Enrolled with the code and connected until the block ends."""
    id, key = enrol_key(server, code)
    with connect(f"ws://{urlsplit(server).netloc}/api/v1/agents/socket", compression=None, proxy=None) as line:
        line.send(control.write(Hello(VERSION, id, _PROGRAM)))
        challenge = control.read(str(line.recv(30)), TO_AGENT)
        assert isinstance(challenge, Challenge), challenge
        line.send(control.write(Proof(key.sign(signed_bytes(challenge.nonce, id)).hex())))
        welcome = control.read(str(line.recv(30)), TO_AGENT)
        assert isinstance(welcome, Welcome), welcome
        agent = PaperAgent(id, line)
        beats = threading.Thread(target=agent.keep_alive)
        deaf = threading.Thread(target=lambda: [None for _ in line])
        beats.start()
        deaf.start()
        try:
            yield agent
        finally:
            agent.stop()
            beats.join()
            deaf.join()
