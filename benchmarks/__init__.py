"""Benchmarks: one module each, with `run(options) -> Table`. `./greenroom bench` runs them."""
