"""The TypeScript twin as one Node process that answers batches, JSON by lines."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tools.node import node_executable

SCRIPT = Path(__file__).resolve().parents[2] / "frontend/tests/twin.ts"


class Twin:
    def __enter__(self) -> Self:
        words = [str(node_executable()), "--stack-size=4000", str(SCRIPT)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)

    def send(self, batch: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(batch) + "\n")
        self.process.stdin.flush()

    def receive(self) -> list[str]:
        """What came of the batch sent last: one canonical JSON a pair. Raises where the twin has died."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("Node has ended: see what it wrote above")
        return json.loads(line)  # noqa: TID251 - our own process wrote it
