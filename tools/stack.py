"""Starts the whole system as processes: web, live, worker, front end behind one address.

`make demo`, the browser tests and the benchmarks use the same class, so that what is tested is what runs.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tools.node import node_executable

ROOT = Path(__file__).resolve().parents[1]
PORTS = range(20_000, 32_000)
START_SECONDS = 120
STOP_SECONDS = 15


class StackFailed(RuntimeError):
    """A process did not come up or ended by itself; the text holds the end of its log."""


def free_port() -> int:
    """A port nobody listens on at the moment, of those the kernel gives to no outgoing connection in the meantime."""
    return next(port for port in random.sample(PORTS, len(PORTS)) if is_free(port))


def is_free(port: int) -> bool:
    """False when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass
class Stack:
    """All processes of one installation. `environ` adds to the environment (DATABASE_URL, VAR_DIR, ...); `address` is
    the name other devices use, without one nothing but this machine gets an answer."""

    port: int
    log_dir: Path
    environ: dict[str, str] = field(default_factory=dict)
    settings: str = "config.settings.dev"
    web_workers: int = 2
    address: str = "localhost"
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    web_port: int = field(default_factory=free_port)
    live_port: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        """The one address people use."""
        return f"http://{self.address}:{self.port}"

    def env(self) -> dict[str, str]:
        """The environment every process gets."""
        return (
            os.environ
            | {
                "DJANGO_SETTINGS_MODULE": self.settings,
                "PUBLIC_ORIGIN": self.origin,
                "PYTHONUNBUFFERED": "1",
                "HOST": "127.0.0.1" if self.address == "localhost" else "0.0.0.0",
                "PORT": str(self.port),
                "DJANGO_ORIGIN": f"http://127.0.0.1:{self.web_port}",
                "LIVE_ORIGIN": f"http://127.0.0.1:{self.live_port}",
            }
            | self.environ
        )

    def manage(self, *arguments: str, quiet: bool = False) -> None:
        """Run a management command in the stack's environment; raises StackFailed with its output when it fails."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env(), capture_output=quiet, check=False)
        if done.returncode:
            output = (done.stdout + done.stderr).decode(errors="replace") if quiet else ""
            raise StackFailed(f"manage.py {' '.join(arguments)} ist gescheitert.\n{output}")

    def start(self) -> None:
        """Start all four processes and wait until the one address answers."""
        self.log_dir.mkdir(parents=True, exist_ok=True)
        python = sys.executable
        gunicorn = [python, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.web_port}"]
        gunicorn += ["--workers", str(self.web_workers), "--threads", "4", "--worker-class", "gthread"]
        self._spawn("web", [*gunicorn, "--no-control-socket", "--keep-alive", "30", "--graceful-timeout", "10"])
        uvicorn = [python, "-m", "uvicorn", "config.asgi:application", "--port", str(self.live_port)]
        self._spawn("live", [*uvicorn, "--no-access-log", "--timeout-graceful-shutdown", "5"])
        self._spawn("worker", [python, "manage.py", "worker"])
        self._spawn("frontend", [str(node_executable()), "server.js"], cwd=ROOT / "frontend")
        self._wait_for(f"http://127.0.0.1:{self.web_port}/readyz")
        self._wait_for(f"http://127.0.0.1:{self.live_port}/healthz")
        self._wait_for(f"http://127.0.0.1:{self.port}/")

    def _spawn(self, name: str, command: list[str], cwd: Path = ROOT) -> None:
        log = (self.log_dir / f"{name}.log").open("wb")
        # A session of its own: Ctrl-C reaches only the parent, which then ends the children in order.
        self.processes[name] = subprocess.Popen(
            command, cwd=cwd, env=self.env(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )

    def _wait_for(self, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            try:
                with urllib.request.urlopen(url, timeout=5) as answer:
                    if answer.status < 500:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise StackFailed(f"{url} antwortet nicht.\n{self.tails()}")

    def check(self) -> None:
        """Raise StackFailed when a process has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise StackFailed(f"Der Prozess „{name}“ ist beendet (Code {process.returncode}).\n{self.tail(name)}")

    def tail(self, name: str, lines: int = 25) -> str:
        """The last lines of a process's log."""
        text = (self.log_dir / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def tails(self) -> str:
        """The last lines of all logs."""
        return "\n".join(f"--- {name}\n{self.tail(name)}" for name in self.processes)

    def kill(self, name: str) -> None:
        """SIGKILL one process with its children: for tests that prove what survives."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes.pop(name).wait()

    def start_again(self, name: str, command: list[str]) -> None:
        """Bring a killed process back; `command` is what it was started with."""
        self._spawn(name, command)
        self._wait_for(f"http://127.0.0.1:{self.web_port}/readyz")

    def stop(self) -> None:
        """End all processes calmly, front end first; whoever does not listen is killed."""
        for name in ("frontend", "live", "worker", "web"):
            if name in self.processes and self.processes[name].poll() is None:
                self.processes[name].terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()

    def __enter__(self) -> Stack:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
