"""The parts of benchmarks/render.py, most of them run in processes of their own."""
