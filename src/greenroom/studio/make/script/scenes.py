"""Imagined scenes told in the second person, and questions to carry around: for stories and quotes without a text."""

from greenroom.studio.make.script.lines import Line

# For these formats the order is the story; {name} is the character.
SCENES: tuple[tuple[Line, ...], ...] = (
    (
        Line(
            "scene",
            "Picture a kitchen table, late in the evening. Somebody leans over and {asks}",
            "A kitchen table, late",
            "cup",
        ),
        Line(
            "scene",
            "You begin well. Two sentences in, you hear yourself guessing.",
            "You hear yourself guess",
            "bubble",
        ),
        Line("scene", "You could wave it away. Tonight you don't.", "Tonight you don't", "moon"),
        Line(
            "scene",
            "You write the gap down as a question, and go looking for whoever checked it first.",
            "The gap becomes a question",
            "pencil",
        ),
        Line(
            "scene",
            "The first page repeats the second, so you follow the trail back, one link at a time.",
            "Back along the trail",
            "path",
        ),
        Line(
            "scene",
            "And there, at the end of it, is somebody who counted, and says how.",
            "Somebody who counted",
            "lens",
        ),
        Line(
            "scene", "You come back to the table with fewer opinions, and one good source.", "One good source", "book"
        ),
    ),
    (
        Line(
            "scene",
            "Imagine a train, a long one, and a stranger with a notebook. On the cover it says: {cover}",
            "A stranger, a notebook",
            "path",
        ),
        Line(
            "scene",
            "You ask. The stranger smiles, and hands you a pencil instead of an answer.",
            "A pencil, not an answer",
            "pencil",
        ),
        Line(
            "scene",
            "What do you think it is? Write that first. You do, and it takes longer than you expected.",
            "Write that first",
            "hourglass",
        ),
        Line("scene", "Now write how you know. That line stays empty for two stations.", "How do you know?", "lens"),
        Line(
            "scene",
            "So you make a list. One person to ask, one thing to read, one thing to try.",
            "Ask, read, try",
            "steps",
        ),
        Line(
            "scene",
            "The train stops. The notebook goes one way, and you go the other, with your list.",
            "You keep the list",
            "pin",
        ),
    ),
    (
        Line(
            "scene",
            "It is an ordinary Tuesday, and the same thing comes up three times: {cover}",
            "An ordinary Tuesday",
            "calendar",
        ),
        Line(
            "scene", "In the morning you nod along. At lunch you nod again, a little slower.", "You nod along", "clock"
        ),
        Line(
            "scene",
            "By the evening you notice that nobody has said where any of it comes from. Not even you.",
            "Where is it from?",
            "moon",
        ),
        Line(
            "scene",
            "So you do a small, stubborn thing. You take one sentence and try to prove it wrong.",
            "Prove it wrong",
            "arrows",
        ),
        Line(
            "scene",
            "You ask one person who works with it. You read one page they trust.",
            "One person, one page",
            "book",
        ),
        Line("scene", "Wednesday looks the same as Tuesday. You don't nod quite as fast.", "A slower nod", "sun"),
    ),
)

CARRY: tuple[Line, ...] = (
    Line("carry", "What do you take for granted about {about}?", "What do you take for granted?", "bubble"),
    Line("carry", "If you had to bet on it, how much would you put down?", "How much would you bet?", "coins"),
    Line("carry", "Who told you first, and who told them?", "Who told them?", "path"),
    Line(
        "carry",
        "What would a careful person want to know before they say yes?",
        "What would a careful person ask?",
        "scale",
    ),
    Line("carry", "Which part could you check before dinner?", "What can you check today?", "lens"),
    Line(
        "carry",
        "What would you believe about {about} if you had been born somewhere else?",
        "Born somewhere else?",
        "pin",
    ),
    Line("carry", "And which question have you been avoiding?", "The one you avoid", "key"),
    Line("carry", "What would you tell yourself, ten years younger?", "Ten years younger", "hourglass"),
)
