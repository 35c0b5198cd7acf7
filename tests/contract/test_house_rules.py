"""Rules of the house that a reader of the code relies on; each says in its message what to do instead."""

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenroom_dev import ROOT
from greenroom_dev.imports import ROOMS

HOUSE = ROOT / "src" / "greenroom"
FIRST = ("Context", "Tx", "House", "JobRun")  # what knows the tenant, or is there before it is known
STATEMENT = re.compile(r"\s*(select|insert into|update|delete from|with \w+ as|merge into)\s", re.IGNORECASE)
EXEMPTION = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)(?P<reason>.*)$")

# Files of rooms, other than routes and jobs, that are an edge themselves. Everything else takes part in its caller's.
OPENS_TRANSACTIONS = {
    "tenancy/sign_in.py": "no tenant is known before it; failed tries must be counted though the request fails",
    "tenancy/throttle.py": "tries are counted though the request that fails leaves nothing else behind",
    "tenancy/second_step.py": "no tenant is known before it; wrong codes must be counted though the request fails",
    "tenancy/sessions.py": "wrong passwords must be counted though the request fails",
    "tenancy/passkey_sign_in.py": "no tenant is known before the passkey says whose it is",
    "tenancy/oidc_begin.py": "no tenant is known before the provider says whose it is",
    "tenancy/oidc_offer.py": "the sign-in page is asked for before any tenant is known",
    "tenancy/oidc_return.py": "the redirect is taken though the sign-in fails, and none is open while providers answer",
    "tenancy/tokens.py": "a program is known by its token only, before any tenant is",
    "tenancy/links.py": "one-time links are followed before anybody is signed in",
    "tenancy/demo.py": "makes the organisation that the demo's command then works in",
    "tenancy/webhooks/acting.py": "whoever delivers webhooks asks for all tenants, then one transaction for each step",
    "channels/warn.py": "a tick: finds the accounts to warn of for all tenants, then one transaction for each",
    "channels/account_moves_due.py": "a tick: finds the accounts to move for all tenants, then a transaction for each",
    "channels/health_tick.py": "a tick: finds servers that are down for all tenants, then one transaction an account",
    "planner/due.py": "a tick: finds what is due for all tenants, then one transaction for each",
    "planner/keep_filled.py": "a tick: finds the schedules to fill for all tenants, then one transaction for each",
    "planner/clocks.py": "a tick: finds what waits for a wall's time for all tenants, then one transaction for each",
    "insights/measure.py": "a tick: finds the posts to look at for all tenants, then one transaction for each",
    "insights/rollup.py": "a tick: finds the hours to sum up for all tenants, then one transaction for each",
    "phones/agent_door.py": "an agent is known by its key only, before any tenant is",
    "phones/agent_notes.py": "a connection lives for days, and each thing it says is a transaction of its own",
    "insights/page/visitor.py": "readers have no session; the page's address leads to the tenant",
}

# Files that hold a transaction open while another server answers. Everybody else asks first and writes then.
WAITS_IN_TRANSACTIONS = {
    "channels/platforms/bluesky/session.py": "of all that find a session expired one renews it; bounded by `patient`",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(HOUSE.rglob("*.py")):
        yield file.relative_to(HOUSE).as_posix(), ast.parse(file.read_bytes(), str(file))


def in_rooms() -> Iterator[tuple[str, ast.Module]]:
    return ((name, tree) for name, tree in modules() if name.partition("/")[0] in ROOMS)


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a method, with the method's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def owner(call: ast.Call) -> str:
    """`house.database` for house.database.transaction()."""
    return ast.unparse(call.func).rpartition(".")[0]


def test_rooms_open_no_transactions_and_never_commit() -> None:
    found = []
    for name, tree in in_rooms():
        edge = Path(name).name in ("routes.py", "jobs.py") or name in OPENS_TRANSACTIONS
        for call, method in calls(tree):
            database = re.search(r"\b(tx|db|connection|database)$", owner(call))
            if database and (method in ("commit", "rollback") or (method == "transaction" and not edge)):
                found.append(f"{name}:{call.lineno}: take the caller's ctx.db instead of calling {method}()")
    assert found == []


@pytest.mark.slow
def test_who_waits_for_others_with_a_transaction_open_is_declared() -> None:
    """Everything else is refused as it runs, where every address is resolved: see infra/open_transactions.py."""
    patient = {name for name, tree in modules() for _, method in calls(tree) if method == "patient"}
    assert patient == WAITS_IN_TRANSACTIONS.keys()
    excepted = {name for name, tree in modules() if "waiting_excepted" in names(tree)}
    assert excepted == {"infra/database.py", "infra/open_transactions.py"}, "use Database.patient, which is bounded"
    dialling = {name for name, tree in modules() if {"pinned", "httpcore"} & names(tree)}
    assert dialling == {"infra/fetch/call.py", "infra/fetch/fetch.py", "infra/fetch/pinned.py"}
    unguarded = [name for name, tree in modules() if name in dialling - {"infra/fetch/pinned.py"}
                 and "permitted" not in names(tree)]  # fmt: skip
    assert unguarded == [], "resolve with `permitted`, which refuses while a transaction is open"


def names(tree: ast.Module) -> set[str]:
    """What a module names or imports."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return found | {alias.name for one in imports for alias in one.names}


def test_statements_live_in_stores() -> None:
    found = []
    for name, tree in in_rooms():
        if Path(name).stem.endswith("store") or "/store/" in name:
            continue
        for call, method in calls(tree):
            texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if method in ("all", "one", "maybe", "value", "execute") and any(map(STATEMENT.match, texts)):
                found.append(f"{name}:{call.lineno}: move this statement into the room's store")
    assert found == []


@pytest.mark.parametrize("room", sorted(room for room in ROOMS if (HOUSE / room / "facade.py").exists()))
def test_what_a_facade_does_takes_its_context_first(room: str) -> None:
    facade = importlib.import_module(f"greenroom.{room}.facade")
    doing = [f for name, f in vars(facade).items() if inspect.iscoroutinefunction(f) and not name.startswith("_")]
    wrong = [f.__qualname__ for f in doing if type_of_first(f) not in FIRST]
    assert wrong == [], f"the first parameter is one of {FIRST}"


def type_of_first(function: Callable[..., object]) -> str:
    parameters = inspect.signature(function).parameters.values()
    return next((getattr(parameter.annotation, "__name__", "?") for parameter in parameters), "nothing")


def test_every_room_has_a_door_and_nothing_is_called_service() -> None:
    rooms = {name.partition("/")[0] for name, _ in in_rooms()}
    assert [room for room in sorted(rooms) if not (HOUSE / room / "facade.py").exists()] == []
    vague = {"service", "services", "utils", "helpers", "manager", "managers", "common", "misc"}
    assert [name for name, _ in modules() if vague & set(Path(name).with_suffix("").parts)] == []


def test_a_module_says_first_what_is_in_it_and_stays_short() -> None:
    silent = [name for name, tree in modules() if tree.body and not ast.get_docstring(tree)]
    long = [name for name, _ in modules() if len((HOUSE / name).read_text().splitlines()) > 400]
    assert (silent, long) == ([], [])


def test_exemptions_carry_their_reason() -> None:
    found = []
    for folder in ("src", "tests", "benchmarks"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for number, line in enumerate(file.read_text().splitlines(), start=1):
                exemption = EXEMPTION.search(line)
                if exemption and file != Path(__file__) and len(exemption["reason"].strip(" -#")) < 4:
                    found.append(f"{file.relative_to(ROOT)}:{number}: say why, beside it")
    assert found == []
