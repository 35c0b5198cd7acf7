"""The proof is itself proven: every fault that is put in is found, by the matrix or by the lints."""

import time

import pytest

from tests.db.isolation import catalogue, filler, lints, matrix
from tests.db.isolation.catalogue import Connection
from tests.db.isolation.cells import OWNERS
from tests.db.isolation.filler import Filled
from tests.db.isolation.mutants import MUTANTS, Mutant
from tests.support.figures import Figures


def test_every_fault_is_found(superuser: Connection, filled: Filled, figures: Figures) -> None:
    before = lints.findings(superuser)
    began = time.monotonic()
    found = {mutant.name: killers(superuser, filled, mutant, before) for mutant in MUTANTS}
    seconds = time.monotonic() - began
    assert len(found) == len(MUTANTS), "two faults have the same name"
    alive = [name for name, by in found.items() if not by]
    for name, by in found.items():
        print(f"  {name}: {', '.join(by) or 'NOT FOUND'}")
    matrix_alone = sum(by == ["matrix"] for by in found.values())
    figures(
        "isolation mutants",
        f"{len(found) - len(alive)} of {len(found)} found in {seconds:.1f} s,"
        f" {sum('matrix' in by for by in found.values())} by the matrix ({matrix_alone} by it alone)",
    )
    assert alive == []
    assert lints.findings(superuser) == before, "a fault was not undone"


def test_a_new_table_done_right_is_in_the_proof_by_itself(superuser: Connection, filled: Filled) -> None:
    """With partitions too; no fault is found in what has none."""
    before = lints.findings(superuser)
    superuser.execute(
        """create table gr.sample (organisation_id uuid not null, client_id uuid not null, id uuid not null,
             at timestamptz not null, primary key (organisation_id, client_id, id, at),
             foreign key (organisation_id, client_id) references gr.client (organisation_id, id))
             partition by range (at);
           create table gr.sample_one partition of gr.sample for values from ('2026-11-01') to ('2026-12-01');
           select gr.secure('gr.sample'), gr.secure('gr.sample_one')"""
    )
    assert lints.findings(superuser) == before
    tables = catalogue.tables(superuser)
    filled = filler.fill(superuser, tables, OWNERS, filled)
    cells, wrong = matrix.run(superuser, tables, filled, ("gr.sample", "gr.sample_one"))
    assert wrong == []
    assert cells > 200


def test_a_table_that_the_filler_cannot_fill_says_so(superuser: Connection, filled: Filled) -> None:
    superuser.execute("create table gr.odd (organisation_id uuid not null, client_id uuid not null, at point not null)")
    with pytest.raises(AssertionError, match=r"Teach literal\(\) a value of type point"):
        filler.fill(superuser, catalogue.tables(superuser), OWNERS, filled)


def killers(connection: Connection, filled: Filled, mutant: Mutant, before: list[str]) -> list[str]:
    """What finds more than `before` once the mutant is in: "matrix", and names of lints. The mutant is undone then."""
    with connection.transaction(force_rollback=True):
        connection.execute(mutant.statements)
        found = [lint.__name__ for lint in lints.LINTS if set(lint(connection)) - set(before)]
        if mutant.tables:
            tables = catalogue.tables(connection)
            filled = filler.fill(connection, tables, OWNERS, filled)
            if matrix.run(connection, tables, filled, mutant.tables)[1]:
                found.insert(0, "matrix")
    return found
