"""`greenroom accounts`: where your clients can publish."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from greenroom.entrypoints.client import calling
from greenroom.entrypoints.client.tables import Column, show

if TYPE_CHECKING:
    from greenroom.entrypoints.client.api import Api

COLUMNS = (
    Column("id", lambda account: account["id"]),
    Column("platform", lambda account: account["platform"]),
    Column("handle", lambda account: f"@{account['handle']}", loose=True),
    Column("name", lambda account: account["name"], loose=True),
    Column("state", lambda account: account["state"]),
    Column("why", lambda account: account["state_reason"], loose=True),
)


@click.group(epilog=calling.EXITS)
def command() -> None:
    """Accounts on platforms, the characters' own pages among them."""


@command.command("list", epilog=calling.EXITS)
@calling.client
@calling.limit
@calling.as_json
@calling.calls_api
def list_accounts(api: "Api", client: UUID | None, limit: int, as_json: bool) -> None:
    """All accounts that you see, by name."""
    found = api.items("/accounts", limit=limit, client=client)
    show(found, COLUMNS, as_json=as_json, none="No account yet: a character's page comes with the character.")


def account_of(api: "Api", named: str) -> dict[str, Any]:
    """The account with this id, handle or name."""
    return calling.one_of(api, "/accounts", "account", named, "handle", "name")
