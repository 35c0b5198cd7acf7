"""The lock screen: the time, the day, what waits; a swipe up opens it."""

from dataclasses import replace

from greenroom.agent.virtual.model.element import El, Type, box, column, icon, picture, row, space, stack, text
from greenroom.agent.virtual.model.look import faded
from greenroom.agent.virtual.model.scene import Scene


def view(scene: Scene) -> El:
    phone, look = scene.phone, scene.look
    size = 76 if scene.wide else 92
    white = 0xFFFFFFFF
    cards = [
        row(
            box(icon(one.mark, white, 18), width=34, height=34, radius=17, fill=look.accent),
            column(
                text(one.title, look.label, white, lines=1), text(one.text, look.small, 0xDDFFFFFF, lines=1), grow=1
            ),
            pad=(14, 10, 14, 10),
            gap=12,
            radius=18,
            fill=0x59101828,
            name="notification",
        )
        for one in phone.notices[: 1 if scene.wide else 3]
    ]
    day = replace(look.title, size=18, line=24)
    return stack(
        picture("wallpaper", phone.shape.seed, True),
        box(fill=0x33000000),
        column(
            space(scene.top + (4 if scene.wide else 54)),
            icon("lock", white, 22, say="locked", name="lock_icon"),
            text(
                phone.clock(),
                Type(size, 400 if not look.iphone else 500, size * 1.1, -2),
                white,
                name="clock",
                spread="centre",
            ),
            text(phone.today(), day, white, name="date", spread="centre"),
            space(20),
            column(*cards, gap=8, width=min(scene.width - 32, 420)),
            space(grow=1),
            text(scene.say("swipe_up"), look.small, faded(white, 0.85), name="hint"),
            space(scene.bottom + 18),
            align="centre",
        ),
        solid=True,
    )
