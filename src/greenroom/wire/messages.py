"""The control messages, and who may send which. A phone has a number on each connection, told by `Phones` or `Tiles`.

An agent begins: Hello → Challenge → Proof → Welcome, then Phones; or it is told Refused, and the connection ends.
"""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from greenroom.wire.fields import Between, Hex
from greenroom.wire.limits import LARGEST_EPOCH, LARGEST_NUMBER, MOST_PHONES

Number = Annotated[int, Between(0, LARGEST_NUMBER)]
Epoch = Annotated[int, Between(0, LARGEST_EPOCH)]
Count = Annotated[int, Between(0, 2**32 - 1)]
Bytes = Annotated[int, Between(0, 2**60)]
Pixels = Annotated[int, Between(0, 2**16 - 1)]
Percent = Annotated[int, Between(0, 100)]
Version = Annotated[int, Between(0, 1_000_000)]
Short = Annotated[str, Between(0, 120)]
Sentence = Annotated[str, Between(0, 500)]
Text = Annotated[str, Between(0, 10_000)]
Nonce = Annotated[str, Hex(32)]
Mark = Annotated[str, Hex(16)]
Signature = Annotated[str, Hex(64)]

Alive = Literal["live", "stale", "silent", "unauthorised", "offline", "unknown"]
Stream = Literal["thumbnail", "focus", "thumbnail_stills", "focus_stills"]
"""What a phone can be asked to send, each apart from the others. Stills are JPEG, for who can't decode H.264."""
Verb = Literal["text", "set_clipboard", "read_clipboard", "rotate", "reboot", "launch", "stop", "screenshot", "install",
               "push"]  # fmt: skip
NotTaken = Literal["stale", "nobody", "expired", "unknown", "lost", "offline", "failed", "attended", "busy",
                   "timed_out", "finger"]  # fmt: skip
"""`busy`: so much waits at the phone that this was not taken. `timed_out`: whether it came through is not known.
`finger`: another window of the holder has a finger on the phone."""
Many = Annotated[int, Between(1, MOST_PHONES)]
Ability = Literal["apps", "clear", "clipboard_read", "clipboard_write", "files", "install", "key_back",
                  "key_notifications", "key_recents", "reboot", "rotate"]  # fmt: skip
"""What one phone can and another can't: what it is, and how it is connected, decide."""


@dataclass(frozen=True, slots=True)
class Hello:
    """An agent says who it says it is; `program` is its release, for people."""

    version: Version
    agent: UUID
    program: Short


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is to be signed: fresh for each connection."""

    nonce: Nonce


@dataclass(frozen=True, slots=True)
class Proof:
    """The Ed25519 signature over `proof.signed_bytes`."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class Welcome:
    """`beat`: seconds between two beats; three that fail to come end the connection."""

    version: Version
    beat: Annotated[float, Between(0.1, 60)]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the connection ends. `again`: whether it makes sense to try by itself."""

    kind: Literal["version", "unknown", "forged", "revoked", "second", "malformed", "slow"]
    sentence: Sentence
    again: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life. The server says an agent's back at once, in its turn among all else that it says."""

    count: Count


@dataclass(frozen=True, slots=True)
class Seen:
    """A phone as the agent sees it. None where the phone does not tell; sizes in bytes, temperature in Celsius.

    `port`: where on the computer's USB it hangs, hubs first ("1-4.2"). `front`: the app in front. Empty where the
    computer or the phone does not show it. `abilities`: what can be done on it; none while it can't be reached.
    `marks`: two that have one in common are one phone, attached twice; none while it has not said who it is.
    """

    number: Number
    serial: Annotated[str, Between(1, 120)]
    platform: Literal["android", "ios"]
    alive: Alive
    because: Annotated[str, Between(0, 200)]
    model: Short
    system: Short
    width: Pixels
    height: Pixels
    battery: Percent | None
    charging: bool
    temperature: Annotated[float, Between(-100, 300)] | None
    storage_free: Bytes | None
    storage_total: Bytes | None
    port: Short
    front: Short
    abilities: Annotated[tuple[Ability, ...], Between(0, 20)]
    marks: Annotated[tuple[Mark, ...], Between(0, 4)]


@dataclass(frozen=True, slots=True)
class Phones:
    """All phones of the agent; those that are not among them are gone."""

    phones: Annotated[tuple[Seen, ...], Between(0, MOST_PHONES)]


@dataclass(frozen=True, slots=True)
class PhoneChanged:
    """One phone that came or changed."""

    phone: Seen


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was last sent of these phones is what they show, whether or not anything moved since."""

    numbers: Annotated[tuple[Number, ...], Between(0, MOST_PHONES)]


@dataclass(frozen=True, slots=True)
class Send:
    """Whether this stream of a phone is wanted."""

    number: Number
    stream: Stream
    on: bool


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """This stream needs a key frame: somebody came late, or lost one."""

    number: Number
    stream: Stream


@dataclass(frozen=True, slots=True)
class Tile:
    number: Number
    phone: UUID


@dataclass(frozen=True, slots=True)
class Open:
    """A wall begins; who it is was known before the socket opened."""

    version: Version


@dataclass(frozen=True, slots=True)
class Want:
    """The phones that a wall shows from now on. Those that its person does not reach get no number."""

    phones: Annotated[tuple[UUID, ...], Between(0, MOST_PHONES)]


@dataclass(frozen=True, slots=True)
class Tiles:
    """Which phone has which number on this wall's socket."""

    tiles: Annotated[tuple[Tile, ...], Between(0, MOST_PHONES)]


@dataclass(frozen=True, slots=True)
class Lease:
    """The phone's present epoch. Not `held`: nobody's, and no input is taken. `seconds` until it ends by itself."""

    number: Number
    epoch: Epoch
    held: bool
    seconds: Annotated[float, Between(0, 86_400)]


@dataclass(frozen=True, slots=True)
class LeaseSeen:
    """The agent takes nothing below this epoch any more."""

    number: Number
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class Held:
    """A phone's lease as a wall needs it. `holder` is empty and `mine` false where nobody holds it."""

    number: Number
    epoch: Epoch
    holder: Short
    mine: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """How a wall wants to see a phone; `stills`: as JPEG."""

    number: Number
    quality: Literal["off", "thumbnail", "focus"]
    stills: bool


@dataclass(frozen=True, slots=True)
class Refresh:
    """The wall lost its way in a phone's picture and needs a key frame."""

    number: Number


@dataclass(frozen=True, slots=True)
class ShownFrame:
    number: Number
    sequence: Count


@dataclass(frozen=True, slots=True)
class Shown:
    """The newest frame of each phone that reached the glass; no more is sent than can be shown."""

    frames: Annotated[tuple[ShownFrame, ...], Between(0, MOST_PHONES)]


@dataclass(frozen=True, slots=True)
class Do:
    """Something done whole, answered by `Done` with the same id. `many`: how many phones it is done on.

    `argument` is the text, the app or the quarter turns. From a wall, for `install` and `push`, it is the id of an
    uploaded file; to an agent, for these and `screenshot`, the one-time path below which the file is fetched or left.
    """

    id: Count
    number: Number
    epoch: Epoch
    verb: Verb
    argument: Text
    many: Many


@dataclass(frozen=True, slots=True)
class Done:
    """`kind` is an error's stable word, empty when it went well; the sentence is for people.

    `answer`: the clipboard's text; to a wall the address of a screenshot.
    """

    id: Count
    number: Number
    kind: Annotated[str, Between(0, 40)]
    sentence: Sentence
    answer: Text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something that takes its time has come, in percent."""

    id: Count
    number: Number
    percent: Percent


@dataclass(frozen=True, slots=True)
class InputDone:
    """A gesture, key or scroll that reached the phone; `sequence` is its last input's, `took` in microseconds."""

    number: Number
    sequence: Count
    took: Count


@dataclass(frozen=True, slots=True)
class InputRefused:
    """A touch or key that did not reach the phone, and why."""

    number: Number
    sequence: Count
    kind: NotTaken
    epoch: Epoch


Message = (
    Hello | Challenge | Proof | Welcome | Refused | Beat | Phones | PhoneChanged | Fresh | Send | KeyFrame | Open | Want
    | Tiles | Lease | LeaseSeen | Held | Watch | Refresh | Shown | Do | Done | Progress | InputDone | InputRefused
)  # fmt: skip

NAMES: dict[str, type[Message]] = {
    "hello": Hello, "challenge": Challenge, "proof": Proof, "welcome": Welcome, "refused": Refused, "beat": Beat,
    "phones": Phones, "phone_changed": PhoneChanged, "fresh": Fresh, "send": Send, "key_frame": KeyFrame, "open": Open,
    "want": Want, "tiles": Tiles, "lease": Lease, "lease_seen": LeaseSeen, "held": Held, "watch": Watch,
    "refresh": Refresh, "shown": Shown, "do": Do, "done": Done, "progress": Progress, "input_done": InputDone,
    "input_refused": InputRefused,
}  # fmt: skip

FROM_STRANGER = frozenset({Hello, Proof})
"""What an agent may say before it has proved who it is."""
FROM_AGENT = frozenset({Beat, Phones, PhoneChanged, Fresh, LeaseSeen, Done, Progress, InputDone, InputRefused})
TO_AGENT = frozenset({Challenge, Welcome, Refused, Beat, Lease, Send, KeyFrame, Do})
FROM_WALL = frozenset({Open, Beat, Want, Watch, Refresh, Shown, Do})
TO_WALL = frozenset({Welcome, Refused, Beat, Tiles, Fresh, Held, Done, Progress, InputDone, InputRefused})
