"""What benchmarks/publish.py compares with."""
