"""All lints of the catalogue, and what they find."""

from collections.abc import Callable, Iterator

from tests.db.isolation import lints_rights, lints_tables
from tests.db.isolation.catalogue import Connection

Lint = Callable[[Connection], Iterator[str]]

LINTS: tuple[Lint, ...] = (
    lints_tables.undeclared,
    lints_tables.unforced,
    lints_tables.policies,
    lints_tables.foreign_keys,
    lints_tables.uniques,
    lints_rights.definers,
    lints_rights.views,
    lints_rights.role,
    lints_rights.makings,
    lints_rights.grants,
    lints_rights.declared_grants,
    lints_rights.sequences,
)


def findings(connection: Connection) -> list[str]:
    """Everything that is wrong, a sentence each that says what to do."""
    return [sentence for lint in LINTS for sentence in lint(connection)]
