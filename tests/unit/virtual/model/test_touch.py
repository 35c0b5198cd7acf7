"""Fingers on a virtual phone: taps, long ones, scrolls that glide on, edges of the screen, a turn in the middle."""

import pytest

from greenroom.agent.virtual.contracts import IPHONE
from tests.unit.virtual.model.hands import find, phone, swipe, tap, texts, wait


def test_a_tap_opens_an_app_and_the_home_button_leaves_it() -> None:
    at = phone()
    tap(at, "app_icon", 0)
    assert at.front() == ("com.greenroom.settings", ".MainActivity")
    tap(at, "home_button")
    assert at.front()[0] == "com.greenroom.launcher"


def test_a_list_follows_the_finger_glides_on_and_comes_to_rest() -> None:
    at = phone("settings")
    first = find(at, "wifi")[0].box
    at.touch("down", 500, 1500, at.now)
    for step in range(1, 11):
        at.touch("move", 500, 1500 - 40 * step, at.now + 0.012)
    held = find(at, "airplane")
    at.touch("up", 500, 1100, at.now + 0.01)
    assert at.moving()
    wait(at)
    assert find(at, "airplane") != held
    assert all(node.box != first for node in find(at, "wifi"))


def test_looking_often_or_seldom_shows_the_same_glide() -> None:
    def flung(step: float) -> bytes:
        at = phone("settings")
        at.touch("down", 500, 1500, at.now)
        for number in range(1, 6):
            at.touch("move", 500, 1500 - 60 * number, at.now + 0.01)
        at.touch("up", 500, 1200, at.now + 0.01)
        end = at.now + 0.6
        while at.now < end - 1e-9:
            at.advance(min(end, at.now + step))
        return at.frame(width=270).tobytes()

    assert flung(0.01) == flung(0.3)


def test_phones_touched_a_moment_apart_show_the_same_pictures() -> None:
    def ways(late: float) -> list[object]:
        at = phone()
        left, top, right, bottom = find(at, "app_icon")[0].box
        x, y = (left + right) // 2, (top + bottom) // 2
        at.touch("down", x, y, at.now + late)
        at.touch("up", x, y, at.now)
        began, found = at.now - late, []
        for number in range(5):
            at.advance(began + number / 8 + 0.012)
            found.append(at.ops())
        return found

    assert ways(0.0) == ways(0.011)
    assert len(set(map(hash, map(str, ways(0.0))))) > 3


def test_holding_a_field_offers_the_clipboard() -> None:
    at = phone("notes")
    at.clipboard = "from elsewhere, ünï"
    field = find(at, "search")[0].box
    x, y = (field[0] + field[2]) // 2, (field[1] + field[3]) // 2
    at.touch("down", x, y, at.now)
    assert at.advance(at.now + 0.6) is not None
    at.touch("up", x, y, at.now + 0.1)
    wait(at)
    tap(at, "paste")
    assert find(at, "search")[0].text == at.clipboard


def test_a_move_beyond_the_slop_is_no_tap() -> None:
    at = phone("settings")
    node = find(at, "dark_theme")[0].box
    x, y = (node[0] + node[2]) // 2, (node[1] + node[3]) // 2
    at.touch("down", x, y, at.now)
    at.touch("move", x, y - 60, at.now + 0.05)
    at.touch("up", x, y - 60, at.now + 0.05)
    assert not at.dark


def test_a_second_finger_does_nothing_while_the_first_is_down() -> None:
    at = phone("settings")
    node = find(at, "dark_theme")[0].box
    at.touch("down", 500, 400, at.now, 0)
    at.touch("down", node[0] + 50, node[1] + 50, at.now, 1)
    at.touch("up", node[0] + 50, node[1] + 50, at.now + 0.05, 1)
    assert not at.dark
    at.touch("up", 500, 400, at.now + 0.05, 0)


def test_the_shade_comes_down_from_the_top_and_a_notification_opens_its_app() -> None:
    at = phone()
    at.notify("Perch", "Salma liked your post", "com.greenroom.feed")
    swipe(at, (540, 20), (540, 1200))
    tap(at, "notification")
    assert at.front()[0] == "com.greenroom.feed"
    assert not at.notices


def test_a_swipe_up_unlocks() -> None:
    at = phone("notes")
    at.locked = True
    assert not find(at, "note")
    swipe(at, (540, 2000), (540, 700))
    assert not at.locked
    assert find(at, "note")


def test_an_iphone_goes_back_from_its_left_edge_and_home_from_its_foot() -> None:
    at = phone("settings", IPHONE)
    at.app.open("about")
    wait(at)
    swipe(at, (10, 1200), (700, 1210))
    assert at.app.page.name == "home"
    swipe(at, (585, 2520), (585, 1500), lasts=0.15)
    assert at.front()[0] == "com.greenroom.launcher"


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turn_in_the_middle_of_a_gesture_ends_it(turn: int) -> None:
    at = phone("settings")
    node = find(at, "dark_theme")[0].box
    x, y = (node[0] + node[2]) // 2, (node[1] + node[3]) // 2
    at.touch("down", x, y, at.now)
    at.rotation = turn
    at.touch("up", x, y, at.now + 0.05)
    wait(at)
    assert not at.dark
    assert at.size == ((2400, 1080) if turn % 2 else (1080, 2400))
    assert at.frame().shape[:2] == at.size[::-1]


def test_the_wheel_scrolls_what_lies_under_it() -> None:
    at = phone("feed")
    before = texts(at)
    at.scroll(540, 1500, 0, -12)
    assert texts(at) != before


def test_pages_of_the_home_screen_snap() -> None:
    at = phone()
    for number in range(40):
        package = at.packages.all()[2]
        at.packages.install(type(package)(f"org.many.app{number}", f"App {number}"))
    at.dirty()
    swipe(at, (900, 1000), (200, 1000))
    state = next(scroll for key, scroll in at.scrolls.items() if key.endswith("/pages"))
    assert state.offset == state.viewport > 0
