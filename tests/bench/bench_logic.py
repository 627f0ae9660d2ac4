"""The rules of the FIM trees: our form mode against `panzi-json-logic` and `maykin-json-logic-py`.

Run: `python tests/bench/bench_logic.py`. The peers are installed into folders of their own (`var/bench/…`), for both
call their module `json_logic`. Each is measured in one process with ours, with the same Python: maykin's needs 3.12, so
that row wants such a Python on the machine and is left out where there is none. Bar (issue 3, section 1): at least 5
times faster. Exit code 1 when it is missed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
BAR = 5


@dataclass(frozen=True)
class Peer:
    name: str
    requirements: str
    python: tuple[int, int]


PEERS = [
    Peer("panzi-json-logic", "requirements/bench-panzi.txt", (3, 11)),
    Peer("maykin-json-logic-py", "requirements/bench-maykin.txt", (3, 12)),
]


def main() -> int:
    from tests.bench.fim_trees import SCHEMAS

    if not SCHEMAS.is_dir():
        print("left out: shared test data missing: ../shared/data/fim")
        return 0
    print(f"{'peer':24} {'Python':>7} {'trees':>6} {'ours µs':>8} {'theirs µs':>10} {'times faster':>13}")
    missed = [peer.name for peer in PEERS if not holds(peer)]
    return 1 if missed else 0


def holds(peer: Peer) -> bool:
    python = find_python(peer.python)
    folder = install(peer)
    if python is None or folder is None:
        reason = f"needs Python {'.'.join(map(str, peer.python))}" if python is None else "cannot be installed"
        print(f"{peer.name:24} left out: {reason}")
        return True
    found = measure(python, folder)
    ratio = found["theirs"] / found["ours"]
    print(
        f"{peer.name:24} {version_of(python):>7} {found['trees']:6} {found['ours']:8.2f} {found['theirs']:10.2f} "
        f"{ratio:9.1f} (bar {BAR})"
    )
    return ratio >= BAR


def find_python(least: tuple[int, int]) -> str | None:
    """This Python, or a newer one of the machine."""
    names = [sys.executable, *(f"python3.{minor}" for minor in range(least[1], least[1] + 4))]
    return next((name for name in names if shutil.which(name) and is_at_least(name, least)), None)


def is_at_least(python: str, least: tuple[int, int]) -> bool:
    check = f"import sys; raise SystemExit(sys.version_info < {least})"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def version_of(python: str) -> str:
    words = [python, "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def install(peer: Peer) -> Path | None:
    folder = ROOT / "var/bench" / peer.name
    if not (folder / "json_logic").is_dir():
        words = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "--target", str(folder)]
        if subprocess.run([*words, "-r", str(ROOT / peer.requirements)], capture_output=True, check=False).returncode:
            return None
    return folder


def measure(python: str, folder: Path) -> dict[str, float]:
    """Runs the worker; another Python than ours borrows our pure packages."""
    paths = os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]])
    words = [python, str(ROOT / "tests/bench/logic_worker.py"), str(folder)]
    env = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    found = subprocess.run(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(found)


if __name__ == "__main__":
    sys.exit(main())
