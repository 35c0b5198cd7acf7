"""Who holds a phone, as the people before the wall see it: asked for, handed over, broken in, idle, given back."""

import re
from datetime import timedelta

import psycopg
from playwright.sync_api import expect

from tests.support.chromium import Browsing
from tests.support.wall_page import HOME, MARKUP, NOTES, WallLab

IDLE, GRACE = timedelta(minutes=15), timedelta(minutes=1)
TICK = 60_000  # ms within which the server has looked at leases by itself


def let_pass(lab: WallLab, by: timedelta, column: str, *phones: int) -> None:
    """Time for the leases of these phones."""
    assert column in ("input_at", "idle_asked_at")
    addresses = lab.installation.database.addresses()
    assert addresses is not None
    with psycopg.connect(addresses.superuser or "") as database:
        ids = [lab.phone(one)["id"] for one in phones]
        done = database.execute(
            f"update gr.phone_lease set {column} = {column} - %s where phone_id = any(%s::uuid[])", (by, ids)
        )
        assert done.rowcount == len(phones)


def test_a_phone_is_asked_for_and_broken_in_and_its_holder_is_told(lab: WallLab, browsing: Browsing) -> None:
    mona = lab.open(browsing, desk=lab.person("Mona", "full"))
    mona.live()
    mona.act_on(2)
    mona.mine("Phone 2 · you")

    ada = lab.open(browsing)
    ada.live()
    expect(ada.option(2)).to_contain_text("held by Mona")
    ada.select(2)
    ada.page.keyboard.press("m")
    ada.tap(2, "Notes")
    ada.last_act("Tap", "left out")
    ada.log("Phone 2: Mona holds it")
    assert lab.fronts(2) == [HOME]

    # Also with another phone selected the way out stands there, for the one that was touched.
    ada.act_on(1)
    ada.tap(2, "Notes")
    ada.last_act("Tap", "phone 2 · left out")
    top = mona.box(1)[1]
    ada.page.get_by_role("button", name="Ask for phone 2").click()
    ada.page.get_by_label("What for").fill(f"A take {MARKUP}")
    ada.page.get_by_role("button", name="Ask", exact=True).click()
    expect(mona.page.get_by_role("alert")).to_contain_text("asks for phone 2: “A take <img")
    assert mona.box(1)[1] == top  # no phone moves under a finger
    mona.page.get_by_role("button", name="Not now").click()
    expect(mona.page.get_by_role("alert")).to_have_count(0)

    ada.page.get_by_role("button", name="Break in on phone 2").click()
    ada.page.get_by_role("button", name="Take phone 2 over").click()
    expect(ada.page.get_by_text("Say why")).to_be_visible()
    ada.page.get_by_label("Why").fill("The client is on the line")
    ada.page.get_by_role("button", name="Take phone 2 over").click()
    ada.mine("Phones 1 and 2 · you")
    mona.log(re.compile("Phone 2: Ada.* took it over: “The client is on the line”"))
    ada.log("Phone 2: you took it over from Mona: “The client is on the line”")
    mona.tap(2, "Notes")
    mona.last_act("Tap", "left out")
    assert lab.fronts(2) == [HOME]
    ada.tap(2, "Notes")
    lab.until([2], lambda phone: phone.front()[0] == NOTES)


def test_by_the_keyboard_a_phone_is_asked_for_and_handed_over_and_given_back(lab: WallLab, browsing: Browsing) -> None:
    nils = lab.open(browsing, desk=lab.person("Nils", "limited"))
    nils.act_on(1)
    ada = lab.open(browsing)
    ada.live()
    ada.select(1)
    ada.page.keyboard.press("m")
    ada.press("Ask for phone 1")
    ada.page.keyboard.type("A take for the client")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_text("Nils was asked for phone 1.")).to_be_visible()
    expect(nils.page.get_by_role("alert")).to_contain_text("Ada Lovelace asks for phone 1: “A take for the client”")
    nils.press("Hand it over")
    expect(nils.page.get_by_text("Phone 1 is Ada Lovelace’s now.")).to_be_visible()
    nils.log("Phone 1: it was handed over to Ada Lovelace")
    ada.log("Phone 1: Nils handed it over to you")
    expect(nils.option(1)).to_contain_text("held by Ada Lovelace")
    # Who may not manage phones asks for one and takes none away.
    expect(nils.page.get_by_role("button", name="Ask for phone 1")).to_be_visible()
    expect(nils.page.get_by_role("button", name="Break in on phone 1")).to_have_count(0)
    nils.page.keyboard.press("h")
    nils.last_act("Home", "left out")
    nils.log("Phone 1: Ada Lovelace holds it")

    ada.mine("Phone 1 · you")
    ada.tap(1, "Notes")
    ada.last_act("Tap", "done")
    lab.until([1], lambda phone: phone.front()[0] == NOTES)
    ada.press("Give back")
    ada.log("You gave back phone 1")
    for wall in (ada, nils):
        expect(wall.option(1)).not_to_contain_text("held by")


def test_who_touched_nothing_is_asked_keeps_by_an_answer_and_loses_without(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(1, 2)
    question = wall.page.get_by_role("alert")
    let_pass(lab, IDLE, "input_at", 1, 2)
    expect(question).to_contain_text(
        "Are you still there? Phones 1 and 2 were not touched for 15 minutes and will be given back in a minute.",
        timeout=TICK,
    )
    wall.press("I am here")
    expect(question).to_have_count(0)
    assert [lab.phone(one)["lease"]["still_there"] for one in (1, 2)] == [None, None]

    let_pass(lab, IDLE, "input_at", 1)
    expect(question).to_contain_text("Are you still there? Phone 1 was not touched", timeout=TICK)
    let_pass(lab, GRACE, "idle_asked_at", 1)
    wall.log("Phone 1: nobody touched it for 15 minutes, so it was given back")
    wall.said("Phone 1: nobody touched it for 15 minutes, so it was given back")
    expect(question).to_have_count(0)
    expect(wall.option(1)).not_to_contain_text("held by")
    expect(wall.option(2)).to_contain_text("held by you")
    wall.tap(1, "Notes")  # takes it again
    wall.last_act("Tap", "2 done")
    lab.until([1, 2], lambda phone: phone.front()[0] == NOTES)
