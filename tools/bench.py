"""`make bench`: all measurements, one table each. Figures are ratios within one run where a peer is named.

python tools/bench.py [name ...]      e.g. read_api, search, flow, submit
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    wanted = sys.argv[1:]
    scripts = sorted((ROOT / "tests/bench").glob("bench_*.py"))
    failed = []
    for script in scripts:
        name = script.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        print(f"\n## {name}", flush=True)
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        if subprocess.run([sys.executable, str(script)], cwd=ROOT, env=env, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Gescheitert: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
