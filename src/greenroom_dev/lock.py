"""`./greenroom lock`: exact versions and hashes from the .in files, without the name of any host."""

import subprocess
import sys

import click

from greenroom_dev import ROOT

UV = ROOT / "var" / "tools" / "uv" / "bin" / "uv"
ALONE = ("phones",)  # what these need themselves is not installed


@click.command()
@click.option("--upgrade", is_flag=True, help="Take the newest versions that the .in files allow.")
@click.argument("names", nargs=-1)
def command(upgrade: bool, names: tuple[str, ...]) -> int:
    """Lock requirements/*.in and benchmarks/peers/*.in again, or only NAMES."""
    for file in [*sorted(ROOT.glob("requirements/*.in")), *sorted(ROOT.glob("benchmarks/peers/*.in"))]:
        if names and file.stem not in names:
            continue
        target = file.with_suffix(".txt").relative_to(ROOT)
        argv = [
            *(
                str(UV),
                "pip",
                "compile",
                "--quiet",
                "--universal",
                "--generate-hashes",
                "--no-emit-index-url",
            ),
            *("--python-version", "3.11", *(["--no-deps"] if file.stem in ALONE else [])),
            *(str(file.relative_to(ROOT)), "-o", str(target)),
        ]
        status = subprocess.run([*argv, *(["--upgrade"] if upgrade else [])], cwd=ROOT, check=False).returncode
        if status:
            click.echo(f"{file.name} could not be locked; {target} is as it was", err=True)
            return 1
        click.echo(f"{target} locked", file=sys.stderr)
    return 0
