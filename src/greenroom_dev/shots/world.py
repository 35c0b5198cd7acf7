"""Who and what the screenshots show: an agency, its clients, their characters, a month of work."""

from dataclasses import dataclass
from typing import Literal

FIRST_CLIENT = "Kestrel Savings"
CLIENTS = {
    FIRST_CLIENT: ("#2f7a55", "Europe/London"),
    "Harbour Bakery": ("#c2622d", "Europe/Berlin"),
    "Pine Street Library": ("#3b5bb5", "America/New_York"),
}
PEOPLE = (
    ("Marek Dvořák", "marek@northwind.example", "admin"),
    ("Ines Okafor", "ines@northwind.example", "member"),
    ("Sofía Lindqvist", "sofia@northwind.example", "member"),
)
CAST = {
    "Nora Ledger": (FIRST_CLIENT, "ledger", 41),
    "Tomas Bench": (FIRST_CLIENT, "workbench", 7),
    "Imani Lantern": ("Pine Street Library", "lantern", 12),
    "Jonas Trail": ("Harbour Bakery", "trail", 23),
    "Mei Orbit": ("Pine Street Library", "orbit", 5),
}


@dataclass(frozen=True, slots=True)
class Video:
    """One video and what became of it. `days` counts from today: when it went or goes out."""

    topic: str
    speaker: str
    text: str
    end: Literal["review", "sent back", "approved", "planned", "out", "running", "cancelled"]
    days: int = 0
    views: int = 0
    format: str = "explainer"
    seconds: int = 15


VIDEOS = (
    Video(
        "What compound interest does in ten years",
        "Nora Ledger",
        "Money that earns 3 percent a year grows by about 34 percent in ten years. "
        "The growth comes faster at the end, because interest earns interest too.",
        "out", days=-24, views=412,
    ),
    Video(
        "Why bread needs to rest before it is cut",
        "Jonas Trail",
        "Bread goes on cooking for about 20 minutes after it leaves the oven. "
        "Cut too early, the crumb is still wet and sticks to the knife.",
        "out", days=-17, views=731, format="story",
    ),
    Video(
        "How a library finds one book among a million",
        "Imani Lantern",
        "Every book has a shelf mark that says where it stands. "
        "The catalogue lists the shelf mark beside the title, so nobody has to know the whole building.",
        "out", days=-9, views=268,
    ),
    Video(
        "Three words in a savings contract",
        "Nora Ledger",
        "A fixed term means that the money stays until the end of it. "
        "A notice period says how long before a withdrawal has to be announced.",
        "out", days=-4, views=189, format="listicle",
    ),
    Video(
        "What a torque wrench is for",
        "Tomas Bench",
        "A torque wrench clicks when a bolt is tight enough. It is set in newton metres before it is used.",
        "planned", days=1,
    ),
    Video(
        "Why sourdough smells of apples",
        "Jonas Trail",
        "The smell comes from esters, which yeast makes while it grows. A cooler dough makes more of them.",
        "planned", days=3, format="quote",
    ),
    Video(
        "The night sky in December",
        "Mei Orbit",
        "Orion stands in the south around midnight in December. "
        "The Geminids are seen best around the 14th of the month.",
        "planned", days=9,
    ),
    Video(
        "How to read a bank statement",
        "Nora Ledger",
        "The opening balance and all bookings together give the closing balance. "
        "The value date says from when on a booking counts for interest.",
        "approved",
    ),
    Video(
        "When is a loaf done?",
        "Jonas Trail",
        "A loaf is done at 96 degrees in the middle. Knocked on the bottom it sounds hollow.",
        "review", format="talking_character",
    ),
    Video(
        "Borrowing an e-book, step by step",
        "Imani Lantern",
        "An e-book is lent for 21 days and goes back by itself. Up to five may be borrowed at the same time.",
        "review",
    ),
    Video(
        "Is a cordless saw worth its battery?",
        "Tomas Bench",
        "A battery of 4 amp hours lasts for about 40 cuts through a beam. It charges in an hour.",
        "sent back",
    ),
    Video("Which way does the Moon turn?", "Mei Orbit", "", "cancelled"),
    Video(
        "What a budget is, and what it is not",
        "Nora Ledger",
        "A budget is a plan for a month of money. It is written before the month begins.",
        "running", seconds=60,
    ),
)  # fmt: skip
NOTE = "The second sentence is too fast, and please say how long the battery lasts in minutes."
LINKS = {
    "Nora Ledger": ("Savings calculator", "https://example.com/calculator"),
    "Jonas Trail": ("Today’s loaves", "https://example.com/loaves"),
}
