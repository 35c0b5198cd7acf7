"""`python -m benchmarks NAME`: one benchmark in a process of its own, so that its memory figures are its own."""

import importlib
import tempfile
from pathlib import Path

import click

from benchmarks.machine import machine
from benchmarks.table import Options, printed, save

RESULTS = Path(__file__).parent / "results"


@click.command()
@click.argument("name")
@click.option("--rounds", type=click.IntRange(1), default=3)
@click.option("--quick", is_flag=True)
def main(name: str, rounds: int, quick: bool) -> None:
    """Run the benchmark NAME, print its table, keep its figures."""
    here = machine()
    with tempfile.TemporaryDirectory(prefix=f"greenroom-bench-{name}-", ignore_cleanup_errors=True) as scratch:
        table = importlib.import_module(f"benchmarks.{name}").run(Options(rounds, Path(scratch), quick))
    click.echo(printed(table))
    if quick:
        click.echo("A quick run proves nothing; its figures are not kept.")
    else:
        click.echo(f"kept in {save(table, RESULTS, here)}")


if __name__ == "__main__":
    main()
