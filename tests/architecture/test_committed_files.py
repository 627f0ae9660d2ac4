"""Nothing in the repository names this machine or a package registry, and nothing is a placeholder."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = re.compile(r"https?://(files\.pythonhosted|pypi\.|registry\.npmjs|registry\.yarnpkg|deb\.debian)")
MACHINE = re.compile(r"(?<![\w.])/(work|root|home)/\w")
PLACEHOLDERS = re.compile(r"\b(TODO|FIXME|XXX)\b(?!-)|[Ll]orem ipsum|[Cc]oming soon")
HERE = Path(__file__).name


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [ROOT / line for line in listed.splitlines()]
    return [p for p in paths if p.is_file() and p.name != HERE]


def hits(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    found = []
    for path in committed():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group(0)}" for m in pattern.finditer(text)]
    return found


def test_committed_files__name_no_registry():
    assert hits(REGISTRIES) == []


def test_committed_files__name_no_path_of_a_machine():
    assert hits(MACHINE) == []


def test_code__has_no_placeholder():
    assert hits(PLACEHOLDERS, {".py", ".ts", ".js", ".svelte", ".html", ".yaml"}) == []


def test_suppressions__of_a_check__carry_their_reason():
    """CONTRIBUTING: a check is never quietened to pass."""
    every = r"#\s*(?:ruff: )?(?:noqa|type: ignore|pragma:)"
    with_reason = r"# (?:ruff: )?noqa: [A-Z0-9, ]+ (?:- |\()\w|# type: ignore\[[\w,-]+\]  # \w|# pragma: no cover - \w"
    assert hits(re.compile(f"^(?!.*(?:{with_reason})).*{every}.*$", re.MULTILINE), {".py"}) == []


def test_lock_files__are_pinned_and_hashed():
    for name in ("base", "dev"):
        lines = (ROOT / f"requirements/{name}.txt").read_text().splitlines()
        assert any("--hash=sha256:" in line for line in lines)
        assert all("==" in line for line in lines if re.match(r"[a-z]", line))


def test_node_lock__has_integrity_but_no_address():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in e for n, e in packages.items() if n and not e.get("link") and not e.get("inBundle"))
