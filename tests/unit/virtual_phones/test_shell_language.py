"""The phone's shell: what a line means, and what it says when it does not."""

import contextlib
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.agent.virtual.android.shell.parse import BadSyntax, parse


def words(text: str) -> list[list[str]]:
    """The words of each command, before anything is expanded."""
    found = [command.words for pipeline in parse(text) for command in pipeline.commands]
    return [["".join(part.text for part in word) for word in one] for one in found]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("echo a b", [["echo", "a", "b"]]),
        ("echo 'a b' \"c d\" e\\ f", [["echo", "a b", "c d", "e f"]]),
        ("a; b && c || d", [["a"], ["b"], ["c"], ["d"]]),
        ("a | b -c", [["a"], ["b", "-c"]]),
        ("A=1 cmd x", [["A=1", "cmd", "x"]]),
        ("echo it'\"'s", [["echo", 'it"s']]),
        (
            "rm -f x; uiautomator dump x && echo success",
            [["rm", "-f", "x"], ["uiautomator", "dump", "x"], ["echo", "success"]],
        ),
        ("echo a > /x 2>&1", [["echo", "a"]]),
        ("# nothing\necho a # more", [["echo", "a"]]),
        ("", []),
    ],
)
def test_words(line: str, meant: list[list[str]]) -> None:
    assert words(line) == meant


def test_redirections_and_joints() -> None:
    first, second = parse("a >>/x 2>/dev/null </y || b &")
    assert [(one.number, one.kind) for one in first.commands[0].redirections] == [(1, ">>"), (2, ">"), (0, "<")]
    assert (second.joint, second.background) == ("||", True)


@pytest.mark.parametrize(
    "line", ["echo 'a", 'echo "a', "a &&", "; ; |", "| a", "if true; then", "$(id)", "`id`", "a >"]
)
def test_what_is_not_understood_is_refused(line: str) -> None:
    with pytest.raises(BadSyntax, match="syntax error"):
        parse(line)


@given(st.text(max_size=60))
def test_any_line_is_understood_or_refused(line: str) -> None:
    with contextlib.suppress(BadSyntax):  # anything else fails
        assert isinstance(parse(line), list)


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=20), min_size=1, max_size=5))
def test_what_clients_quote_arrives_as_it_was(arguments: list[str]) -> None:
    assert words("cmd " + shlex.join(arguments)) == [["cmd", *arguments]]
