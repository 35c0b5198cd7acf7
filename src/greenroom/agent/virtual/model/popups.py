"""What a system puts in the way: permission questions, updates, ratings, an empty battery, a crashed app, surprises."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.element import El, edges, icon, row
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import button

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

PACKAGE = "com.android.systemui"


Button = tuple[str, str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Popup:
    """A question; each button is a word's key, a name for readers of the tree, and what it does beside closing it."""

    name: str
    title: str
    body: str
    buttons: tuple[Button, ...]
    mark: str = ""
    stars: bool = False


def named(phone: "Phone", name: str) -> Popup:
    """The pop-up of a name; `permission:camera`, `crash:PACKAGE` say about what. Other names are shown as they are."""
    kind, _, about = name.partition(":")
    say = phone.say
    buttons: tuple[Button, ...]
    if kind == "permission":
        wanted = about or "camera"
        words = f"{phone.label(phone.front()[0])} {say('wants')} {say(wanted)}"
        allow = partial(phone.allow, phone.front()[0], wanted)
        buttons = (
            ("while_using", "permission_allow", allow),
            ("only_once", "permission_allow_once", allow),
            ("dont_allow", "permission_deny", _nothing),
        )
        marks = {"camera": "camera", "photos": "image", "notifications": "bell"}
        return Popup(kind, words, "", buttons, marks.get(wanted, "shield"))
    if kind == "crash":
        package = about or phone.front()[0]
        again = partial(phone.launch, package)
        buttons = (
            ("app_info", "aerr_app_info", _nothing),
            ("open_again", "aerr_restart", again),
            ("close_app", "aerr_close", _nothing),
        )
        return Popup(kind, f"{phone.label(package)} {say('keeps_stopping')}", "", buttons)
    if kind == "update":
        return Popup(
            kind,
            say("update_title"),
            say("update_body"),
            (("later", "later", _nothing), ("update_now", "update_now", _nothing)),
            "download",
        )
    if kind == "rate":
        return Popup(
            kind, say("rate_title"), say("rate_body"), (("not_now", "not_now", _nothing),), "!star", stars=True
        )
    if kind == "low_battery":
        body = f"{phone.level()} % {say('remaining')}"
        return Popup(
            kind, say("low_battery"), body, (("got_it", "ok", _nothing), ("saver", "saver", _nothing)), "battery-low"
        )
    if kind == "storage_full":
        return Popup(
            kind,
            say("storage_full"),
            "",
            (("ok", "ok", _nothing), ("manage", "manage", partial(phone.launch, "com.greenroom.settings"))),
            "hard-drive",
        )
    if kind == "unknown":
        return Popup(
            kind, say("unknown_title"), say("unknown_body"), (("cancel", "cancel", _nothing), ("add", "add", _nothing))
        )
    return Popup("unknown", name, "", (("ok", "ok", _nothing),))


def _nothing() -> None:
    """Closing is all that most buttons do."""


def view(scene: Scene, one: Popup) -> El:
    phone, look = scene.phone, scene.look

    def act(does: Callable[[], None]) -> Callable[[], None]:
        def close() -> None:
            phone.close_popup(one)
            does()

        return close

    buttons = [button(scene, scene.say(word), act(does), kind="text", name=name) for word, name, does in one.buttons]
    stars = None
    if one.stars:
        shut = act(_nothing)
        each = (
            row(icon("star", look.accent, 30), tap=shut, say=str(number), role="button", name=f"star_{number}")
            for number in range(1, 6)
        )
        stars = row(*each, spread="centre", gap=8, pad=edges((0, 10)))
    return dialog(scene, one.title, one.body, *buttons, mark=one.mark, inside=stars, name=f"popup_{one.name}")
