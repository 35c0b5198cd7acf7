"""`python -m greenroom`: the command line."""

from greenroom.entrypoints.cli.main import main

main()
