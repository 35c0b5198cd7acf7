"""Nothing but constants is put into the text of a statement; values go beside it as parameters.

ruff's S608 flags every statement that is put together; this looks at what is put in. A fragment may be a constant
of a module, a choice between literals, or the parameter of a private function that is only called with such.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from greenroom_dev import ROOT

STATEMENT = re.compile(r"\s*(select|insert into|update|delete from|with \w+ as|merge into)\s", re.IGNORECASE)
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def unsafe(source: str) -> list[str]:
    """`line: expression` for everything in a statement that might not be a constant."""
    tree = ast.parse(source)
    return [
        f"{part.lineno}: {ast.unparse(part.value)}"
        for function, statement in statements(tree)
        for part in statement.values
        if isinstance(part, ast.FormattedValue) and not is_constant(part.value, function, tree)
    ]


def statements(tree: ast.Module) -> Iterator[tuple[Function | None, ast.JoinedStr]]:
    """Each statement that is put together, with the function around it."""
    around = {
        id(node): function
        for function in ast.walk(tree)
        if isinstance(function, Function)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(v.value if isinstance(v, ast.Constant) else "?" for v in node.values)
            if STATEMENT.match(text):
                yield around.get(id(node)), node


def is_constant(value: ast.expr, function: Function | None, tree: ast.Module) -> bool:
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.IfExp):
        return is_constant(value.body, function, tree) and is_constant(value.orelse, function, tree)
    if isinstance(value, ast.Attribute):
        return bool(CONSTANT.fullmatch(value.attr))
    if not isinstance(value, ast.Name):
        return False
    return bool(CONSTANT.fullmatch(value.id)) or (function is not None and is_local_constant(value.id, function, tree))


def is_local_constant(name: str, function: Function, tree: ast.Module) -> bool:
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]
    parameters = [parameter.arg for parameter in function.args.args]
    if name in parameters and function.name.startswith("_"):
        given += [call.args[parameters.index(name)] for call in calls_of(function.name, tree)]
    elif name in parameters:
        return False
    return bool(given) and all(is_constant(value, None, tree) for value in given)


def calls_of(name: str, tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_statements_are_made_of_constants() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{one}"
        for file in sorted((ROOT / "src" / "greenroom").rglob("*.py"))
        for one in unsafe(file.read_text())
    ]
    assert found == [], "pass values as parameters: execute('… where id = %(id)s', {'id': …})"


@pytest.mark.parametrize(
    "source",
    [
        "def find(db, name): return db.all(f'select * from t where name = {name}')",
        "def find(db, ids): return db.all(f'delete from t where id in ({\",\".join(ids)})')",
        "def _set(db, what): return db.execute(f'update t set {what}')\n\ndef put(db, v): return _set(db, v)",
        "def find(db, by):\n    order = by or 'id'\n    return db.all(f'select 1 from t order by {order}')",
        "def find(db, row): return db.all(f'select {row.name} from t')",
    ],
)
def test_what_could_come_from_outside_is_found(source: str) -> None:
    assert len(unsafe(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "_OWN = 'id = 1'\n\ndef find(db): return db.all(f'select * from t where {_OWN}')",
        'def find(db, lock): return db.all(f\'select 1 from t {"for update" if lock else ""}\')',
        "def _set(db, what): return db.execute(f'update t set {what}')\n\ndef put(db): return _set(db, 'a = 1')",
        "def greet(name): return f'Hello {name}'",
    ],
)
def test_constants_are_left_alone(source: str) -> None:
    assert unsafe(source) == []
