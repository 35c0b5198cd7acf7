"""The parts of benchmarks/render.py, each run in a process of its own: material, ours, raw frames, floor, inspection."""
