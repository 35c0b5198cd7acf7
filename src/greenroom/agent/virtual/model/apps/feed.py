"""Perch, a sample feed: endless posts, likes, a composer that publishes, profiles, two accounts to sign in with."""

from dataclasses import dataclass, field
from functools import partial

from greenroom.agent.virtual.model.apps.app import App, Page
from greenroom.agent.virtual.model.apps.feed_composer import composer
from greenroom.agent.virtual.model.apps.feed_posts import post, stories
from greenroom.agent.virtual.model.apps.feed_profile import profile, profile_bar, sign_in
from greenroom.agent.virtual.model.apps.posts import ACCOUNTS, PEOPLE, Post, sample
from greenroom.agent.virtual.model.controls import field as writing
from greenroom.agent.virtual.model.element import (
    El,
    row,
)
from greenroom.agent.virtual.model.overlays import dialog
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import (
    app_bar,
    bottom_bar,
    button,
    item,
    listing,
    page,
    portrait,
    tool,
)

STEP = 8


@dataclass(slots=True)
class Kept:
    account: str = ""
    accounts: list[str] = field(default_factory=list)  # signed in, may be switched to
    posts: list[Post] = field(default_factory=list)
    liked: set[tuple[str, str]] = field(default_factory=set)


class Feed(App):
    package = "com.greenroom.feed"
    word = "feed"
    mark = "send"
    colours = (0xFF8E6CF0, 0xFFE0559A)

    def start(self) -> None:
        fresh = (
            Kept(self.phone.shape.account, [self.phone.shape.account])
            if self.phone.shape.account in ACCOUNTS
            else Kept()
        )
        self.kept: Kept = self.phone.kept.setdefault(self.package, fresh)
        self.tab, self.count, self.problem = "home", STEP, ""
        self.draft: tuple[object, ...] | None = None

    def activity(self) -> str:
        return ".ComposerActivity" if self.page.name == "composer" else super().activity()

    # -- reading

    def show_home(self, scene: Scene) -> El:
        if not self.kept.account:
            return sign_in(self, scene)
        say = scene.say
        tabs = (
            ("home", "house", say("home")),
            ("search", "search", say("search")),
            ("new", "plus", say("new_post")),
            ("profile", "user-round", say("profile")),
        )
        foot = bottom_bar(scene, tabs, self.tab, self._tab)
        if self.tab == "profile":
            return page(scene, profile_bar(self, scene), profile(self, scene, self.kept.account), foot=foot)
        if self.tab == "search":
            return page(scene, None, *self._people(scene), foot=foot)
        tools = (
            tool(scene, "heart", say("alerts"), partial(self.phone.toast, say("no_notifications")), name="activity"),
            tool(scene, "send", say("comments"), partial(self.phone.toast, say("no_results")), name="messages"),
        )
        bar = app_bar(scene, "Perch", *tools, large=True)
        posts = [post(self, scene, one) for one in self.shown_posts()]
        body = listing(scene, "feed", stories(self, scene), *posts, end=self._more, name="feed")
        return page(scene, bar, body, foot=foot)

    def shown_posts(self) -> list[Post]:
        return [*reversed(self.kept.posts), *(sample(self.phone.shape.seed, number) for number in range(self.count))]

    def _more(self) -> None:
        if self.count < 400 and self.tab == "home":
            self.count += STEP
            self.phone.dirty()

    def _people(self, scene: Scene) -> list[El]:
        wanted = self.texts.get("people", "").casefold()
        found = [one for one in PEOPLE if wanted in f"{one[0]} {one[1]}".casefold()]
        rows = [
            item(
                scene, handle, name, mark=portrait(handle, 44), tap=partial(self.open, "person", handle), name="person"
            )
            for handle, name in found
        ]
        find = row(
            writing(scene, "people", scene.say("search"), mark="search", grow=1), pad=(scene.side, 10, scene.side, 6)
        )
        return [find, listing(scene, "people", *rows)]

    def show_person(self, scene: Scene, handle: str) -> El:
        return page(scene, app_bar(scene, handle, back=self._back), profile(self, scene, handle))

    # -- writing

    def receive(self, key: tuple[object, ...]) -> None:
        if not self.kept.account:
            self.draft = key
            return
        self.compose(key)

    def compose(self, key: tuple[object, ...] | None) -> None:
        """The composer, with a picture or without."""
        self.draft, self.texts["long_caption"] = key, ""
        self.replace("composer") if self.page.name == "composer" else self.open("composer")

    def attach(self, key: tuple[object, ...]) -> None:
        self.draft = key
        self.close()

    def drop(self) -> None:
        self.draft = None

    def show_composer(self, scene: Scene) -> El:
        return composer(self, scene)

    def publish(self) -> None:
        words = self.texts.get("long_caption", "").strip()
        name = ACCOUNTS[self.kept.account][0]
        number = len(self.kept.posts) + 1
        self.kept.posts.append(Post(f"p{number}", self.kept.account, name, "", words, self.draft, 0, 0, ""))
        self.draft, self.texts["long_caption"], self.tab = None, "", "home"
        self.phone.unfocus()
        self.home()
        for key in [key for key in self.phone.scrolls if key.startswith(f"{self.package}/{self.page.serial}/")]:
            self.phone.scrolls[key].to(0)
        self.phone.toast(self.phone.say("posted"))

    def close_composer(self) -> None:
        self.back()

    def back(self) -> bool:
        if (
            self.over is None
            and self.page.name == "composer"
            and (self.draft is not None or self.texts.get("long_caption"))
        ):
            self.ask(self._ask_discard)
            return True
        if self.over is None and len(self.pages) == 1 and self.tab != "home":
            self._tab("home")
            self.phone.dirty()
            return True
        return super().back()

    def _ask_discard(self, scene: Scene) -> El:
        def discard() -> None:
            self.draft, self.texts["long_caption"] = None, ""
            self.close()
            self.back()

        say = scene.say
        return dialog(
            scene,
            say("discard_title"),
            "",
            button(scene, say("keep"), self.close, kind="text", name="keep"),
            button(scene, say("discard"), discard, kind="text", name="confirm", bad=True),
        )

    # -- accounts

    def enter(self) -> None:
        name, password = self.texts.get("username", "").strip().lower(), self.texts.get("password", "")
        if name not in ACCOUNTS or ACCOUNTS[name][1] != password:
            self.problem = self.phone.say("wrong")
            return
        self.problem = ""
        self.texts.pop("username"), self.texts.pop("password")
        self.phone.unfocus()
        if name not in self.kept.accounts:
            self.kept.accounts.append(name)
        self.kept.account, self.tab = name, "home"
        if self.draft is not None:
            self.compose(self.draft)

    def switch(self, name: str) -> None:
        self.kept.account = name
        self.close()

    def add_account(self) -> None:
        self.kept.account = ""
        self.close()

    def stay(self) -> None:
        self.kept.account = self.kept.accounts[0]

    def sign_out(self) -> None:
        self.kept.accounts.remove(self.kept.account)
        self.kept.account = self.kept.accounts[0] if self.kept.accounts else ""
        self.tab = "home"
        self.close()

    # -- acts

    def typed(self, key: str) -> None:
        self.problem = ""

    def submitted(self, key: str) -> None:
        if key == "username":
            self.phone.focus(self, "password")
        elif key == "password":
            self.enter()

    def left(self, page: Page) -> None:
        self.phone.unfocus()

    def _tab(self, tab: str) -> None:
        self.phone.unfocus()
        if tab == "new":
            self.compose(None)
        else:
            self.tab = tab

    def like(self, number: str) -> None:
        self.kept.liked ^= {(self.kept.account, number)}

    def copy(self, one: Post) -> None:
        self.phone.clipboard = f"https://perch.example/{one.handle}/{one.id}"
        self.phone.toast(self.phone.say("copy"))

    def _back(self) -> None:
        self.back()
