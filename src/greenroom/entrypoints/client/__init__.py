"""The HTTP API as our own programs use it: the command line, and the demo's people."""
