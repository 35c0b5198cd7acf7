"""What the writer can say when it has a topic and no text: questions, steps and invitations. No line states a fact.

{about} fits after "about", {cover} stands after a colon. A line is chosen by its move, and by tone and area where it names them.
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
    Line("guess", "First, write down what you already believe about {about}. One line is enough.", "What do you believe now?", "pencil"),
    Line("guess", "Before you search, answer it yourself. How sure are you, from one to ten?", "How sure are you?", "gauge"),
    # What the words mean
    Line("define", "Now try to explain {about} to a ten-year-old. Where do you get stuck? Look that part up first.", "Explain it simply", "bulb"),
    Line("define", "Say it in one plain sentence. Which word in it are you least sure of?", "One plain sentence", "lens"),
    Line("define", "Pick the one word that everything hangs on. What does it mean here, exactly?", "Find the key word", "key"),
    # How much of it
    Line("narrow", "Then make it smaller. Which place? Which year? Which people?", "Make it smaller", "target"),
    Line("narrow", "Big questions hide small ones. Which part of {about} touches your own week?", "Which part touches you?", "calendar"),
    # Where it comes from
    Line("source", "Next, go upstream. Skip the post about the article about the study, and read the study.", "Go to the first source", "book"),
    Line("source", "Where did you hear it? And where did they hear it? Keep asking until the trail ends.", "Follow the trail", "path"),
    Line("source", "Who works with this every day? See what they write for each other.", "Ask who does it daily", "people"),
    # What was counted
    Line("count", "If you meet a number, ask three things. Who counted? How? And when?", "Who counted it?", "chart"),
    Line("count", "Look for the figure that would settle it. Has anybody measured it?", "Has anyone measured it?", "gauge"),
    # The other side
    Line("other", "Find somebody sensible who disagrees. What do they see that you don't?", "Who disagrees?", "scale"),
    Line("other", "Now argue the opposite, for one minute, as well as you can.", "Argue the opposite", "arrows"),
    Line("other", "What would change your mind? If nothing would, that is worth a thought of its own.", "What would change your mind?", "arrows"),
    # The price
    Line("price", "What does it cost, who pays, and who gains? Three short questions.", "Who pays? Who gains?", "coins"),
    Line("price", "What do you give up when you say yes to it? Put that on the list too.", "What do you give up?", "scale"),
    # Then and now
    Line("time", "Look for an old answer and put it next to a new one. What moved?", "Then and now", "hourglass"),
    Line("time", "Ask how people handled {about} before you were born. What stayed the same?", "What stayed the same?", "clock"),
    # Try it
    Line("try", "Choose one small thing to try this week. Decide now how you will judge it.", "Try one small thing", "steps"),
    Line("try", "Turn it into an experiment: one change, seven days, one line of notes each night.", "Seven days, one change", "calendar"),
    # Ask somebody
    Line("ask", "Ask someone who has been through it. One story, and one thing they would do differently.", "Ask for one story", "people"),
    Line("ask", "Who do you know that could answer better than a search? Send them one question today.", "Send one question", "bubble"),
    # Give it back
    Line("tell", "Last, explain it to a friend. Their first question is your next chapter.", "Tell a friend", "people"),
    Line("tell", "Then say it again in one sentence. Is it the sentence you began with?", "Say it again", "loop"),
    # By area
    Line("price", "Work it out per year, not per month. Does the answer still feel the same?", "Per year, not per month", "coins", areas=("money",)),
    Line("count", "Take your own numbers from last month. What do they say about {about}?", "Use your own numbers", "chart", areas=("money",)),
    Line("source", "Read the small print once, slowly, with a pencil. Which line surprises you?", "Read the small print", "lens", areas=("money",)),
    Line("ask", "Bring the question to somebody qualified who can look at you, not at a screen.", "Ask a professional", "heart", areas=("health",)),
    Line("count", "Keep a small log for two weeks before you decide anything. What pattern do you see?", "Log it for two weeks", "calendar", areas=("health",)),
    Line("other", "Was it tried on people like you, or on somebody else entirely?", "On people like you?", "people", areas=("health",)),
    Line("price", "Ask what it stores, where, and for how long. Then ask who else can read it.", "Who can read it?", "shield", areas=("tech",)),
    Line("try", "Do the task once with it and once without. Which way would you choose tomorrow?", "With it, without it", "arrows", areas=("tech",)),
    Line("define", "Draw it as three boxes: what goes in, what happens, what comes out.", "In, happens, out", "chip", areas=("tech",)),
    Line("try", "Make the plainest version you can tonight. What would you change first?", "Make the plain version", "cup", areas=("food",)),
    Line("ask", "Whose version did you grow up with? Ask how they learned it.", "Who taught them?", "cup", areas=("food",)),
    Line("count", "Go and look for ten quiet minutes. Note what you see, not what you expected.", "Look for ten minutes", "eye", areas=("nature",)),
    Line("source", "Who has watched it for years? Look for field notes, not headlines.", "Find the field notes", "leaf", areas=("nature",)),
    Line("source", "Who wrote it down first, how long after, and for whom?", "Who wrote it first?", "book", areas=("past",)),
    Line("other", "Whose voice is missing from the story? Go looking for that one.", "Who is missing?", "lens", areas=("past",)),
    Line("try", "Set a timer for fifteen minutes and make a bad one. What did you learn by doing it?", "Make a bad one first", "pencil", areas=("craft",)),
    Line("source", "Pick one piece you admire, and copy how it was made, step by step.", "Study one you admire", "eye", areas=("craft",)),
    Line("narrow", "Ask what a normal Tuesday looks like there, not the best Saturday.", "What is Tuesday like?", "pin", areas=("place",)),
    Line("ask", "Find one person who lives there. What do they wish visitors would ask?", "Ask a local", "pin", areas=("place",)),
    Line("try", "Say it to one person this week, in your own words. What happened next?", "Say it to one person", "bubble", areas=("people",)),
    Line("narrow", "Think of the last time it went wrong. What was the first small sign?", "The first small sign", "clock", areas=("people",)),
)

HOOKS: tuple[Line, ...] = (
    Line("hook", "What would you ask first about {about}?", "", ""),
    Line("hook", "Suppose a friend asks you about {about}. What do you say?", "", ""),
    Line("hook", "Try this: explain {about} in one sentence. Ready?", "", ""),
    Line("hook", "How would you find out more about {about}?", "", ""),
    Line("hook", "Let's take {about} apart, one question at a time.", "", ""),
    Line("hook", "What do you know about {about}, and how do you know it?", "", ""),
    Line("hook", "Where would you begin with {about}? Here is one way in.", "", ""),
    Line("hook", "Curious about {about}? Bring a pencil.", "", "", ("bright", "warm")),
    Line("hook", "Got half a minute for {about}? Let's go.", "", "", ("bright",)),
    Line("hook", "Let's look at {about} slowly, and without shouting.", "", "", ("dry", "calm")),
    Line("hook", "A short, careful look at {about}. Questions first.", "", "", ("calm", "expert")),
)

HOOKS_ASKED: tuple[Line, ...] = (
    Line("hook", "{asked} Let's work out how to find a good answer.", "", ""),
    Line("hook", "{asked} What would you say, before you look it up?", "", ""),
    Line("hook", "{asked} I won't guess. Here is how to check.", "", "", ("dry", "expert", "calm")),
    Line("hook", "{asked} Good question. Let's follow it.", "", "", ("warm", "bright")),
)

HOOKS_CLAIM: tuple[Line, ...] = (
    Line("hook", "{asked} Let's see how you would check.", "", ""),
    Line("hook", "{asked} Don't take it from me. Test it.", "", ""),
    Line("hook", "{asked} Here is how to find out for yourself.", "", ""),
)

CLOSINGS: tuple[Line, ...] = (
    Line("close", "Which of these will you try first? Tell me below.", "", ""),
    Line("close", "What did you find? Post your best source, so the next person starts ahead.", "", ""),
    Line("close", "So, what is your question about {about}? Leave it in the comments.", "", ""),
    Line("close", "Save this for the next time somebody brings up {about}.", "", ""),
    Line("close", "Found a better question? Please write it down here.", "", "", ("warm", "calm")),
    Line("close", "That's the method. The answer is yours to find.", "", "", ("dry", "expert", "calm")),
    Line("close", "Go on, find out, and come back with a story!", "", "", ("bright",)),
    Line("close", "Take it slowly, and tell me where you got stuck.", "", "", ("warm", "calm")),
)

# For these formats the order is the story; {name} is the character.
SCENES: tuple[tuple[Line, ...], ...] = (
    (
        Line("scene", "Picture a kitchen table, late in the evening. Somebody leans over and {asks}", "A kitchen table, late", "cup"),
        Line("scene", "You begin well. Two sentences in, you hear yourself guessing.", "You hear yourself guess", "bubble"),
        Line("scene", "You could wave it away. Tonight you don't.", "Tonight you don't", "moon"),
        Line("scene", "You write the gap down as a question, and go looking for whoever checked it first.", "The gap becomes a question", "pencil"),
        Line("scene", "The first page repeats the second, so you follow the trail back, one link at a time.", "Back along the trail", "path"),
        Line("scene", "And there, at the end of it, is somebody who counted, and says how.", "Somebody who counted", "lens"),
        Line("scene", "You come back to the table with fewer opinions, and one good source.", "One good source", "book"),
    ),
    (
        Line("scene", "Imagine a train, a long one, and a stranger with a notebook. On the cover it says: {cover}", "A stranger, a notebook", "path"),
        Line("scene", "You ask. The stranger smiles, and hands you a pencil instead of an answer.", "A pencil, not an answer", "pencil"),
        Line("scene", "What do you think it is? Write that first. You do, and it takes longer than you expected.", "Write that first", "hourglass"),
        Line("scene", "Now write how you know. That line stays empty for two stations.", "How do you know?", "lens"),
        Line("scene", "So you make a list. One person to ask, one thing to read, one thing to try.", "Ask, read, try", "steps"),
        Line("scene", "The train stops. The notebook goes one way, and you go the other, with your list.", "You keep the list", "pin"),
    ),
    (
        Line("scene", "It is an ordinary Tuesday, and the same thing comes up three times: {cover}", "An ordinary Tuesday", "calendar"),
        Line("scene", "In the morning you nod along. At lunch you nod again, a little slower.", "You nod along", "clock"),
        Line("scene", "By the evening you notice that nobody has said where any of it comes from. Not even you.", "Where is it from?", "moon"),
        Line("scene", "So you do a small, stubborn thing. You take one sentence and try to prove it wrong.", "Prove it wrong", "arrows"),
        Line("scene", "You ask one person who works with it. You read one page they trust.", "One person, one page", "book"),
        Line("scene", "Wednesday looks the same as Tuesday. You don't nod quite as fast.", "A slower nod", "sun"),
    ),
)

CARRY: tuple[Line, ...] = (
    Line("carry", "What do you take for granted about {about}?", "What do you take for granted?", "bubble"),
    Line("carry", "If you had to bet on it, how much would you put down?", "How much would you bet?", "coins"),
    Line("carry", "Who told you first, and who told them?", "Who told them?", "path"),
    Line("carry", "What would a careful person want to know before they say yes?", "What would a careful person ask?", "scale"),
    Line("carry", "Which part could you check before dinner?", "What can you check today?", "lens"),
    Line("carry", "What would you believe about {about} if you had been born somewhere else?", "Born somewhere else?", "pin"),
    Line("carry", "And which question have you been avoiding?", "The one you avoid", "key"),
    Line("carry", "What would you tell yourself, ten years younger?", "Ten years younger", "hourglass"),
)

SELF: tuple[Line, ...] = (
    Line("self", "I'm {name}, and I'm virtual. I have never seen, tasted or paid for anything. So I ask.", "I'm virtual, so I ask", "portrait"),
    Line("self", "{name} here, a drawn presenter with no opinions about {about}. What I do have is questions.", "No opinions, just questions", "portrait"),
    Line("self", "I'm {name}, an AI presenter. I won't tell you what to think about {about}. I'll help you look.", "I'll help you look", "portrait"),
)

BETWEEN: dict[str, tuple[str, ...]] = {
    "warm": ("Take your time with this one.", "No rush."),
    "bright": ("Here's the fun part.", "Ready for the next one?"),
    "dry": ("Now the awkward part.", "This one stings a little."),
    "calm": ("Take a breath.", "Slowly now."),
    "expert": ("Be strict here.", "Write it down."),
}
