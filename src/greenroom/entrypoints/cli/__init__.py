"""The command line: one file a verb, each exposing `command`."""
