"""What benchmarks/jobs.py runs: a contender each, with the same four verbs."""
