"""The catalogue keeps the rules that isolation rests on; the sentence of a finding says what to do."""

import pytest

from tests.db.isolation.catalogue import Connection
from tests.db.isolation.lints import LINTS, Lint
from tests.support.figures import Figures


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.__name__)
def test_the_catalogue_keeps(superuser: Connection, lint: Lint, figures: Figures) -> None:
    found = list(lint(superuser))
    figures("isolation lints", f"{len(LINTS)}, each over the whole catalogue")
    assert found == [], "\n".join(found)
