"""A person at a virtual phone: finds what is shown by id or text, taps it, types on the soft keyboard, waits."""

from collections.abc import Iterator

from greenroom.agent.virtual.contracts import ANDROID, Node, Shape
from greenroom.agent.virtual.model.phone import Phone

SMALL = Shape(width=360, height=800, density=140)


def phone(app: str = "", shape: Shape = ANDROID) -> Phone:
    """A phone at rest, perhaps with an app in front."""
    made = Phone(shape)
    if app:
        made.launch(f"com.greenroom.{app}")
    wait(made)
    return made


def nodes(at: Phone | Node) -> Iterator[Node]:
    root = at.tree() if isinstance(at, Phone) else at
    yield root
    for child in root.children:
        yield from nodes(child)


def find(at: Phone, name: str) -> list[Node]:
    """By the end of the id, in the order of the screen."""
    return [node for node in nodes(at) if node.id.endswith(f":id/{name}")]


def texts(at: Phone) -> list[str]:
    return [node.text for node in nodes(at) if node.text]


def tap(at: Phone, name: str, which: int = 0) -> None:
    touch(at, find(at, name)[which])


def touch(at: Phone, node: Node) -> None:
    left, top, right, bottom = node.box
    x, y = (left + right) // 2, (top + bottom) // 2
    at.touch("down", x, y, at.now)
    at.touch("up", x, y, at.now + 0.05)
    wait(at)


def swipe(at: Phone, start: tuple[int, int], end: tuple[int, int], lasts: float = 0.2) -> None:
    t = at.now
    at.touch("down", *start, t)
    for step in range(1, 11):
        x, y = (round(a + (b - a) * step / 10) for a, b in zip(start, end, strict=True))
        at.touch("move", x, y, t + lasts * step / 10)
    at.touch("up", *end, t + lasts)
    wait(at)


def keyed(at: Phone, words: str) -> None:
    """Letters tapped one by one on the soft keyboard."""
    for letter in words:
        if letter.isupper() and not at.keyboard.shift:
            tap(at, "key_shift")
        tap(at, f"key_{'space' if letter == ' ' else letter.lower()}")


def wait(at: Phone) -> None:
    """Until nothing moves any more."""
    for _ in range(400):
        wants = at.advance(at.now + 1 / 60)
        if not at.moving():
            return
        assert wants is not None
    raise AssertionError("the phone never came to rest")
