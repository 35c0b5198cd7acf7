"""Files: what they are, whose they are, and their way to a reader. The bytes lie in `infra.store`."""
