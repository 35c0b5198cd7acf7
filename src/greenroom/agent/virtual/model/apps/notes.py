"""Notes: a list and an editor; a deleted note can be had back for a moment."""

from dataclasses import dataclass, field, replace
from functools import partial

from greenroom.agent.virtual.model.apps.app import App, Page
from greenroom.agent.virtual.model.controls import field as writing
from greenroom.agent.virtual.model.element import El, at, box, column, edges, icon, row, scroll, stack, text
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import app_bar, button, empty, listing, page, tool


@dataclass(frozen=True, slots=True)
class Note:
    id: int
    title: str
    body: str
    at: str


@dataclass(slots=True)
class Kept:
    notes: list[Note] = field(
        default_factory=lambda: [
            Note(
                3,
                "Shot list, Thursday",
                "Wide of the stage, then hands on the desk. The tea kettle, close. Ask Jonas about the lamp.",
                "7:42",
            ),
            Note(
                2,
                "Captions to try",
                "Less noise, more light.\nWhat the prop room knows.\nThree minutes before the curtain.",
                "7:15",
            ),
            Note(1, "Groceries", "Oats, lemons, rye bread, coffee filters, something green", "6:58"),
        ]
    )
    last: int = 3


class Notes(App):
    package = "com.greenroom.notes"
    word = "notes"
    mark = "sticky-note"
    colours = (0xFFFFD45C, 0xFFF2A93B)
    ink = 0xFF4A3208

    def start(self) -> None:
        self.kept: Kept = self.phone.kept.setdefault(self.package, Kept())

    def show_home(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        wanted = self.texts.get("search", "").casefold()
        shown = [one for one in self.kept.notes if wanted in f"{one.title} {one.body}".casefold()]
        bar = app_bar(scene, say("notes"), large=True)
        find = row(writing(scene, "search", say("search"), mark="search", grow=1), pad=edges((scene.side, 4)))
        add = box(
            icon("plus", look.on_tint if not look.iphone else look.on_accent, 26),
            width=58,
            height=58,
            radius=29 if look.iphone else 18,
            fill=look.accent if look.iphone else look.tint,
            shadow=5,
            tap=self._add,
            say=say("new_note"),
            role="button",
            name="new_note",
        )
        if not shown:
            return page(
                scene,
                bar,
                find,
                empty(scene, "sticky-note", say("no_notes") if not wanted else say("no_results")),
                float_=add,
            )
        columns = 3 if scene.wide else 2
        if look.iphone:
            cards: list[El] = [column(*(self._card(scene, one) for one in shown), gap=10)]
        else:
            piles: list[list[El]] = [[] for _ in range(columns)]
            for place, one in enumerate(shown):
                piles[place % columns].append(self._card(scene, one))
            cards = [row(*(column(*pile, gap=10, grow=1) for pile in piles), gap=10, align="start")]
        return page(scene, bar, find, listing(scene, "list", *cards, pad=(scene.side, 8, scene.side, 90)), float_=add)

    def _card(self, scene: Scene, one: Note) -> El:
        look = scene.look
        return column(
            text(one.title or scene.say("title"), look.label, look.ink if one.title else look.faint, lines=2),
            text(one.body, look.small, look.soft, lines=2 if look.iphone else 6) if one.body else None,
            text(one.at, look.tiny, look.faint),
            pad=edges((16, 14)),
            gap=6,
            radius=look.radius,
            fill=look.card,
            tap=partial(self._edit, one),
            hold=partial(self._ask_delete, one),
            role="row",
            name="note",
            say=one.title,
        )

    def show_editor(self, scene: Scene, number: int) -> El:
        look, say = scene.look, scene.say
        bin_ = tool(scene, "trash-2", say("delete"), partial(self._delete, number), name="delete")
        share = tool(scene, "share-2", say("share"), partial(self._share, number), name="share")
        title = replace(scene, look=replace(look, body=replace(look.title, size=24, line=31)))
        inside = column(
            writing(title, "title", say("title"), plain=True),
            writing(scene, "long_body", say("write"), plain=True, lines=0),
            pad=(scene.side + 4, 8, scene.side + 4, 40),
            gap=12,
        )
        rest = box(tap=partial(self.phone.focus, self, "long_body"), name="paper", say=say("write"))
        sheet = scroll(inside, scene.key("editor"), role="list", name="editor")
        return page(scene, app_bar(scene, "", share, bin_, back=self._back), stack(at(rest, 0, 0, 0, 0), sheet, grow=1))

    def _add(self) -> None:
        self.kept.last += 1
        note = Note(self.kept.last, "", "", self.phone.clock())
        self.kept.notes.insert(0, note)
        self._edit(note)
        self.phone.focus(self, "title")

    def _edit(self, one: Note) -> None:
        self.texts["title"], self.texts["long_body"] = one.title, one.body
        self.phone.unfocus()
        self.open("editor", one.id)

    def typed(self, key: str) -> None:
        if self.page.name == "editor":
            number = self.page.args[0]
            new = Note(number, self.texts["title"], self.texts["long_body"], self.phone.clock())
            self.kept.notes = [new if one.id == number else one for one in self.kept.notes]

    def submitted(self, key: str) -> None:
        if key == "title":
            self.phone.focus(self, "long_body")

    def left(self, page: Page) -> None:
        self.phone.unfocus()
        if page.name == "editor":
            self.kept.notes = [one for one in self.kept.notes if one.id != page.args[0] or one.title or one.body]

    def _delete(self, number: int) -> None:
        place, gone = next((place, one) for place, one in enumerate(self.kept.notes) if one.id == number)
        del self.kept.notes[place]
        if self.page.name == "editor":
            self.back()

        def undo() -> None:
            self.kept.notes.insert(min(place, len(self.kept.notes)), gone)

        self.phone.toast(self.phone.say("note_deleted"), self.phone.say("undo"), undo)

    def _ask_delete(self, one: Note) -> None:
        def delete() -> None:
            self.close()
            self._delete(one.id)

        def ask(scene: Scene) -> El:
            return dialog(
                scene,
                scene.say("delete_note"),
                one.title,
                button(scene, scene.say("cancel"), self.close, kind="text", name="cancel"),
                button(scene, scene.say("delete"), delete, kind="text", name="confirm", bad=True),
            )

        self.ask(ask)

    def _share(self, number: int) -> None:
        found = next(one for one in self.kept.notes if one.id == number)
        self.phone.clipboard = f"{found.title}\n{found.body}".strip()
        self.phone.toast(self.phone.say("copy"))

    def _back(self) -> None:
        self.back()
