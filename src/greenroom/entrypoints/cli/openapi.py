"""`greenroom openapi`: the API's description as JSON, from which the web client's types and the reference are made."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click


@click.command()
def command() -> None:
    """Print the OpenAPI document of this version."""
    from greenroom.entrypoints.api import create_app
    from greenroom.entrypoints.house import make_house
    from greenroom.infra.settings import Settings

    # The document needs the routes only: nothing is opened, and nothing is left behind.
    with TemporaryDirectory() as folder:
        app = create_app(make_house(Settings(home=Path(folder)), app_url=""))
        click.echo(json.dumps(app.openapi(), indent=1, ensure_ascii=False))
