"""A throw-away database with a row of every owner in every table, open in a transaction that ends with the test."""

from collections.abc import Iterator

import psycopg
import pytest

from greenroom.infra.postgres.addresses import Addresses
from tests.db.isolation import catalogue, filler
from tests.db.isolation.catalogue import Connection
from tests.db.isolation.cells import OWNERS
from tests.db.isolation.filler import Filled


@pytest.fixture
def superuser(database_urls: Addresses) -> Iterator[Connection]:
    """A superuser's connection in a transaction; names that it reads out are written in full."""
    assert database_urls.superuser is not None
    with psycopg.connect(database_urls.superuser) as connection:
        connection.execute("set local search_path = ''")
        yield connection
        connection.rollback()


@pytest.fixture
def filled(superuser: Connection) -> Filled:
    filler.loosen(superuser)
    return filler.fill(superuser, catalogue.tables(superuser), OWNERS)
