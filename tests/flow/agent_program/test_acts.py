"""What reaches a phone of what its holder does: gestures with their true path, in their order, and nobody else's."""

import asyncio
import time
from collections.abc import Sequence

import pytest

from greenroom.agent.program import acts, echoes, watcher
from greenroom.agent.program.network import keep_dialled
from greenroom.agent.virtual.contracts import Action as Did
from greenroom.agent.virtual.fleet import Member
from greenroom.wire.binary import Action, Key, KeyPress, Press, Touch
from greenroom.wire.messages import Do, Done, InputDone, InputRefused, Send, Verb
from tests.flow.agent_program.bench import Bench
from tests.flow.agent_program.peer import TRANSFERS
from tests.support.figures import Figures
from tests.support.wait import until_true

NOTES, SHOP = "com.greenroom.notes", "com.greenroom.shop"
SIZE = (216, 480)
Touched = tuple[float, Did, int, int]


def follow(member: Member) -> list[Touched]:
    """What touches this phone from now on, with seconds."""
    found: list[Touched] = []
    member.device.handset.touched = lambda action, x, y: found.append((time.monotonic(), action, x, y))
    return found


def gesture(number: int, epoch: int, stops: Sequence[tuple[int, int, float]], first: int = 0) -> list[Touch]:
    """The touches of a finger along these places at these seconds, as a wall sends them: all at once on release."""
    actions = [Action.DOWN, *[Action.MOVE] * (len(stops) - 2), Action.UP]
    return [
        Touch(number, epoch, first + at, 5_000_000 + round(seconds * 1e6), action, x, y, *SIZE)
        for at, (action, (x, y, seconds)) in enumerate(zip(actions, stops, strict=True))
    ]


async def warm(bench: Bench, member: Member, epoch: int = 3) -> int:
    """The phone's number, its lease taken and its picture running, so that touches go by scrcpy at once."""
    number = await bench.plug(member)
    await bench.peer.lease(number, epoch)
    await bench.peer.say(Send(number, "thumbnail", on=True))
    await bench.peer.shows("thumbnail", number)
    return number


async def test_a_gesture_that_comes_at_once_takes_its_own_path_and_time(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    stops = [(100, 400, 0.0), (60, 300, 0.15), (150, 200, 0.3), (100, 100, 0.6)]
    took: list[float] = []
    while not took or (len(took) < 5 and not 0.55 < took[-1] < 1.0):  # other work may delay one, not each
        touched, first = follow(member), 7 + 4 * len(took)
        peer.heard.clear()
        await peer.press(*gesture(number, 3, stops, first=first))
        await until_true(lambda: peer.of(InputDone) != [])
        (done,) = peer.of(InputDone)
        assert (done.number, done.sequence) == (number, first + 3)
        assert done.took >= 0.6e6
        await until_true(lambda touched=touched: touched[-1][1] == "up")
        assert touched[0][1] == "down"
        took.append(touched[-1][0] - touched[0][0])
    assert 0.55 < took[-1] < 1.0, took
    scale = member.device.handset.phone.size[0] / SIZE[0]
    places = [(x / scale, y / scale) for _, _, x, y in touched]
    for x, y, _ in stops:  # the bends are on the way, not only its ends
        assert min(abs(x - a) + abs(y - b) for a, b in places) < 4


async def test_gestures_keys_and_what_is_done_whole_keep_their_order(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "OLD", 60.0)  # the last of twenty waits for more than a second as it is
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    for turn in range(20):
        await peer.press(*gesture(number, 3, [(10 * turn, 20, 0), (10 * turn, 20, 0.05)], first=2 * turn))
    await until_true(lambda: len(peer.of(InputDone)) == 20 and len(touched) == 40)
    downs = [x for _, action, x, _ in touched if action == "down"]
    assert downs == sorted(downs)
    assert [one.sequence for one in peer.of(InputDone)] == list(range(1, 41, 2))
    peer.heard.clear()
    for sequence in (1, 2):
        await peer.say(Do(sequence, number, 3, "launch", NOTES, 1))
        await peer.press(KeyPress(number, 3, sequence, 0, Press.SHORT, Key.HOME))
    await until_true(lambda: len(peer.of(InputDone)) == 2)
    said = [("done", one.id) if isinstance(one, Done) else ("input", one.sequence)
            for one in peer.heard if isinstance(one, Done | InputDone)]  # fmt: skip
    assert said == [("done", 1), ("input", 1), ("done", 2), ("input", 2)]
    await until_true(lambda: member.device.handset.phone.front()[0] == "com.greenroom.launcher")


async def test_a_swipe_whose_lease_ends_lifts_the_finger_and_what_waits_is_refused(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    await peer.press(*gesture(number, 3, [(100, 400, 0.0), (100, 300, 4.0), (100, 100, 8.0)], first=1))
    await peer.press(*gesture(number, 3, [(50, 50, 0), (50, 50, 0.05)], first=5))
    await until_true(lambda: any(action == "move" for _, action, _, _ in touched))
    began = time.monotonic()
    await peer.lease(number, 4)
    await until_true(lambda: len(peer.of(InputRefused)) == 2)
    assert time.monotonic() - began < 4  # of the eight that the swipe takes
    refused = [(one.sequence, one.kind, one.epoch) for one in peer.of(InputRefused)]
    assert refused == [(3, "timed_out", 4), (6, "stale", 4)]
    await until_true(lambda: touched[-1][1] == "up")
    await asyncio.sleep(0.3)
    assert [action for _, action, _, _ in touched if action != "move"] == ["down", "up"]


async def test_a_lease_that_runs_out_in_the_middle_ends_the_gesture(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    await peer.lease(number, 4, seconds=2)
    await peer.press(*gesture(number, 4, [(100, 400, 0.0), (100, 300, 4.0), (100, 100, 8.0)]))
    await until_true(lambda: peer.of(InputRefused) != [])
    assert peer.of(InputRefused)[0].kind == "timed_out"
    await until_true(lambda: touched[-1][1] == "up")
    assert touched[-1][0] - touched[0][0] < 6  # of eight; the lease has two


async def test_a_phone_that_hangs_holds_up_no_other_and_takes_no_more_than_so_much(bench: Bench) -> None:
    peer, (hung, other) = bench.peer, bench.members("android")
    numbers = [await warm(bench, one) for one in (hung, other)]
    await hung.trouble.set({"hang": True})
    touched = follow(other)
    for turn in range(100):  # long ones: the first is under way, 64 wait
        stops = [(9, 9, 0.0), (9, 50, 10.0), (9, 99, 20.0)]
        await peer.press(*gesture(numbers[0], 3, stops, first=3 * turn))
    await until_true(lambda: len(peer.of(InputRefused)) >= 100 - 65)
    assert {one.kind for one in peer.of(InputRefused)} == {"busy"}
    await peer.press(*gesture(numbers[1], 3, [(50, 50, 0), (50, 50, 0.05)]))
    await until_true(lambda: len(touched) == 2)
    assert len(peer.of(InputRefused)) <= 100 - 64
    await hung.trouble.clear()


async def test_what_is_in_front_is_told_soon_after_an_input(
    bench: Bench, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    monkeypatch.setattr(watcher, "PROBE", 60.0)  # after this look it is looked at for what is done to it alone
    assert (await peer.do(number, 3, "launch", NOTES)).kind == ""
    await until_true(lambda: peer.phones[number].front == NOTES)
    began = time.monotonic()
    await peer.press(KeyPress(number, 3, 1, 0, Press.SHORT, Key.HOME))
    await until_true(lambda: peer.phones[number].front == "com.greenroom.launcher")
    figures("agent", f"the app in front is known {time.monotonic() - began:.2f} s after an input")


async def test_whatever_was_asked_of_a_phone_that_goes_is_answered(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    await peer.press(*gesture(number, 3, [(100, 400, 0.0), (100, 300, 8.0), (100, 100, 16.0)], first=1))
    for id in (1, 2):
        await peer.say(Do(id, number, 3, "launch", NOTES, 1))
    await asyncio.sleep(0.2)
    await member.trouble.set({"disconnect": True})
    await until_true(lambda: len(peer.of(Done)) == 2 and peer.of(InputRefused) != [])
    assert {one.kind for one in peer.of(Done)} <= {"offline", "timed_out"}  # not begun, or cut in the middle
    (swipe,) = peer.of(InputRefused)
    assert swipe.sequence == 3
    assert swipe.kind in ("offline", "timed_out")  # as the phone's end was noticed first


async def test_what_waited_too_long_is_not_done_on_the_screen_of_later(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    await peer.press(*gesture(number, 3, [(100, 400, 0.0), (100, 300, 1.2), (100, 100, 2.3)]))
    await peer.press(*gesture(number, 3, [(50, 50, 0), (50, 50, 0.05)], first=3))
    await asyncio.sleep(2)  # this one waits for 0.3 s, and for less where the first is over by then
    await peer.press(*gesture(number, 3, [(50, 50, 0), (50, 50, 0.05)], first=5))
    await until_true(lambda: len(peer.of(InputDone)) == 2)
    assert [(one.sequence, one.kind) for one in peer.of(InputRefused)] == [(4, "lost")]
    assert [one.sequence for one in peer.of(InputDone)] == [2, 6]
    await until_true(lambda: [action for _, action, _, _ in touched if action != "move"] == ["down", "up"] * 2)


async def test_what_was_on_its_way_for_too_long_is_not_done_and_what_follows_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(echoes, "LATE", 1.3)
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    peer.flowing.clear()
    old = asyncio.create_task(peer.press(*gesture(number, 3, [(50, 50, 0), (50, 50, 0.05)], first=1)))
    await asyncio.sleep(1.4)  # the peer is given up for silent after 2.4 s
    new = asyncio.create_task(peer.press(*gesture(number, 3, [(90, 90, 0), (90, 90, 0.05)], first=3)))
    await asyncio.sleep(0)
    peer.flowing.set()
    await asyncio.gather(old, new)
    await until_true(lambda: len(peer.of(InputRefused)) + len(peer.of(InputDone)) >= 3)
    assert [(one.sequence, one.kind) for one in peer.of(InputRefused)] == [(1, "lost"), (2, "lost")]
    assert [one.sequence for one in peer.of(InputDone)] == [4]
    await until_true(lambda: [action for _, action, _, _ in touched] == ["down", "up"])


async def test_two_gestures_of_which_parts_were_lost_make_no_third_one(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    touched = follow(member)
    first = gesture(number, 3, [(10, 10, 0), (10, 10, 0.08)], first=1)
    second = gesture(number, 3, [(200, 400, 0.9), (200, 400, 0.98)], first=3)
    await peer.press(first[0], second[1])  # what came between waited too long at the server
    await peer.press(*gesture(number, 3, [(50, 50, 2.0), (50, 50, 2.05)], first=5))
    await until_true(lambda: peer.of(InputDone) != [])
    assert [(one.sequence, one.kind) for one in peer.of(InputRefused)] == [(4, "lost")]
    assert [one.sequence for one in peer.of(InputDone)] == [6]
    await until_true(lambda: [action for _, action, _, _ in touched] == ["down", "up"])


async def test_what_is_done_whole_waits_for_its_turn_no_longer_than_who_asked_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "WAITS", 0.3)
    monkeypatch.setitem(acts.WAITS_FREIGHT, "reboot", 0.3)
    peer, member = bench.peer, bench.members("android")[0]
    number = await warm(bench, member)
    peer.files["file"] = ("note.txt", b"x")
    await peer.press(*gesture(number, 3, [(100, 400, 0.0), (100, 300, 1.0), (100, 100, 2.0)]))
    orders: list[tuple[Verb, str]] = [("launch", NOTES), ("reboot", ""), ("push", f"{TRANSFERS}file")]
    for id, (verb, argument) in enumerate(orders, 1):
        await peer.say(Do(id, number, 3, verb, argument, 1))
    await until_true(lambda: len(peer.of(Done)) == 2)
    assert peer.of(InputDone) == [], "they were told while they waited"
    assert [(one.id, one.kind) for one in peer.of(Done)] == [(1, "lost"), (2, "lost")]
    assert "waited too long" in peer.of(Done)[0].sentence
    await until_true(lambda: len(peer.of(Done)) == 3)
    assert (peer.of(Done)[2].id, peer.of(Done)[2].kind) == (3, "")
    assert peer.phones[number].alive == "live"
    assert member.device.handset.phone.front()[0] != NOTES


@pytest.mark.parametrize("kind", ["android", "iphone"])
async def test_sentences_of_errors_name_no_serial_and_no_address(bench: Bench, kind: str) -> None:
    peer, member = bench.peer, bench.members(kind)[0]
    number = await bench.plug(member)
    await peer.lease(number, 3)
    sentence = (await peer.do(number, 3, "launch", "com.none.such")).sentence
    assert sentence.startswith("This phone ")
    assert member.serial not in sentence


async def test_why_a_phone_is_not_there_begins_as_what_stands_behind_a_colon(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    await member.trouble.set({"half_open": True})
    await until_true(lambda: "did not answer" in peer.phones[number].because)
    assert peer.phones[number].because.startswith("it did not answer")
    assert "This phone" not in peer.phones[number].because


@pytest.mark.parametrize("kind", ["android", "iphone"])
async def test_text_clipboard_apps_and_turns(bench: Bench, kind: str) -> None:
    peer, member = bench.peer, bench.members(kind)[0]
    model = member.device.handset.phone
    number = await bench.plug(member)
    await peer.lease(number, 3)
    orders: list[tuple[Verb, str]] = [("set_clipboard", "grüße 🎉"), ("launch", NOTES)]
    for verb, argument in orders:
        done = await peer.do(number, 3, verb, argument)
        assert (done.kind, done.answer) == ("", "")
    assert (await peer.do(number, 3, "read_clipboard")).answer == "grüße 🎉"
    assert model.front()[0] == NOTES
    assert (await peer.do(number, 3, "rotate", "1")).kind == ""
    assert model.rotation == 1
    refused = await peer.do(number, 3, "rotate", "5")
    assert (refused.kind, "turns by quarters" in refused.sentence) == ("refused", True)
    await peer.do(number, 3, "rotate", "0")
    assert (await peer.do(number, 3, "stop", NOTES)).kind == ""
    assert model.front()[0] != NOTES
    missing = await peer.do(number, 3, "launch", "com.none.such")
    assert missing.kind == "refused"
    assert missing.sentence
    assert (await peer.do(number, 2, "launch", NOTES)).kind == "stale"
    assert (await peer.do(4711, 3, "launch", NOTES)).kind == "unknown"


async def test_a_phone_that_restarts_is_there_again_by_itself(bench: Bench) -> None:
    peer, member = bench.peer, bench.members("android")[0]
    number = await bench.plug(member)
    await peer.lease(number, 3)
    await peer.say(Send(number, "thumbnail", on=True))
    await peer.shows("thumbnail")
    redialling = asyncio.create_task(keep_dialled(bench.adb.start, [member.address("127.0.0.1")]))
    try:
        assert (await peer.do(number, 3, "reboot", within=25)).kind == ""
        peer.phones.clear()
        peer.frames.clear()
        assert await peer.live(member.serial) == number
        await peer.say(Send(number, "thumbnail", on=True))
        await peer.shows("thumbnail", number)
    finally:
        redialling.cancel()
