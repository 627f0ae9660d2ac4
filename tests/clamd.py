"""A real clamd with a list of one signature: the harmless test file of EICAR."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from common import scanner

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Local\n"
CONFIGURATION = """
DatabaseDirectory {folder}/db
LocalSocket {folder}/s
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 120M
MaxFileSize 120M
MaxScanSize 200M
"""


@contextmanager
def running_scanner(path: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start it, point the settings at it, end it."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as temporary:  # short: the name of a socket has 108 bytes
        folder = Path(temporary)
        (folder / "db").mkdir()
        (folder / "db/t.hdb").write_text(SIGNATURE)
        (folder / "c.conf").write_text(CONFIGURATION.format(folder=folder))
        command = [path, "--config-file", str(folder / "c.conf")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with override_settings(CLAMD_ADDRESS=f"unix:{folder / 's'}"):
            try:
                wait_until_alive()
                yield process
            finally:
                process.kill()
                process.wait()


def wait_until_alive(seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not scanner.is_alive():
        assert time.monotonic() < deadline, "clamd does not answer"
        time.sleep(0.05)
