"""Whose answer is whose: walls and agents count for themselves, and agents go and come back."""

from uuid import UUID

from greenroom.kit.ids import uuid7
from greenroom.phones.lines import MOST_WAITING, Line, Lines
from greenroom.phones.relay_answers import MOST_INPUTS, MOST_ORDERS, Answer, Answers
from greenroom.phones.relay_pace import Bucket, Pace
from greenroom.wire import binary, control
from greenroom.wire.binary import Key, KeyPress, Press
from greenroom.wire.messages import TO_AGENT, Do, Done, InputDone, InputRefused, Progress, Verb
from tests.support.phones import seen


class Bench:
    """An agent's line with one phone, numbered 7 there, and walls that write down what they are told."""

    def __init__(self) -> None:
        self.lines, self.line, self.phone = Lines(), Line(uuid7()), uuid7()
        self.answers = Answers(self.lines)
        self.lines.place(self.line, {7: self.phone}, (seen(7),))

    def press(self, told: list[Answer], sequence: int, *, number: int = 1) -> None:
        one = KeyPress(number, 1, sequence, 0, Press.SHORT, Key.HOME)
        assert self.answers.pass_on(self.phone, one, told, told.append)

    def order(self, told: list[Answer], id: int, verb: Verb = "text") -> bool:
        do = Do(id, 1, 1, verb, "x", 1)
        return self.answers.order(self.phone, do, told, told.append, "x")

    async def sent(self) -> KeyPress:
        data = await self.line.next()
        assert isinstance(data, bytes)
        one = binary.read_input(data)
        assert isinstance(one, KeyPress)
        return one

    async def ordered(self) -> Do:
        data = await self.line.next()
        assert isinstance(data, str)
        message = control.read(data, TO_AGENT)
        assert isinstance(message, Do)
        return message


async def test_two_walls_that_count_alike_hear_of_their_own() -> None:
    bench = Bench()
    first: list[Answer] = []
    second: list[Answer] = []
    bench.press(first, 5, number=1)
    bench.press(second, 5, number=9)
    one, two = await bench.sent(), await bench.sent()
    assert (one.phone, two.phone) == (7, 7)
    assert one.sequence != two.sequence
    bench.lines.tell(bench.phone, InputRefused(7, two.sequence, "failed", 3))
    bench.lines.tell(bench.phone, InputDone(7, one.sequence, 800))
    bench.lines.tell(bench.phone, InputDone(7, one.sequence, 800))
    assert (first, second) == ([InputDone(1, 5, 800)], [InputRefused(9, 5, "failed", 3)])

    assert bench.order(first, 1)
    assert bench.order(second, 1)
    mine, theirs = await bench.ordered(), await bench.ordered()
    bench.lines.tell(bench.phone, Progress(theirs.id, 7, 40))
    bench.lines.tell(bench.phone, Done(mine.id, 7, "", "", "hello"))
    bench.lines.tell(bench.phone, Done(4_000, 7, "", "", "nobody asked"))
    assert (first[1:], second[1:]) == ([Done(1, 1, "", "", "hello")], [Progress(1, 1, 40)])


async def test_a_gesture_is_answered_once_and_forgotten_whole() -> None:
    bench = Bench()
    told: list[Answer] = []
    for sequence in range(10):
        bench.press(told, sequence)
    last = [await bench.sent() for _ in range(10)][-1]
    bench.lines.tell(bench.phone, InputDone(7, last.sequence, 1))
    bench.lines.tell(bench.phone, InputDone(7, last.sequence - 1, 1))
    assert told == [InputDone(1, 9, 1)]
    bench.lines.place(bench.line, {}, ())
    assert told == [InputDone(1, 9, 1)]


async def test_an_agent_that_goes_leaves_nothing_open() -> None:
    bench = Bench()
    told: list[Answer] = []
    bench.press(told, 3)
    bench.press(told, 4)
    assert bench.order(told, 1, "install")
    bench.lines.place(bench.line, {}, ())
    assert [type(one) for one in told] == [Done, InputRefused]
    done, refused = told
    assert isinstance(done, Done)
    assert isinstance(refused, InputRefused)
    assert (done.kind, refused.kind, refused.sequence) == ("timed_out", "lost", 4)
    assert not bench.order(told, 2)
    # What it says of the past when it is back is nobody's.
    back = Line(bench.line.agent)
    bench.lines.place(back, {7: bench.phone}, (seen(7),))
    bench.press(told, 3)
    bench.lines.tell(bench.phone, InputDone(7, 1, 5))
    assert len(told) == 2


async def test_what_was_sent_on_an_agents_former_connection_is_refused() -> None:
    bench = Bench()
    told: list[Answer] = []
    bench.press(told, 3)
    bench.press(told, 4)
    newer = Line(bench.line.agent)
    bench.lines.place(newer, {2: bench.phone}, (seen(2),))
    assert told == [InputRefused(1, 4, "lost", 0)]
    bench.press(told, 5)
    sent = await newer.next()
    assert isinstance(sent, bytes)
    one = binary.read_input(sent)
    # What the former connection still says is nobody's, and what is under way on the new one stays.
    bench.lines.tell(bench.phone, InputDone(7, one.sequence - 1, 1))
    bench.lines.place(newer, {2: bench.phone}, (seen(2, front="com.example"),))
    bench.lines.tell(bench.phone, InputDone(2, one.sequence, 1))
    assert told[1:] == [InputDone(1, 5, 1)]


async def test_what_nobody_answers_is_bounded_and_given_up() -> None:
    bench = Bench()
    told: list[Answer] = []
    for sequence in range(MOST_INPUTS + 10):
        bench.press(told, sequence)
    assert len(bench.answers._inputs[bench.phone]) == MOST_INPUTS
    for id in range(MOST_ORDERS + 1):
        assert bench.order(told, id)
    assert told == [Done(MOST_ORDERS, 1, "busy", "Too much is under way on this phone; wait until it is done", "")]
    bench.answers._give_up((bench.phone, 1), "late")
    assert told[-1] == Done(0, 1, "timed_out", "late", "")
    bench.answers.forget(told)
    assert not bench.answers._orders
    assert not bench.answers._inputs[bench.phone]


async def test_the_way_to_a_phone_is_its_agents_last_one() -> None:
    bench = Bench()
    moved: list[UUID] = []
    bench.lines.follow(moved=moved.append)
    newer = Line(bench.line.agent)
    bench.lines.place(newer, {2: bench.phone}, (seen(2),))
    assert bench.lines.of(bench.phone) == (newer, 2)
    bench.lines.place(bench.line, {}, ())
    assert bench.lines.of(bench.phone) == (newer, 2)
    assert moved == [bench.phone]
    bench.lines.place(newer, {2: bench.phone}, (seen(2),))
    assert moved == [bench.phone]
    bench.lines.place(newer, {2: bench.phone}, (seen(2, alive="silent", front="com.example"),))
    assert (len(moved), bench.lines.is_there(bench.phone), bench.lines.front(bench.phone)) == (2, False, "com.example")
    assert bench.lines.has(newer.agent or uuid7(), bench.phone)
    assert not bench.lines.has(uuid7(), bench.phone)


async def test_a_line_that_nobody_reads_is_over() -> None:
    bench = Bench()
    told: list[Answer] = []
    for _ in range(MOST_WAITING + 1):
        bench.press(told, 1)
    assert bench.line.over.is_set()


def test_a_pace_allows_a_burst_and_then_its_rate() -> None:
    bucket = Bucket(Pace(messages=10, size=1_000, burst=2), 0.0)
    assert [bucket.take(1, 0.0) for _ in range(21)] == [True] * 20 + [False]
    assert bucket.take(1, 0.2)
    assert not bucket.take(3_000, 10.0)
    assert bucket.take(10, 20.0)
