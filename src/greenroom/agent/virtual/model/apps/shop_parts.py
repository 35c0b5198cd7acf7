"""Parts of the sample shop's pages: the banner, a product's card, the filters, a line of the cart."""

import colorsys
from functools import partial
from typing import TYPE_CHECKING

from greenroom.agent.virtual.model.apps.goods import Product
from greenroom.agent.virtual.model.controls import chip
from greenroom.agent.virtual.model.element import (
    El,
    box,
    column,
    edges,
    icon,
    picture,
    row,
    scroll,
    space,
    stack,
    text,
)
from greenroom.agent.virtual.model.overlays import sheet
from greenroom.agent.virtual.model.scene import Scene
from greenroom.agent.virtual.model.widgets import button, item

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.apps.shop import Shop


def banner(app: "Shop", scene: Scene) -> El:
    words = column(
        text("Summer on the balcony", scene.look.title, 0xFFFFFFFF, lines=2),
        text("Lamps, pots and slow evenings", scene.look.small, 0xE6FFFFFF, lines=2),
        pad=edges((20, 18)),
        gap=4,
        width=min(scene.width - 140, 260),
    )
    card = stack(
        picture("fade", 0xFF2F9E73, 0xFF14634A),
        row(words, space(grow=1), box(icon("sprout", 0x66FFFFFF, 84), width=110)),
        radius=20,
        clip=True,
        height=118,
        grow=1,
    )
    return row(card, pad=(scene.side, 2, scene.side, 6), align="stretch")


def grid(app: "Shop", scene: Scene, found: list[Product]) -> list[El]:
    columns = 4 if scene.wide else 2
    size = (scene.width - 2 * scene.side - 14 * (columns - 1)) / columns
    cards = [card(app, scene, one, size) for one in found]
    return [row(*cards[start : start + columns], gap=14, align="start") for start in range(0, len(cards), columns)]


def card(app: "Shop", scene: Scene, one: Product, size: float) -> El:
    look = scene.look
    return column(
        goods_picture(one, size, look.radius + 4),
        text(one.name, look.label, look.ink, lines=1),
        row(
            text(one.price, look.label, look.accent, grow=1),
            icon("!star", 0xFFF2A93B, 13),
            text(f"{one.rating:.1f}", look.small, look.soft),
            gap=4,
        ),
        gap=5,
        width=size,
        tap=partial(app.open, "product", one.id),
        role="button",
        name="product",
        say=one.name,
    )


def filters(app: "Shop", scene: Scene) -> El:
    say = scene.say
    prices = row(
        *(
            chip(
                scene,
                f"{say('up_to')} €{most // 100}" if most else say("all"),
                app.most == most,
                partial(app.set_most, most),
                name=f"price_{most // 100}",
            )
            for most in (0, 2500, 5000, 15000)
        ),
        gap=8,
    )
    orders = row(
        *(
            chip(scene, say(one), app.order == one, partial(app.set_order, one), name=f"sort_{one}")
            for one in ("featured", "cheapest", "best")
        ),
        gap=8,
    )

    def head(word: str) -> El:
        return text(say(word), scene.look.label, scene.look.soft, pad=(20, 8, 20, 4))

    def across(inside: El, key: str) -> El:
        return scroll(row(inside, pad=edges((20, 4))), scene.key(key), axis="across", grow=0)

    done = row(
        button(scene, f"{say('show')} ({len(app.shown_products())})", app.close, name="apply_filters", grow=1),
        pad=(20, 14, 20, 4),
    )
    return sheet(
        scene,
        head("price"),
        across(prices, "prices"),
        head("sort"),
        across(orders, "orders"),
        done,
        title=say("filters"),
        close=app.close,
        name="filter_sheet",
    )


def line(app: "Shop", scene: Scene, one: Product, count: int) -> El:
    look = scene.look

    def step(mark: str, by: int, name: str) -> El:
        fill = look.raised if look.iphone else look.card
        act = partial(app.change, one.id, by)
        sign = icon(mark, look.accent, 18)
        return box(sign, width=38, height=38, radius=19, fill=fill, tap=act, role="button", name=name, say=name)

    steps = row(
        step("minus", -1, "fewer"),
        text(str(count), look.label, look.ink, spread="centre", width=30, name="count"),
        step("plus", 1, "more"),
    )
    return item(scene, one.name, one.price, mark=goods_picture(one, 56, 12), end=steps, name="cart_line")


def goods_picture(one: Product, size: float, radius: float) -> El:
    """A product on a ground of its colour."""
    return stack(
        picture("ground", one.hue, radius=radius),
        box(icon(one.mark, _shade(one.hue), size * 0.46)),
        width=size,
        height=size,
        radius=radius,
    )


def _shade(hue: int) -> int:
    r, g, b = colorsys.hsv_to_rgb(hue / 360, 0.62, 0.42)
    return 0xFF000000 | round(r * 255) << 16 | round(g * 255) << 8 | round(b * 255)
