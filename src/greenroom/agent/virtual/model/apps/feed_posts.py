"""A post of the sample feed as it is shown, and the row of people above."""

from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.posts import PEOPLE, Post
from greenroom.agent.virtual.model.element import (
    Act,
    El,
    box,
    column,
    icon,
    picture,
    row,
    scroll,
    space,
    text,
)
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import (
    portrait,
    rule,
)

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.feed import Feed


def stories(app: "Feed", scene: Scene) -> El:
    look = scene.look
    rings = [
        column(
            box(
                box(portrait(handle, 58), width=62, height=62, radius=31, fill=look.back),
                width=67,
                height=67,
                radius=33.5,
                fill=0xFFE0559A if place % 3 else look.line,
            ),
            text(handle, look.tiny, look.soft, lines=1, spread="centre", width=72),
            align="centre",
            gap=4,
        )
        for place, (handle, _) in enumerate(PEOPLE)
    ]
    return column(
        scroll(row(*rings, gap=8, pad=(12, 6, 12, 8)), scene.key("stories"), axis="across", grow=0, name="stories"),
        rule(scene),
    )


def post(app: "Feed", scene: Scene, one: Post) -> El:
    look, say = scene.look, scene.say
    liked = (app.kept.account, one.id) in app.kept.liked
    ink = 0xFFE0425E if liked else look.ink
    wide = min(scene.width, 560.0)
    head = row(
        portrait(one.handle, 36),
        column(
            text(one.handle, look.label, look.ink, lines=1),
            text(one.place, look.tiny, look.soft) if one.place else None,
            grow=1,
        ),
        box(icon("ellipsis-vertical", look.soft, 20), width=40, height=40),
        gap=10,
        pad=(14, 9, 4, 9),
    )

    def act(mark: str, colour: int, name: str, says: str, does: Act) -> El:
        return box(icon(mark, colour, 25), width=46, height=46, tap=does, role="button", name=name, say=says)

    acts = row(
        act("!heart" if liked else "heart", ink, "like", say("likes"), partial(app.like, one.id)),
        act(
            "message-circle",
            look.ink,
            "comment",
            say("comments"),
            partial(app.phone.toast, f"{one.comments} {say('comments')}"),
        ),
        act("send", look.ink, "share", say("share"), partial(app.copy, one)),
        space(grow=1),
        act("bookmark", look.ink, "save", say("save"), partial(app.phone.toast, say("saved"))),
        pad=(4, 0, 4, 0),
    )
    count = one.likes + (1 if liked else 0)
    words = column(
        text(f"{count:,} {say('likes')}", look.label, look.ink, name="like_count"),
        text(one.caption, look.small, look.ink, lines=4, name="caption") if one.caption else None,
        text(one.ago or say("just_now"), look.tiny, look.faint),
        gap=3,
        pad=(16, 0, 16, 14),
    )
    shown = (
        picture(
            *one.picture,
            height=wide if not scene.wide else scene.height * 0.6,
            name="post_image",
            role="image",
            say=one.caption[:80],
            hold=partial(app.like, one.id),
        )
        if one.picture
        else None
    )
    return column(
        head,
        shown,
        acts,
        words,
        memo=(
            "post",
            one.id,
            one.caption,
            liked,
            scene.page,
            look,
            scene.width,
            app.token,
            app.kept.account,
            app.phone.locale,
        ),
    )
