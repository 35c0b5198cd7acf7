"""The apps in use, as cards in a row: tap one to go back to it, throw all away with a button."""

from functools import partial

from greenroom.agent.virtual.model.element import El, box, column, picture, row, scroll, space, stack, text
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_mark


def view(scene: Scene) -> El:
    phone, look = scene.phone, scene.look
    wide = min(scene.width * 0.66, (scene.height - scene.top - scene.bottom - 130) * scene.width / scene.height)
    cards = []
    for package in phone.order:
        app = phone.apps[package]
        head = row(
            app_mark(scene, app, 26),
            text(phone.label(package), look.label, 0xFFFFFFFF, lines=1),
            gap=8,
            pad=(4, 0, 0, 8),
        )
        shown = box(fill=0xFF000000) if app.secure() else El("small", (app.view(phone.scene(app)),), most=scene.width)
        body = stack(shown, radius=22, clip=True, height=wide * scene.height / scene.width)
        cards.append(
            column(
                head,
                body,
                width=wide,
                tap=partial(phone.launch, package),
                name="task",
                say=phone.label(package),
                role="button",
            )
        )
    clear = row(
        text(scene.say("clear_all"), look.label, 0xFFFFFFFF),
        pad=(22, 11, 22, 11),
        radius=22,
        fill=0x40FFFFFF,
        tap=phone.clear_recents,
        role="button",
        name="clear_all",
    )
    inside: El
    if cards:
        inside = column(
            scroll(
                row(*cards, gap=18, pad=((scene.width - wide) / 2, 0, (scene.width - wide) / 2, 0)),
                scene.key("recents"),
                axis="across",
                grow=0,
            ),
            row(clear, spread="centre", pad=(0, 22, 0, 0)),
            spread="centre",
            grow=1,
        )
    else:
        inside = box(text(scene.say("no_recents"), look.body, 0xFFFFFFFF), grow=1)
    away = box(tap=phone.home, name="outside", say=scene.say("home"))
    return stack(
        picture("wallpaper", phone.shape.seed, look.dark),
        box(fill=0x80000000),
        away,
        column(space(scene.top), inside, space(scene.bottom)),
    )
