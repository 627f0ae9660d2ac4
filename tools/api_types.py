"""Writes docs/reference/openapi.yaml from the code and the front end's types from that. `--check` only compares."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.node import command, environment

ROOT = Path(__file__).resolve().parents[1]

SCHEMA = ROOT / "docs/reference/openapi.yaml"
TYPES = ROOT / "frontend/src/lib/api/schema.d.ts"


def write(schema: Path, types: Path) -> None:
    """Generate both files at the given places."""
    spectacular = [sys.executable, "manage.py", "spectacular", "--file", str(schema), "--validate", "--fail-on-warn"]
    subprocess.run(spectacular, cwd=ROOT, check=True)
    generate = command("npx", "--no-install", "openapi-typescript", str(schema), "-o", str(types))
    subprocess.run(generate, cwd=ROOT / "frontend", env=environment(), check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    if "--check" not in sys.argv:
        write(SCHEMA, TYPES)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        schema, types = Path(folder) / "openapi.yaml", Path(folder) / "schema.d.ts"
        write(schema, types)
        stale = [old for old, new in ((SCHEMA, schema), (TYPES, types)) if not same(old, new)]
    for path in stale:
        print(f"{path.relative_to(ROOT)} ist veraltet: make types")
    return 1 if stale else 0


def same(old: Path, new: Path) -> bool:
    return old.exists() and old.read_bytes() == new.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
