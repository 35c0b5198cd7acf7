"""The sample feed's people and posts: as many as somebody scrolls, the same for the same seed."""

from dataclasses import dataclass
from functools import lru_cache

from greenroom.kit.chance import Chance

ACCOUNTS = {
    "mira": ("Mira Sand", "curtain"),
    "theo": ("Theo Lark", "lantern"),
}  # the names and passwords to sign in with
PEOPLE = (
    ("ines.k", "Ines Kovač"),
    ("otto_w", "Otto Weiss"),
    ("salma", "Salma Haddad"),
    ("yuki.photo", "由紀"),
    ("bram", "Bram de Wit"),
    ("noor", "نور"),
    ("lena.paints", "Lena Paints"),
    ("kwame", "Kwame Osei"),
    ("ana_rivera", "Ana Rivera"),
    ("jonas.l", "Jonas Lind"),
)
CAPTIONS = (
    "First light on the ridge. Worth the four o'clock alarm.",
    "Rehearsal day three and the kettle has not stopped.",
    "Found this colour on a wall today and cannot stop thinking about it.",
    "Slow weekend. Bread, rain, a good book.",
    "Testing the new lens on the way home.",
    "Three things I learnt about markets: come early, bring change, talk to everybody.",
    "今日の空、すごくきれいだった。",
    "Kurz vor dem Vorhang. Alle flüstern.",
    "صباح هادئ على الشرفة مع القهوة.",
    "Somebody left flowers at the stage door. No note.",
    "Before and after, forty minutes and one pot of paint.",
    "The city keeps the best secrets on its roofs.",
)
PLACES = ("Lisbon", "Ghent", "Kyoto", "Alexandria", "Tromsø", "Oaxaca", "")


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    handle: str
    name: str
    place: str
    caption: str
    picture: tuple[object, ...] | None
    likes: int
    comments: int
    ago: str


@lru_cache(maxsize=2_000)
def sample(seed: int | str, number: int) -> Post:
    """The post at a place of the endless feed."""
    chance = Chance(f"feed/{seed}/{number}")
    handle, name = chance.choice(PEOPLE)
    minutes = 4 + number * 23 + chance.number(0, 15)
    ago = f"{minutes} m" if minutes < 60 else f"{minutes // 60} h" if minutes < 1440 else f"{minutes // 1440} d"
    return Post(
        f"s{number}",
        handle,
        name,
        chance.choice(PLACES),
        chance.choice(CAPTIONS),
        ("photo", f"feed/{chance.number(0, 23)}"),
        chance.number(3, 4_800),
        chance.number(0, 220),
        ago,
    )
