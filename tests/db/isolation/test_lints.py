"""The catalogue keeps the rules that isolation rests on; the sentence of a finding says what to do."""

import pytest

from tests.db.isolation.catalogue import Connection
from tests.db.isolation.lints import LINTS, Lint


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_the_catalogue_keeps(superuser: Connection, lint: Lint) -> None:
    found = list(lint(superuser))
    assert found == [], "\n".join(found)
