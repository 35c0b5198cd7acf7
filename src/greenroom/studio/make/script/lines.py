"""Steps for a topic without a text: questions and small tasks. No line states a fact.

{about} fits after "about", {cover} stands after a colon. A line is chosen by its move, and by tone and area where it
names them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`screen` stands over the picture, `icon` names the drawing."""

    move: str
    text: str
    screen: str
    icon: str
    tones: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


LINES: tuple[Line, ...] = (
    # What you think now
    Line("guess", "Start with a guess. Say it out loud, before you look anything up.", "Guess first", "bubble"),
    Line(
        "guess",
        "First, write down what you already believe about {about}. One line is enough.",
        "What do you believe now?",
        "pencil",
    ),
    Line(
        "guess",
        "Before you search, answer it yourself. How sure are you, from one to ten?",
        "How sure are you?",
        "gauge",
    ),
    # What the words mean
    Line(
        "define",
        "Now try to explain {about} to a ten-year-old. Where do you get stuck? Look that part up first.",
        "Explain it simply",
        "bulb",
    ),
    Line(
        "define", "Say it in one plain sentence. Which word in it are you least sure of?", "One plain sentence", "lens"
    ),
    Line(
        "define",
        "Pick the one word that everything hangs on. What does it mean here, exactly?",
        "Find the key word",
        "key",
    ),
    # How much of it
    Line("narrow", "Then make it smaller. Which place? Which year? Which people?", "Make it smaller", "target"),
    Line(
        "narrow",
        "Big questions hide small ones. Which part of {about} touches your own week?",
        "Which part touches you?",
        "calendar",
    ),
    # Where it comes from
    Line(
        "source",
        "Next, go upstream. Skip the post about the article about the study, and read the study.",
        "Go to the first source",
        "book",
    ),
    Line(
        "source",
        "Where did you hear it? And where did they hear it? Keep asking until the trail ends.",
        "Follow the trail",
        "path",
    ),
    Line(
        "source",
        "Who works with this every day? See what they write for each other.",
        "Ask who does it daily",
        "people",
    ),
    # What was counted
    Line("count", "If you meet a number, ask three things. Who counted? How? And when?", "Who counted it?", "chart"),
    Line(
        "count",
        "Look for the figure that would settle it. Has anybody measured it?",
        "Has anyone measured it?",
        "gauge",
    ),
    # The other side
    Line("other", "Find somebody sensible who disagrees. What do they see that you don't?", "Who disagrees?", "scale"),
    Line("other", "Now argue the opposite, for one minute, as well as you can.", "Argue the opposite", "arrows"),
    Line(
        "other",
        "What would change your mind? If nothing would, that is worth a thought of its own.",
        "What would change your mind?",
        "arrows",
    ),
    # The price
    Line(
        "price", "What does it cost, who pays, and who gains? Three short questions.", "Who pays? Who gains?", "coins"
    ),
    Line(
        "price",
        "What do you give up when you say yes to it? Put that on the list too.",
        "What do you give up?",
        "scale",
    ),
    # Then and now
    Line("time", "Look for an old answer and put it next to a new one. What moved?", "Then and now", "hourglass"),
    Line(
        "time",
        "Ask how people handled {about} before you were born. What stayed the same?",
        "What stayed the same?",
        "clock",
    ),
    # Try it
    Line(
        "try",
        "Choose one small thing to try this week. Decide now how you will judge it.",
        "Try one small thing",
        "steps",
    ),
    Line(
        "try",
        "Turn it into an experiment: one change, seven days, one line of notes each night.",
        "Seven days, one change",
        "calendar",
    ),
    # Ask somebody
    Line(
        "ask",
        "Ask someone who has been through it. One story, and one thing they would do differently.",
        "Ask for one story",
        "people",
    ),
    Line(
        "ask",
        "Who do you know that could answer better than a search? Send them one question today.",
        "Send one question",
        "bubble",
    ),
    # Give it back
    Line("tell", "Last, explain it to a friend. Their first question is your next chapter.", "Tell a friend", "people"),
    Line("tell", "Then say it again in one sentence. Is it the sentence you began with?", "Say it again", "loop"),
    # By area
    Line(
        "price",
        "Work it out per year, not per month. Does the answer still feel the same?",
        "Per year, not per month",
        "coins",
        areas=("money",),
    ),
    Line(
        "count",
        "Take your own numbers from last month. What do they say about {about}?",
        "Use your own numbers",
        "chart",
        areas=("money",),
    ),
    Line(
        "source",
        "Read the small print once, slowly, with a pencil. Which line surprises you?",
        "Read the small print",
        "lens",
        areas=("money",),
    ),
    Line(
        "ask",
        "Bring the question to somebody qualified who can look at you, not at a screen.",
        "Ask a professional",
        "heart",
        areas=("health",),
    ),
    Line(
        "count",
        "Keep a small log for two weeks before you decide anything. What pattern do you see?",
        "Log it for two weeks",
        "calendar",
        areas=("health",),
    ),
    Line(
        "other",
        "Was it tried on people like you, or on somebody else entirely?",
        "On people like you?",
        "people",
        areas=("health",),
    ),
    Line(
        "price",
        "Ask what it stores, where, and for how long. Then ask who else can read it.",
        "Who can read it?",
        "shield",
        areas=("tech",),
    ),
    Line(
        "try",
        "Do the task once with it and once without. Which way would you choose tomorrow?",
        "With it, without it",
        "arrows",
        areas=("tech",),
    ),
    Line(
        "define",
        "Draw it as three boxes: what goes in, what happens, what comes out.",
        "In, happens, out",
        "chip",
        areas=("tech",),
    ),
    Line(
        "try",
        "Make the plainest version you can tonight. What would you change first?",
        "Make the plain version",
        "cup",
        areas=("food",),
    ),
    Line(
        "ask",
        "Whose version did you grow up with? Ask how they learned it.",
        "Who taught them?",
        "cup",
        areas=("food",),
    ),
    Line(
        "count",
        "Go and look for ten quiet minutes. Note what you see, not what you expected.",
        "Look for ten minutes",
        "eye",
        areas=("nature",),
    ),
    Line(
        "source",
        "Who has watched it for years? Look for field notes, not headlines.",
        "Find the field notes",
        "leaf",
        areas=("nature",),
    ),
    Line(
        "source",
        "Who wrote it down first, how long after, and for whom?",
        "Who wrote it first?",
        "book",
        areas=("past",),
    ),
    Line(
        "other",
        "Whose voice is missing from the story? Go looking for that one.",
        "Who is missing?",
        "lens",
        areas=("past",),
    ),
    Line(
        "try",
        "Set a timer for fifteen minutes and make a bad one. What did you learn by doing it?",
        "Make a bad one first",
        "pencil",
        areas=("craft",),
    ),
    Line(
        "source",
        "Pick one piece you admire, and copy how it was made, step by step.",
        "Study one you admire",
        "eye",
        areas=("craft",),
    ),
    Line(
        "narrow",
        "Ask what a normal Tuesday looks like there, not the best Saturday.",
        "What is Tuesday like?",
        "pin",
        areas=("place",),
    ),
    Line(
        "ask",
        "Find one person who lives there. What do they wish visitors would ask?",
        "Ask a local",
        "pin",
        areas=("place",),
    ),
    Line(
        "try",
        "Say it to one person this week, in your own words. What happened next?",
        "Say it to one person",
        "bubble",
        areas=("people",),
    ),
    Line(
        "narrow",
        "Think of the last time it went wrong. What was the first small sign?",
        "The first small sign",
        "clock",
        areas=("people",),
    ),
)
