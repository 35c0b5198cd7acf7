"""Market Lane, a sample shop: search and filters, a product, the cart, a checked form, a protected payment page."""

import re
from dataclasses import dataclass, field
from functools import partial

from greenroom.agent.virtual.model.apps.app import App, Page
from greenroom.agent.virtual.model.apps.goods import CATEGORIES, PRODUCTS, Product
from greenroom.agent.virtual.model.apps.shop_parts import banner, filters, goods_picture, grid, line
from greenroom.agent.virtual.model.controls import chip
from greenroom.agent.virtual.model.controls import field as writing
from greenroom.agent.virtual.model.element import (
    El,
    Type,
    box,
    column,
    edges,
    icon,
    row,
    scroll,
    text,
)
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import (
    app_bar,
    bottom_bar,
    button,
    empty,
    group,
    listing,
    page,
    rule,
    tool,
)

SHIPPING = 490
ADDRESS = ("name", "email", "street", "city", "postcode")
CARD = ("card_number", "expiry", "cvc")


@dataclass(slots=True)
class Kept:
    cart: dict[int, int] = field(default_factory=dict)
    saved: set[int] = field(default_factory=set)
    orders: int = 0


class Shop(App):
    package = "com.greenroom.shop"
    word = "shop"
    mark = "store"
    colours = (0xFF36B37E, 0xFF16805A)

    def start(self) -> None:
        self.kept: Kept = self.phone.kept.setdefault(self.package, Kept())
        self.tab, self.category, self.order, self.most = "home", "", "featured", 0
        self.problems: dict[str, str] = {}

    def secure(self) -> bool:
        return self.page.name == "payment"

    # -- looking

    def show_home(self, scene: Scene) -> El:
        say = scene.say
        count = sum(self.kept.cart.values())
        bag = tool(scene, "shopping-cart", say("cart"), partial(self.open, "cart"), name="cart", badge=count)
        tabs = (("home", "store", say("home")), ("saved", "heart", say("saved")))
        foot = bottom_bar(scene, tabs, self.tab, self._tab)
        if self.tab == "saved":
            saved = [one for one in PRODUCTS if one.id in self.kept.saved]
            body = (
                listing(scene, "saved", *grid(self, scene, saved), pad=(scene.side, 8, scene.side, 20), gap=14)
                if saved
                else empty(scene, "heart", say("no_results"))
            )
            return page(scene, app_bar(scene, say("saved"), bag, large=True), body, foot=foot)
        shown = self.shown_products()
        choose = partial(self.ask, partial(filters, self))
        find = row(
            writing(scene, "search", say("search"), mark="search", grow=1),
            tool(scene, "sliders-horizontal", say("filters"), choose, name="filters"),
            pad=(scene.side, 2, scene.side - 8, 6),
            gap=4,
        )
        chips = row(
            chip(scene, say("all"), not self.category, partial(self._category, ""), name="category_all"),
            *(
                chip(scene, one, self.category == one, partial(self._category, one), name=f"category_{one}")
                for one in CATEGORIES
            ),
            gap=8,
            pad=(scene.side, 2, scene.side, 8),
        )
        narrowed = bool(self.texts.get("search") or self.category or self.most)
        rows = [scroll(chips, scene.key("chips"), axis="across", grow=0)]
        if not narrowed:
            rows.append(banner(self, scene))
        else:
            rows.append(
                text(
                    f"{len(shown)} {say('results')}",
                    scene.look.small,
                    scene.look.soft,
                    pad=edges((scene.side, 4)),
                    name="result_count",
                )
            )
        goods = column(*grid(self, scene, shown), pad=(scene.side, 8, scene.side, 20), gap=14)
        body = (
            listing(scene, "home", *rows, goods)
            if shown
            else column(*rows, empty(scene, "search", say("no_results")), grow=1)
        )
        return page(scene, app_bar(scene, say("shop"), bag, large=True), find, body, foot=foot)

    def shown_products(self) -> list[Product]:
        wanted = self.texts.get("search", "").strip().casefold()
        found = [
            one
            for one in PRODUCTS
            if wanted in f"{one.name} {one.category} {one.about}".casefold()
            and self.category in ("", one.category)
            and (not self.most or one.cents <= self.most)
        ]
        if self.order == "cheapest":
            return sorted(found, key=lambda one: one.cents)
        return sorted(found, key=lambda one: -one.rating) if self.order == "best" else found

    def show_product(self, scene: Scene, number: int) -> El:
        look, say, one = scene.look, scene.say, PRODUCTS[number]
        saved = number in self.kept.saved
        count = sum(self.kept.cart.values())
        bar = app_bar(
            scene,
            "",
            tool(scene, "!heart" if saved else "heart", say("saved"), partial(self._save, number), name="save"),
            tool(scene, "shopping-cart", say("cart"), partial(self.open, "cart"), name="cart", badge=count),
            back=self._back,
        )
        size = min(scene.width - 2 * scene.side, scene.height * 0.42)
        stars = row(
            *(icon("!star" if place < round(one.rating) else "star", 0xFFF2A93B, 16) for place in range(5)),
            text(f"{one.rating:.1f} · {one.reviews} {say('reviews')}", look.small, look.soft, pad=(6, 0, 0, 0)),
            gap=2,
        )
        about = column(
            row(goods_picture(one, size, 24), spread="centre"),
            text(one.name, look.headline, look.ink, lines=2, name="product_name"),
            stars,
            text(one.price, Type(24, 700, 32), look.ink, name="price"),
            text(one.about, look.body, look.soft, lines=4),
            row(icon("truck", look.good, 20), text(say("in_stock"), look.small, look.good, grow=1), gap=10),
            pad=(scene.side, 0, scene.side, 20),
            gap=12,
        )
        add = row(
            button(
                scene, say("add_to_cart"), partial(self._add, number), name="add_to_cart", mark="shopping-bag", grow=1
            ),
            pad=(scene.side, 10, scene.side, 10),
            fill=look.card if not look.iphone else look.back,
        )
        return page(scene, bar, listing(scene, "product", about), foot=add)

    # -- buying

    def show_cart(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        bar = app_bar(scene, say("cart"), back=self._back)
        if not self.kept.cart:
            return page(scene, bar, empty(scene, "shopping-cart", say("empty_cart")))
        rows = [line(self, scene, PRODUCTS[number], count) for number, count in self.kept.cart.items()]
        total = column(
            row(
                text(say("shipping"), look.body, look.soft, grow=1), text(f"€{SHIPPING / 100:.2f}", look.body, look.ink)
            ),
            row(
                text(say("total"), look.title, look.ink, grow=1), text(self.total(), look.title, look.ink, name="total")
            ),
            row(
                button(scene, say("checkout"), partial(self.open, "checkout"), name="checkout", grow=1),
                pad=(0, 8, 0, 0),
            ),
            pad=(scene.side, 12, scene.side, 10),
            gap=6,
            fill=look.card if not look.iphone else look.back,
        )
        return page(scene, bar, listing(scene, "cart", group(scene, *rows)), foot=total)

    def total(self) -> str:
        cents = sum(PRODUCTS[number].cents * count for number, count in self.kept.cart.items()) + SHIPPING
        return f"€{cents / 100:,.2f}"

    def show_checkout(self, scene: Scene) -> El:
        say = scene.say
        fields = [writing(scene, key, say(key), problem=self.problems.get(key, "")) for key in ADDRESS]
        go = row(button(scene, say("to_payment"), self._check_address, name="to_payment", grow=1), pad=(0, 10, 0, 0))
        body = listing(scene, "form", column(*fields, go, gap=14, pad=(scene.side, 12, scene.side, 24)))
        return page(scene, app_bar(scene, say("checkout"), back=self._back), body)

    def show_payment(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        fields = [
            writing(scene, key, say(key), problem=self.problems.get(key, ""), password=key == "cvc") for key in CARD
        ]
        lock = row(
            icon("lock", look.good, 18), text(f"{say('total')}  {self.total()}", look.title, look.ink, grow=1), gap=10
        )
        pay = row(
            button(scene, f"{say('pay')} {self.total()}", self._check_card, name="pay", grow=1), pad=(0, 10, 0, 0)
        )
        body = listing(scene, "payment", column(lock, *fields, pay, gap=14, pad=(scene.side, 12, scene.side, 24)))
        return page(scene, app_bar(scene, say("payment"), back=self._back), body)

    def show_thanks(self, scene: Scene) -> El:
        look, say = scene.look, scene.say
        number = f"ML-{1040 + self.kept.orders}"
        inside = column(
            box(
                icon("check", 0xFFFFFFFF, 48),
                width=96,
                height=96,
                radius=48,
                fill=look.good if not look.dark else 0xFF2E9E5B,
            ),
            text(say("thanks"), look.headline, look.ink, spread="centre", name="thanks"),
            text(say("order_placed"), look.body, look.soft, spread="centre", lines=2),
            text(number, look.label, look.soft, name="order_number"),
            button(scene, say("done"), self.home, kind="tonal", name="done"),
            align="centre",
            spread="centre",
            gap=16,
            grow=1,
            pad=edges((32, 0)),
        )
        return page(scene, rule(scene) if look.iphone else None, inside)

    # -- acts

    def _value(self, key: str) -> str:
        return self.texts.get(key, "").strip()

    def _check_address(self) -> None:
        say, value = self.phone.say, self._value
        self.problems = {key: say("required") for key in ADDRESS if not value(key)}
        if value("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", value("email")):
            self.problems["email"] = say("bad_email")
        if value("postcode") and not re.fullmatch(r"[\w -]{4,10}", value("postcode")):
            self.problems["postcode"] = say("bad_postcode")
        self.phone.unfocus()
        if not self.problems:
            self.open("payment")

    def _check_card(self) -> None:
        say, value = self.phone.say, self._value
        self.problems = {key: say("required") for key in CARD if not value(key)}
        if value("card_number") and len(re.sub(r"\D", "", value("card_number"))) != 16:
            self.problems["card_number"] = say("bad_card")
        self.phone.unfocus()
        if not self.problems:
            self.kept.orders += 1
            self.kept.cart.clear()
            for key in CARD:
                self.texts.pop(key, None)
            self.home()
            self.open("thanks")

    def left(self, page: Page) -> None:
        self.problems = {}
        self.phone.unfocus()

    def submitted(self, key: str) -> None:
        for keys in (ADDRESS, CARD):
            if key in keys[:-1]:
                self.phone.focus(self, keys[keys.index(key) + 1])

    def typed(self, key: str) -> None:
        self.problems.pop(key, None)

    def _add(self, number: int) -> None:
        self.change(number, 1)
        self.phone.toast(self.phone.say("added"), self.phone.say("cart"), partial(self.open, "cart"))

    def change(self, number: int, by: int) -> None:
        count = self.kept.cart.get(number, 0) + by
        if count > 0:
            self.kept.cart[number] = min(count, 99)
        else:
            self.kept.cart.pop(number, None)

    def _save(self, number: int) -> None:
        self.kept.saved ^= {number}

    def _tab(self, tab: str) -> None:
        self.tab = tab

    def _category(self, category: str) -> None:
        self.category = category

    def set_most(self, most: int) -> None:
        self.most = most

    def set_order(self, order: str) -> None:
        self.order = order

    def _back(self) -> None:
        self.back()
