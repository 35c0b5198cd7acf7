"""The difference of two JSON documents as steps, and taking those steps. Pure.

`apply(diff(a, b), a)` is `b`, for all JSON values. Lists are aligned first, so that a line put in between is one step.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any

from greenroom.infra.versions.contracts import Step


def diff(before: Any, after: Any) -> list[Step]:
    """The steps from `before` to `after`; none when both say the same."""
    return list(_steps(before, after, ""))


def apply(changes: Iterable[Step], document: Any) -> Any:
    """The document after these steps; `document` itself stays as it is."""
    result = deepcopy(document)
    for change in changes:
        if change.path == "":
            result = deepcopy(change.after)
            continue
        *above, last = [_unescaped(part) for part in change.path.split("/")[1:]]
        place = result
        for part in above:
            place = place[int(part)] if isinstance(place, list) else place[part]
        _take(place, last, change)
    return result


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values say the same: 1 and 1.0 do, 1 and true do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def _steps(before: Any, after: Any, path: str) -> Iterator[Step]:
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            inner = f"{path}/{_escaped(key)}"
            if key not in after:
                yield Step(op="remove", path=inner, before=before[key])
            elif key not in before:
                yield Step(op="add", path=inner, after=after[key])
            else:
                yield from _steps(before[key], after[key], inner)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_steps(before, after, path)
    else:
        yield Step(op="replace", path=path, before=before, after=after)


def _list_steps(before: list[Any], after: list[Any], path: str) -> Iterator[Step]:
    """From the end to the start, so that no step moves the places of those that follow."""
    aligned = SequenceMatcher(None, [_text(one) for one in before], [_text(one) for one in after], autojunk=False)
    for tag, i1, i2, j1, j2 in reversed(aligned.get_opcodes()):
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for index in reversed(range(i1 + pairs, i2)):
            yield Step(op="remove", path=f"{path}/{index}", before=before[index])
        for index in reversed(range(j1 + pairs, j2)):
            yield Step(op="add", path=f"{path}/{i1 + pairs}", after=after[index])
        for offset in reversed(range(pairs)):
            yield from _steps(before[i1 + offset], after[j1 + offset], f"{path}/{i1 + offset}")


def _take(place: Any, last: str, change: Step) -> None:
    if isinstance(place, list):
        index = int(last)
        if change.op == "add":
            place.insert(index, deepcopy(change.after))
        elif change.op == "remove":
            del place[index]
        else:
            place[index] = deepcopy(change.after)
    elif change.op == "remove":
        del place[last]
    else:
        place[last] = deepcopy(change.after)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
