"""A process that is started again whenever it ends, as systemd does in production (`Restart=always`)."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tools.stack import ROOT

PAUSE_SECONDS = 0.2
STOP_SECONDS = 20


@dataclass
class Service:
    """Runs `command` until `stop`. `user` is who it runs as where that is not us; its output goes to `log`."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    user: str | None = None
    ending: signal.Signals = signal.SIGTERM
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, and keep it running from now on."""
        self._thread = threading.Thread(target=self._keep_running, name=self.name, daemon=True)
        self._thread.start()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    self.command,
                    cwd=ROOT if self.user is None else "/",
                    env=self.env,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    user=self.user,
                    group=self.user,
                    extra_groups=None if self.user is None else [],
                )
            self.starts += 1
            self.process.wait()
            self._stopping.wait(PAUSE_SECONDS)

    def children(self) -> list[psutil.Process]:
        """The processes it has started that still run."""
        try:
            running = psutil.Process(self.process.pid).children() if self.process else []
            return [child for child in running if child.status() != psutil.STATUS_ZOMBIE]
        except psutil.NoSuchProcess:
            return []

    def signal_all(self, number: signal.Signals) -> bool:
        """The signal to the process and all it has started; False when it was not running."""
        process = self.process
        if process is None or process.poll() is not None:
            return False
        everyone = [*self.children(), process]
        for one in everyone:
            try:
                os.kill(one.pid, number)
            except ProcessLookupError:
                continue
        return True

    def stop(self) -> None:
        """End it calmly; what does not listen is killed."""
        self._stopping.set()
        if self.process is None or self._thread is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.ending)
        self._thread.join(timeout=STOP_SECONDS)
        if self._thread.is_alive():
            self.signal_all(signal.SIGKILL)
            self._thread.join(timeout=STOP_SECONDS)
