"""The sample feed's composer: a caption, a picture, and where to take one from."""

from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.gallery import Gallery
from greenroom.agent.virtual.model.controls import field as writing
from greenroom.agent.virtual.model.element import (
    El,
    box,
    column,
    edges,
    icon,
    picture,
    row,
    space,
    stack,
    text,
)
from greenroom.agent.virtual.model.overlays import sheet
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import (
    button,
    listing,
    page,
    portrait,
    rule,
    tool,
)

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.feed import Feed


def composer(app: "Feed", scene: Scene) -> El:
    look, say = scene.look, scene.say
    ready = app.draft is not None or bool(app.texts.get("long_caption", "").strip())
    post = row(
        button(
            scene,
            say("post"),
            app.publish,
            kind="filled" if not look.iphone else "text",
            name="post",
            enabled=ready,
        ),
        pad=(0, 0, 8, 0),
    )
    close = tool(scene, "x", say("close"), app.close_composer, name="discard")
    who = row(portrait(app.kept.account, 38), text(app.kept.account, look.label, look.ink, grow=1), gap=10)
    size = min(scene.width - 2 * scene.side, 320.0, max(120.0, scene.height - scene.top - scene.bottom - 250))
    if app.draft is not None:
        bin_ = box(
            icon("x", 0xFFFFFFFF, 18),
            width=34,
            height=34,
            radius=17,
            fill=0x99000000,
            tap=app.drop,
            role="button",
            name="remove_photo",
            say=say("delete"),
        )
        media = stack(
            picture(*app.draft, radius=18, name="attached", role="image"),
            row(space(grow=1), bin_, pad=edges(8), align="start"),
            width=size,
            height=size,
        )
    else:
        media = row(
            icon("image", look.accent, 22),
            text(say("add_photo"), look.label, look.accent),
            height=56,
            gap=12,
            tap=partial(app.ask, partial(picker, app)),
            role="button",
            name="add_photo",
            say=say("add_photo"),
        )
    inside = column(
        who,
        writing(scene, "long_caption", say("caption"), plain=True, lines=0),
        media,
        gap=16,
        pad=(scene.side, 12, scene.side, 24),
        align="stretch",
    )
    bar = row(
        close,
        text(say("new_post"), look.title, look.ink, lines=1, grow=1, name="toolbar_title"),
        post,
        height=look.bar,
        pad=(4, 0, 4, 0),
    )
    return page(scene, bar, rule(scene), listing(scene, "composer", inside))


def picker(app: "Feed", scene: Scene) -> El:
    found = app.phone.running(Gallery.package)
    photos = found.photos()[:12] if isinstance(found, Gallery) else []
    size = (min(scene.width, 560.0) - 40 - 12) / 4
    cells = [
        picture(
            *one.key,
            width=size,
            height=size,
            radius=8,
            tap=partial(app.attach, one.key),
            name="pick_photo",
            say=one.name,
        )
        for one in photos
    ]
    rows = [row(*cells[start : start + 4], gap=4, pad=(20, 0, 20, 4)) for start in range(0, len(cells), 4)]
    return sheet(scene, *rows, title=scene.say("photos"), close=app.close, name="photo_picker")
