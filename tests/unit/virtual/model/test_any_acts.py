"""Whatever is done to a phone: nothing raises, the tree stays on the screen and tells the truth, pictures repeat."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.agent.virtual.contracts import ANDROID, IPHONE, Frame, Node, Shape
from greenroom.agent.virtual.draw import frames
from greenroom.agent.virtual.model.compose import Spot
from greenroom.agent.virtual.model.phone import Phone
from tests.unit.virtual.model.hands import nodes

APPS = ("launcher", "settings", "notes", "gallery", "shop", "feed", "installer")
POPUPS = ("permission:camera", "update", "rate", "low_battery", "unknown", "crash")
SHAPES = (
    ANDROID,
    replace(IPHONE, dark=True),
    replace(ANDROID, locale="ar-EG", account=""),
    replace(ANDROID, width=720, height=1600, density=280, locale="ja-JP"),
)

_place = st.tuples(st.floats(0, 1), st.floats(0, 1))
_act = st.one_of(
    st.tuples(st.just("tap"), _place),
    st.tuples(st.just("node"), st.integers(0, 200)),
    st.tuples(st.just("node"), st.integers(0, 200)),
    st.tuples(st.just("hold"), _place),
    st.tuples(st.just("swipe"), st.tuples(_place, _place)),
    st.tuples(st.just("key"), st.sampled_from((3, 4, 26, 62, 66, 67, 187, 224, 279, 83, 21, 112, 35, 999))),
    st.tuples(st.just("text"), st.text(max_size=30)),
    st.tuples(st.just("wheel"), st.floats(-9, 9)),
    st.tuples(st.just("wait"), st.floats(0.01, 3)),
    st.tuples(st.just("turn"), st.integers(0, 3)),
    st.tuples(st.just("launch"), st.sampled_from(APPS)),
    st.tuples(st.just("popup"), st.sampled_from(POPUPS)),
    st.tuples(st.just("lock"), st.booleans()),
)
_acts = st.lists(_act, max_size=8)


@given(st.sampled_from(SHAPES), st.sampled_from(APPS), _acts)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_a_hand_does_raises_and_the_tree_stays_true(
    shape: Shape, app: str, acts: list[tuple[str, object]]
) -> None:
    at = Phone(shape)
    at.launch(f"com.greenroom.{app}")
    before = at.version()
    for act in acts:
        do(at, act)
        assert at.version() >= before
        before = at.version()
        wide, high = at.size
        for node in nodes(at):
            left, top, right, bottom = node.box
            assert 0 <= left <= right <= wide
            assert 0 <= top <= bottom <= high
    if at.screen_on:
        assert_hit(at)
    frame = at.frame(width=90)
    assert frame.shape == (round(at.size[1] * 90 / at.size[0]), 90, 4)
    assert (frame[:, :, 3] == 255).all()


@given(st.sampled_from(SHAPES), _acts)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_seed_and_acts_give_the_same_frames(shape: Shape, acts: list[tuple[str, object]]) -> None:
    one, other = Phone(shape), Phone(shape)
    for act in acts:
        do(one, act)
        first = uncached(one)
        do(other, act)
        assert np.array_equal(first, uncached(other))


def uncached(at: Phone) -> Frame:
    frames.forget()
    return at.frame(width=120)


def do(at: Phone, act: tuple[str, object]) -> None:
    kind, what = act
    t = at.now
    if kind in ("tap", "hold"):
        x, y = point(at, what)
        at.touch("down", x, y, t)
        at.touch("up", x, y, t + (0.7 if kind == "hold" else 0.06))
    elif kind == "node":
        found = [node for node in nodes(at) if node.clickable]
        if found:
            left, top, right, bottom = found[int(str(what)) % len(found)].box
            at.touch("down", (left + right) // 2, (top + bottom) // 2, t)
            at.touch("up", (left + right) // 2, (top + bottom) // 2, t + 0.06)
    elif kind == "swipe":
        start, end = (point(at, one) for one in what)  # type: ignore[attr-defined] # two places
        at.touch("down", *start, t)
        for step in range(1, 6):
            at.touch("move", *(round(a + (b - a) * step / 5) for a, b in zip(start, end, strict=True)), t + 0.03 * step)
        at.touch("up", *end, t + 0.16)
    elif kind == "key":
        at.key(int(str(what)))
    elif kind == "text":
        at.text(str(what))
    elif kind == "wheel":
        at.scroll(at.size[0] // 2, at.size[1] // 2, 0, float(str(what)))
    elif kind == "wait":
        at.advance(t + float(str(what)))
    elif kind == "turn":
        at.rotation = int(str(what))
    elif kind == "launch":
        at.launch(f"com.greenroom.{what}")
    elif kind == "popup":
        at.popup(str(what))
    elif kind == "lock":
        at.locked = bool(what)


def point(at: Phone, place: object) -> tuple[int, int]:
    x, y = place  # type: ignore[misc] # two shares
    return round(x * (at.size[0] - 1)), round(y * (at.size[1] - 1))


def assert_hit(at: Phone) -> None:
    """Every clickable node answers at its centre, unless another that can be touched lies over it there."""
    for node in nodes(at):
        if not node.clickable:
            continue
        left, top, right, bottom = node.box
        x, y = (left + right) / 2 / at.scale, (top + bottom) / 2 / at.scale
        path = at.path_at(x, y)
        assert path, f"nothing answers at the centre of {node.id or node.text}"
        hit = next((spot for spot in reversed(path) if spot.placed.el.tap), None)
        if hit is not None and not same(at, hit, node):  # a list or a card without a tap of its own may lie over it too
            assert over(at, hit, node), (
                f"{node.id} {node.text} is not what is hit at its centre but {hit.placed.el.name}"
            )


def same(at: Phone, hit: Spot, node: Node) -> bool:
    """Whether the node tells of this element: its name, and a box no larger than its own."""
    left, top, right, bottom = pixels(at, hit)
    inside = (
        left <= node.box[0] + 1 and top <= node.box[1] + 1 and right >= node.box[2] - 1 and bottom >= node.box[3] - 1
    )
    return inside and node.id.rpartition("/")[2] == hit.placed.el.name


def over(at: Phone, hit: Spot, node: Node) -> bool:
    """Whether what was hit comes later in the tree: inside the node, or lying over it."""
    listed = list(nodes(at))
    later = listed[next(number for number, one in enumerate(listed) if one == node) + 1 :]
    return any(one.clickable and same(at, hit, one) for one in later)


def pixels(at: Phone, spot: Spot) -> tuple[int, ...]:
    box = (spot.x, spot.y, spot.x + spot.placed.w, spot.y + spot.placed.h)
    return tuple(round(value * at.scale) for value in box)
