"""The share sheet: a picture on its way to another app."""

from functools import partial

from greenroom.agent.virtual.model.element import El, column, edges, picture, row, scroll, text
from greenroom.agent.virtual.model.overlays import sheet
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_mark, tile

TARGETS = ("com.greenroom.feed", "com.greenroom.notes", "com.greenroom.shop")
Key = tuple[object, ...]


def share_sheet(scene: Scene, key: Key, name: str) -> El:
    """Where a picture can go; the feed's composer takes it."""
    phone, look = scene.phone, scene.look

    def send(package: str) -> None:
        scene.app.close()
        phone.launch(package)
        phone.app.receive(key)

    def target(package: str) -> El:
        label = phone.label(package)
        words = text(label, look.tiny, look.ink, lines=1, spread="centre")
        return column(
            app_mark(scene, phone.kind(package), 56),
            words,
            align="centre",
            gap=7,
            width=82,
            pad=edges((2, 8)),
            tap=partial(send, package),
            role="button",
            name="share_target",
            say=label,
            text=label,
        )

    def copy() -> None:
        scene.app.close()
        phone.clipboard = name
        phone.toast(scene.say("copy"))

    targets = [target(one) for one in TARGETS if phone.packages.get(one) is not None]
    head = row(
        picture(*key, width=56, height=56, radius=10),
        column(text(name, look.label, look.ink, lines=1), text(scene.say("photos"), look.small, look.soft), grow=1),
        gap=14,
        pad=edges((20, 6)),
    )
    more = row(
        tile("copy", look.raised if not look.dark else look.card, 42, look.ink),
        text(scene.say("copy"), look.body, look.ink, grow=1),
        pad=edges((20, 10)),
        gap=16,
        tap=copy,
        role="row",
        name="copy",
        say=scene.say("copy"),
    )
    across = scroll(
        row(*targets, gap=6, pad=edges((14, 8))), scene.key("share_targets"), axis="across", grow=0, role="list"
    )
    return sheet(scene, head, across, more, title=scene.say("share_with"), close=scene.app.close, name="share_sheet")
