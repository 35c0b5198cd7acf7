"""Nobody sees or touches another's row, whichever table, scope, owner and verb."""

import time

from tests.db.isolation import catalogue, matrix
from tests.db.isolation.catalogue import Connection
from tests.db.isolation.cells import OWNERS
from tests.db.isolation.filler import Filled, owners_in
from tests.support.figures import Figures


def test_every_cell_is_as_the_model_says(superuser: Connection, filled: Filled, figures: Figures) -> None:
    tables = catalogue.tables(superuser)
    began = time.monotonic()
    cells, wrong = matrix.run(superuser, tables, filled)
    seconds = time.monotonic() - began
    covered = [table.name for table in tables.values() if table.kind]
    figures(
        "isolation matrix",
        f"{cells:,} cells over {len(covered)} tables and views in {seconds:.1f} s, {len(wrong)} wrong",
    )
    assert wrong == [], "\n".join(wrong)
    assert cells > 100 * len(covered)


def test_every_table_with_tenants_holds_a_row_of_every_owner(superuser: Connection, filled: Filled) -> None:
    """Otherwise the matrix would look for rows that never were there."""
    empty = [
        f"{table.name} has no row of {owner.name}"
        for table in catalogue.tables(superuser).values()
        if table.kind
        for owner in owners_in(table, OWNERS)
        if not filled.present[table.name, owner]
    ]
    assert empty == []
