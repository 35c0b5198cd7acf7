"""Virtual environments of the peers, apart from ours: benchmarks/peers/NAME.txt says what is in one, with hashes."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / "var" / "tools" / "uv" / "bin" / "uv"


def peer_venv(name: str, requirements_lock: Path | None = None) -> Path:
    """The Python of the peer's environment, made under var/bench/ when it is missing or its lock changed."""
    lock = requirements_lock or ROOT / "benchmarks" / "peers" / f"{name}.txt"
    folder = ROOT / "var" / "bench" / name
    python, stamp = folder / "bin" / "python", folder / ".lock-digest"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == digest:
        return python
    subprocess.run([UV, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
    subprocess.run([UV, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock], check=True, cwd=ROOT)
    stamp.write_text(digest)
    return python
