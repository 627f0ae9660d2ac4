"""What goes wrong: each fault is a function that does it and says whether it hit anything."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools.survival.disk import Disk
from tools.survival.service import Service

STOPPED_SECONDS = 1.5
FULL_SECONDS = 2.5
NOTICED_SECONDS = 15


@dataclass
class Scene:
    """What faults can hit. `stall_seconds`: how long a delivering worker is stopped, longer than its lease."""

    chance: random.Random
    web: Service
    workers: list[Service]
    disk: Disk
    stall_seconds: float
    refused: Callable[[], int]  # how many requests got a 503 so far
    database: Service | None = None


@dataclass(frozen=True)
class Fault:
    """`happen` returns when the cause is gone; False when there was nothing to hit."""

    name: str
    happen: Callable[[Scene], bool]
    needs: Callable[[Scene], bool]
    weight: int = 1  # how often it comes in a round
    is_web: bool = False  # takes one of two web processes: not again before the new one is up


def kill_web_process(scene: Scene) -> bool:
    """kill -9 to one of gunicorn's processes, in the middle of what it does."""
    return _signal_one(scene, scene.web, signal.SIGKILL)


def stop_web_process(scene: Scene) -> bool:
    """SIGSTOP to one of them; on SQLite it may hold the only write lock."""
    children = scene.web.children()
    if not children:
        return False
    child = scene.chance.choice(children)
    return _stop_for(STOPPED_SECONDS, [child.pid])


def kill_worker(scene: Scene) -> bool:
    """kill -9 to a worker while it delivers."""
    return scene.chance.choice(scene.workers).signal_all(signal.SIGKILL)


def stall_worker(scene: Scene) -> bool:
    """SIGSTOP until its leases are over and the other worker has them; then it wakes and believes it holds them."""
    process = scene.chance.choice(scene.workers).process
    return process is not None and process.poll() is None and _stop_for(scene.stall_seconds, [process.pid])


def kill_database(scene: Scene) -> bool:
    """kill -9 to the server and all its processes at once."""
    return scene.database is not None and scene.database.signal_all(signal.SIGKILL)


def stop_database(scene: Scene) -> bool:
    """SIGSTOP to all of them: nobody is refused, nobody is answered."""
    if scene.database is None or scene.database.process is None:
        return False
    return _stop_for(STOPPED_SECONDS, [scene.database.process.pid, *(c.pid for c in scene.database.children())])


def fill_disk(scene: Scene) -> bool:
    """Not a byte is left where the database lives, until somebody has felt it and a little longer."""
    scene.disk.fill()
    before, deadline = scene.refused(), time.monotonic() + NOTICED_SECONDS
    while scene.refused() == before and time.monotonic() < deadline:
        time.sleep(0.1)
        scene.disk.fill()  # what was freed meanwhile, by a checkpoint say
    time.sleep(FULL_SECONDS)
    scene.disk.free()
    return scene.refused() > before


def _signal_one(scene: Scene, service: Service, number: signal.Signals) -> bool:
    children = service.children()
    if not children:
        return False
    return _send(scene.chance.choice(children).pid, number)


def _stop_for(seconds: float, pids: list[int]) -> bool:
    hit = [pid for pid in pids if _send(pid, signal.SIGSTOP)]
    time.sleep(seconds)
    for pid in hit:
        _send(pid, signal.SIGCONT)
    return bool(hit)


def _send(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _always(_scene: Scene) -> bool:
    return True


def _own_database(scene: Scene) -> bool:
    return scene.database is not None


FAULTS = (
    Fault("web process killed", kill_web_process, _always, weight=3, is_web=True),
    Fault("web process stopped", stop_web_process, _always, is_web=True),
    Fault("worker killed", kill_worker, _always, weight=2),
    Fault("worker stalled", stall_worker, _always),
    Fault("PostgreSQL killed", kill_database, _own_database, weight=2),
    Fault("PostgreSQL stopped", stop_database, _own_database),
    Fault("disk full", fill_disk, lambda scene: scene.disk.can_be_full),
)
