"""The difference of two documents: taken step by step it always leads from the one to the other."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.infra.versions.diff import apply, diff, same

KEYS = st.text(alphabet="ab/~01 é", max_size=4)
PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | KEYS
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@given(JSON, JSON)
def test_the_steps_lead_from_one_to_the_other(before: Any, after: Any) -> None:
    kept = deepcopy(before)
    changes = diff(before, after)
    assert same(apply(changes, before), after)
    assert same(before, kept)
    assert (changes == []) == same(before, after)


@given(st.lists(PLAIN, max_size=6), st.data())
def test_changed_lists_too(lines: list[Any], data: st.DataObject) -> None:
    after = list(lines)
    for _step in range(data.draw(st.integers(0, 3))):
        if after and data.draw(st.booleans()):
            del after[data.draw(st.integers(0, len(after) - 1))]
        else:
            after.insert(data.draw(st.integers(0, len(after))), data.draw(PLAIN))
    assert same(apply(diff({"x": lines}, {"x": after}), {"x": lines}), {"x": after})


@given(JSON)
def test_what_says_the_same_has_no_steps(one: Any) -> None:
    assert diff(one, deepcopy(one)) == []


def test_a_step_says_where_what_stood_and_what_stands() -> None:
    before = {"persona": {"tone": "calm", "traits": ["dry", "kind"]}, "a/b~c": 1}
    after = {"persona": {"tone": "dry", "traits": ["dry", "exact", "kind"]}, "name": "Nora"}
    assert [(one.op, one.path, one.before, one.after) for one in diff(before, after)] == [
        ("remove", "/a~1b~0c", 1, None),
        ("add", "/name", None, "Nora"),
        ("replace", "/persona/tone", "calm", "dry"),
        ("add", "/persona/traits/1", None, "exact"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "equal"), [(1, 1.0, True), (1, True, False), (0, False, False), ("", None, False), ([], {}, False)]
)
def test_what_is_the_same(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal
    assert (diff(one, other) == []) is equal
