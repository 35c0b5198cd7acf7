"""What the sample shop sells; nothing here can be bought."""

from dataclasses import dataclass

CATEGORIES = ("Home", "Kitchen", "Garden", "Desk", "Outdoors")


@dataclass(frozen=True, slots=True)
class Product:
    id: int
    name: str
    category: str
    cents: int
    rating: float
    reviews: int
    mark: str
    hue: int
    about: str

    @property
    def price(self) -> str:
        return f"€{self.cents / 100:,.2f}"


_ROWS = (
    ("Arc Floor Lamp", "Home", 12900, "lamp", 44, "Warm light in a wide bow, with a switch for the foot."),
    ("Fern in Clay Pot", "Garden", 2450, "sprout", 130, "Grows in half shade and forgives a missed week."),
    ("Stoneware Mug", "Kitchen", 1600, "coffee", 22, "Holds 350 ml, glazed inside, raw outside."),
    ("Studio Headphones", "Desk", 18900, "headphones", 250, "Closed, quiet, and light enough for a long evening."),
    ("Canvas Backpack", "Outdoors", 8900, "backpack", 205, "20 litres, waxed canvas, a sleeve for a laptop."),
    ("Reading Chair", "Home", 34900, "armchair", 12, "Oak and wool, made to be sat in sideways."),
    ("Travel Umbrella", "Outdoors", 3200, "umbrella", 190, "Opens with one hand and turns back in the wind."),
    ("Linen Shirt", "Home", 5900, "shirt", 215, "Washed linen, mother-of-pearl buttons."),
    ("Field Watch", "Outdoors", 14900, "watch", 85, "Steel case, 100 m, a strap that dries."),
    ("Peony Bulbs, set of 5", "Garden", 1890, "flower-2", 330, "Plant in autumn, wait, be surprised."),
    ("Iced Tea Tumbler", "Kitchen", 2200, "cup-soda", 160, "Double wall, keeps cold for six hours."),
    ("Trail Shoes", "Outdoors", 11900, "footprints", 28, "Grip for wet roots, room for toes."),
    ("Desk Compass", "Desk", 4200, "compass", 262, "Brass, for papers and for finding north."),
    ("Herb Seeds", "Garden", 790, "leaf", 110, "Basil, dill, chervil and thyme."),
    ("Pocket Speaker", "Desk", 6900, "volume-2", 290, "Small, loud, splash-proof."),
    ("Colour Cards", "Desk", 2700, "palette", 310, "240 chips on a ring."),
)
PRODUCTS = tuple(
    Product(number, name, category, cents, 3.8 + (number * 7 % 12) / 10, 14 + number * 37 % 420, mark, hue, about)
    for number, (name, category, cents, mark, hue, about) in enumerate(_ROWS)
)
