"""A person's page in the sample feed, the accounts that are signed in, and signing in."""

from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.posts import ACCOUNTS, PEOPLE
from greenroom.agent.virtual.model.controls import field as writing
from greenroom.agent.virtual.model.element import (
    El,
    Type,
    column,
    icon,
    picture,
    row,
    scroll,
    space,
    text,
)
from greenroom.agent.virtual.model.overlays import sheet
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import (
    app_mark,
    button,
    item,
    listing,
    page,
    portrait,
    tile,
    tool,
)

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.feed import Feed


def profile_bar(app: "Feed", scene: Scene) -> El:
    look = scene.look
    mine = row(
        text(app.kept.account, look.title, look.ink, lines=1, name="account_name"),
        icon("chevron-down", look.ink, 20),
        gap=4,
        height=44,
        tap=partial(app.ask, partial(accounts, app)),
        role="button",
        name="switch_account",
        say=scene.say("switch_account"),
    )
    return row(
        mine,
        space(grow=1),
        tool(scene, "menu", scene.say("more"), partial(app.ask, partial(accounts, app)), name="menu"),
        height=look.bar,
        pad=(scene.side, 0, 4, 0),
    )


def profile(app: "Feed", scene: Scene, handle: str) -> El:
    look, say = scene.look, scene.say
    own = [one for one in reversed(app.kept.posts) if one.handle == handle]
    name = ACCOUNTS[handle][0] if handle in ACCOUNTS else dict(PEOPLE).get(handle, handle)
    seed = sum(map(ord, handle))
    pictures = [one.picture for one in own if one.picture] + [
        ("photo", f"feed/{(seed + place * 5) % 24}") for place in range(9)
    ]

    def figure(number: int, word: str) -> El:
        count = text(f"{number:,}", look.title, look.ink, spread="centre", name=word)
        return column(count, text(say(word), look.small, look.soft, spread="centre", lines=1), grow=1)

    head = row(
        portrait(handle, 82),
        figure(len(own) + 9, "posts"),
        figure(240 + seed % 900, "followers"),
        figure(80 + seed % 300, "following"),
        gap=6,
        pad=(scene.side, 10, scene.side, 8),
    )
    about = column(
        text(name, look.label, look.ink),
        text("Small stages, big light.", look.small, look.soft),
        pad=(scene.side, 0, scene.side, 12),
        gap=2,
    )
    columns = 6 if scene.wide else 3
    size = (scene.width - 2 * (columns - 1)) / columns
    cells = [picture(*one, width=size, height=size) for one in pictures]
    grid = [row(*cells[start : start + columns], gap=2, pad=(0, 0, 0, 2)) for start in range(0, len(cells), columns)]
    return listing(scene, f"profile_{handle}", head, about, *grid)


def accounts(app: "Feed", scene: Scene) -> El:
    say, look = scene.say, scene.look
    rows = [
        item(
            scene,
            one,
            ACCOUNTS[one][0],
            mark=portrait(one, 44),
            tap=partial(app.switch, one),
            name="account",
            end=icon("circle-check", look.accent, 22) if one == app.kept.account else space(22),
        )
        for one in app.kept.accounts
    ]
    add = item(
        scene,
        say("add_account"),
        mark=tile("plus", look.raised, 44, look.ink),
        tap=app.add_account,
        name="add_account",
        end=space(1),
    )
    out = item(
        scene,
        say("sign_out"),
        mark=tile("log-out", look.raised, 44, look.bad),
        tap=app.sign_out,
        name="sign_out",
        end=space(1),
    )
    return sheet(scene, *rows, add, out, title=say("switch_account"), close=app.close, name="account_sheet")


def sign_in(app: "Feed", scene: Scene) -> El:
    look, say = scene.look, scene.say
    inside = column(
        row(app_mark(scene, app, 76), spread="centre"),
        text("Perch", Type(34, 700, 44, -0.5), look.ink, spread="centre"),
        space(8),
        writing(scene, "username", say("username")),
        writing(scene, "password", say("password"), password=True, problem=app.problem),
        row(button(scene, say("sign_in"), app.enter, name="sign_in", grow=1), pad=(0, 6, 0, 0)),
        pad=(scene.side + 8, 30 if scene.wide else 80, scene.side + 8, 24),
        gap=14,
    )
    back = tool(scene, "arrow-left", say("back"), app.stay, name="navigate_up") if app.kept.accounts else space(1)
    return page(scene, row(back, height=look.bar), scroll(inside, scene.key("sign_in"), role="list"))
