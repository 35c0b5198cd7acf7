"""Which drawing goes with which words."""

import re

_WORDS: tuple[tuple[str, str], ...] = (
    (
        "coins",
        r"money|cost\w*|pay|paid|price\w*|dollars?|euros?|pounds?|income|wage\w*|salar\w+|tax\w*|profit\w*|invest\w*|interest|savings?|debt|bank\w*|fund\w*|budget\w*",
    ),
    (
        "chart",
        r"percent|rate|rose|rise[sn]?|fell|grow\w*|growth|increase\w*|decline\w*|average|figure\w*|statistic\w*|doubled?|data",
    ),
    ("hourglass", r"years?|decades?|centur\w+|months?|long|slow\w*|patience|wait\w*|age[sd]?|old\w*"),
    ("clock", r"hours?|minutes?|seconds?|time|morning|daily|schedule|late|early|clock"),
    ("moon", r"sleep\w*|night\w*|dream\w*|dark\w*|bed|moon"),
    ("sun", r"sun\w*|light|day|summer|heat|warm\w*|solar|energy"),
    (
        "leaf",
        r"plants?|leaf|leaves|tree\w*|garden\w*|forest\w*|soil|green|nature|farm\w*|seeds?|crop\w*|bees?|flowers?",
    ),
    ("drop", r"water|rain|rivers?|sea|ocean\w*|drink\w*|wet|ice|flood\w*|coffee|tea|wine"),
    ("heart", r"heart|health\w*|love|care|blood|patients?|doctors?|medic\w+|body|illness|disease\w*|pain"),
    (
        "chip",
        r"comput\w+|software|chips?|ai|algorithm\w*|machine\w*|model\w*|code|digital|robot\w*|electric\w*|batter\w+",
    ),
    ("shield", r"safe\w*|protect\w*|secur\w+|privacy|risk\w*|danger\w*|defen[cs]e|law\w*|rights?|insurance|guard\w*"),
    (
        "book",
        r"book\w*|read\w*|wr[io]te\w*|written|study|studies|research\w*|paper\w*|learn\w*|school\w*|university|teach\w*|author\w*|history",
    ),
    (
        "people",
        r"people|team\w*|famil\w+|friend\w*|workers?|customers?|children|adults?|women|men|community|public|population|voters?",
    ),
    (
        "bubble",
        r"say|said|says|talk\w*|ask\w*|tell|told|speak\w*|conversation|language\w*|words?|answer\w*|question\w*",
    ),
    (
        "pin",
        r"cit(?:y|ies)|countr\w+|place\w*|world|travel\w*|road\w*|street\w*|towns?|island\w*|region\w*|map\w*|europe|america\w*|asia|africa",
    ),
    ("scale", r"but|however|versus|compare\w*|balance\w*|fair\w*|equal\w*|instead|trade|judge\w*|court\w*"),
    ("bulb", r"idea\w*|think\w*|invent\w*|discover\w*|solution\w*|creativ\w+|mind|brain|understand\w*|know\w*"),
    ("steps", r"steps?|build\w*|start\w*|first|habit\w*|practice|train\w*|plan\w*|goal\w*|progress|climb\w*"),
    ("gauge", r"fast\w*|speed|measure\w*|test\w*|level\w*|pressure|temperature|strong\w*|power\w*|perform\w*"),
    ("eye", r"see|seen|look\w*|watch\w*|vision|eyes?|visible|view\w*|observ\w+|notice\w*"),
    ("key", r"key|secret\w*|open\w*|access|unlock\w*|important|reason\w*|cause\w*|because"),
    ("loop", r"cycle\w*|repeat\w*|again|compound\w*|return\w*|recycl\w+|every|always"),
    ("cup", r"food|eat\w*|cook\w*|bread|bak\w+|kitchen|meal\w*|breakfast|dinner|recipe\w*|taste\w*"),
    ("star", r"stars?|space|planet\w*|best|success\w*|won|wins?|famous|award\w*|galaxy"),
)
_PATTERNS = tuple((icon, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for icon, words in _WORDS)
_AREAS = {
    "money": "coins", "health": "heart", "tech": "chip", "food": "cup", "nature": "leaf", "past": "book",
    "craft": "pencil", "place": "pin", "people": "people", "any": "bulb",
}  # fmt: skip


def icon_for(text: str, used: frozenset[str] = frozenset()) -> str:
    """The drawing with the most words in the text, one that was not used yet if there is one; empty when none fits."""
    counted = [(len(pattern.findall(text)), -place, icon) for place, (icon, pattern) in enumerate(_PATTERNS)]
    fitting = sorted((one for one in counted if one[0]), reverse=True)
    fresh = [icon for _, _, icon in fitting if icon not in used]
    return fresh[0] if fresh else ""


def area_icon(area: str) -> str:
    return _AREAS[area]
