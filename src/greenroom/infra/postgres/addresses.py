"""Where the database answers: one address for each role."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """The application's for all work, the owner's for migrations, the superuser's for our own server only."""

    app: str = field(repr=False)
    owner: str = field(repr=False)
    superuser: str | None = field(default=None, repr=False)

    def for_database(self, name: str) -> "Addresses":
        """The same server and roles, another database."""
        superuser = self.superuser and _with_database(self.superuser, name)
        return Addresses(_with_database(self.app, name), _with_database(self.owner, name), superuser)


def socket_address(role: str, password: str, socket: Path, database: str) -> str:
    """An address over a Unix socket that psycopg, asyncpg and psql all read."""
    secret, folder = quote(password, safe=""), quote(str(socket), safe="")
    return f"postgresql://{role}:{secret}@/{quote(database)}?host={folder}"


def _with_database(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path="/" + quote(name)))
