"""`greenroom login`: keep an installation's address and an API token for the other verbs."""

import sys

import click

from greenroom.entrypoints.client.calling import told_by_field
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Invalid


@click.command()
@click.argument("address", required=False)
def command(address: str | None) -> None:
    """Check an API token for the Greenroom at ADDRESS and keep both, readable by you only.

    ADDRESS is the one running on this machine when absent. The token is asked for without showing it, or read from
    standard input. GREENROOM_API and GREENROOM_TOKEN go before what is kept here.

    Exit status: 0 done, 1 refused, 2 wrong use, 3 Greenroom can't be reached, 4 not allowed.
    """
    from greenroom.entrypoints.client.login import Login, as_address, as_token, keep_login

    address = as_address(address or _running())
    if sys.stdin.isatty():
        click.echo(f"Make a token under {address}/settings (API tokens) and paste it here.", err=True)
        token = as_token(click.prompt("Token", hide_input=True, err=True))
    else:
        token = as_token(sys.stdin.readline())
    login = Login(address, token)
    with told_by_field():
        session = login.api().get("/session")
    file = keep_login(login)
    click.echo(f"Signed in to {session['organisation']['name']} as {session['user']['name']}; kept in {file}.")


def _running() -> str:
    from greenroom.entrypoints.running import find_running

    running = find_running(Settings().home)
    if running is None:
        raise Invalid("No Greenroom runs on this machine's home; name the address: greenroom login ADDRESS")
    return running.url
