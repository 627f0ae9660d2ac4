"""A small disk that can be full: a tmpfs of our own where we may mount one, else a plain directory that never is."""

from __future__ import annotations

import subprocess
from pathlib import Path

BLOCK = b"\0" * 65536


class Disk:
    """`can_be_full` is False where only root may mount; then the run leaves that fault out and says so."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self._filler = folder, folder / "filler"
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "survival", str(folder)]
        self.can_be_full = _succeeds(mount)

    def fill(self) -> None:
        """Take every byte that is left."""
        with self._filler.open("ab", buffering=0) as file:
            for block in (BLOCK, BLOCK[:512]):
                _write_until_full(file.write, block)

    def free(self) -> None:
        """Give it back."""
        self._filler.unlink(missing_ok=True)

    def remove(self) -> None:
        """Unmount; the data are gone."""
        if self.can_be_full:
            _succeeds(["umount", "-l", str(self.folder)])


def _write_until_full(write, block: bytes) -> None:
    try:
        while True:
            write(block)
    except OSError:
        return


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
