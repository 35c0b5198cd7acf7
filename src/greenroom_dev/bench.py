"""`./greenroom bench [NAME…]`: runs benchmarks/NAME.py one after the other, each in a process of its own."""

import subprocess
import sys

import click

from greenroom_dev import ROOT

FOLDER = ROOT / "benchmarks"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Interleaved rounds.")
@click.option("--quick", is_flag=True, help="A small version of the work; figures are not kept.")
@click.option("--list", "only_list", is_flag=True, help="Say which there are.")
def command(names: tuple[str, ...], rounds: int, quick: bool, only_list: bool) -> int:
    """Run the benchmarks (all, or those named) and print one table each: ours, peers, floor, ratios."""
    there = benchmarks()
    if only_list:
        click.echo("\n".join(there))
        return 0
    unknown = [name for name in names if name not in there]
    if unknown:
        raise click.UsageError(f"no benchmark {', '.join(unknown)}; there are {', '.join(there)}")
    flags = ["--rounds", str(rounds), *(["--quick"] if quick else [])]
    results = [
        subprocess.run([sys.executable, "-m", "benchmarks", name, *flags], cwd=ROOT, check=False).returncode
        for name in names or there
    ]
    return 1 if any(results) else 0


def benchmarks() -> list[str]:
    """Modules of benchmarks/ that have a `run`."""
    return sorted(
        file.stem for file in FOLDER.glob("[!_]*.py") if "\ndef run(options: Options) -> Table:" in file.read_text()
    )
