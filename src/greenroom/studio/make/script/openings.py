"""How a script without a text begins, ends and turns: hooks, closings, the character's words for itself."""

from greenroom.studio.make.script.lines import Line

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

SELF: tuple[Line, ...] = (
    Line(
        "self",
        "I'm {name}, and I'm virtual. I have never seen, tasted or paid for anything. So I ask.",
        "I'm virtual, so I ask",
        "portrait",
    ),
    Line(
        "self",
        "{name} here, a drawn presenter with no opinions about {about}. What I do have is questions.",
        "No opinions, just questions",
        "portrait",
    ),
    Line(
        "self",
        "I'm {name}, an AI presenter. I won't tell you what to think about {about}. I'll help you look.",
        "I'll help you look",
        "portrait",
    ),
)

BETWEEN: dict[str, tuple[str, ...]] = {
    "warm": ("Take your time with this one.", "No rush."),
    "bright": ("Here's the fun part.", "Ready for the next one?"),
    "dry": ("Now the awkward part.", "This one stings a little."),
    "calm": ("Take a breath.", "Slowly now."),
    "expert": ("Be strict here.", "Write it down."),
}
