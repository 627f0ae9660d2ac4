"""The loop behind `manage.py worker`: one thread a destination, periodic duties, a calm end on SIGTERM."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

from common import clock
from common.models import Delivery
from common.outbox import breaker
from common.outbox.lease import claim, deliver, due_destinations

logger = logging.getLogger(__name__)
T = TypeVar("T")
POLL_SECONDS = 0.3
AFTER_DATABASE_ERROR_SECONDS = 2.0
CLAIM = 3


@dataclass
class Duty:
    """Something the worker does every so often: expire drafts, seal the audit log, publish what is scheduled."""

    name: str
    every: timedelta
    run: Callable[[], object]


duties: dict[str, Duty] = {}


def register_duty(name: str, *, every: timedelta, run: Callable[[], object]) -> None:
    """Let the worker run `run` every `every`. Must be safe to run twice, and in two workers at once."""
    duties[name] = Duty(name, every, run)


@dataclass
class Worker:
    """Runs until `stop` is set. Survives a database that goes away; SIGTERM lets the current item finish."""

    stop: threading.Event = field(default_factory=threading.Event)
    _threads: dict[str, threading.Thread] = field(default_factory=dict)

    def run(self) -> None:
        """Watch for due work and keep one thread per destination busy; returns after a calm end."""
        duty_thread = threading.Thread(target=self._run_duties, name="duties")
        duty_thread.start()
        while not self.stop.is_set():
            for destination in self._guarded(due_destinations) or []:
                self._ensure_thread(destination)
            self.stop.wait(POLL_SECONDS)
        for thread in [*self._threads.values(), duty_thread]:
            thread.join(timeout=20)

    def _ensure_thread(self, destination: str) -> None:
        running = self._threads.get(destination)
        if running is None or not running.is_alive():
            thread = threading.Thread(target=self._drain, args=(destination,), name=destination)
            self._threads[destination] = thread
            thread.start()

    def _drain(self, destination: str) -> None:
        """Deliver until nothing is due for this destination or the worker stops."""
        try:
            while not self.stop.is_set() and self._guarded(lambda: self._drain_once(destination)):
                pass
        finally:
            connection.close()

    def _drain_once(self, destination: str) -> bool:
        limit = 1 if breaker.is_probing(destination) else CLAIM
        batch = claim(destination, limit=limit)
        for index, delivery in enumerate(batch):
            if self.stop.is_set():
                _put_back(batch[index:])
                return False
            deliver(delivery)
        return len(batch) == CLAIM

    def _run_duties(self) -> None:
        last: dict[str, datetime] = {}
        try:
            while not self.stop.is_set():
                for duty in list(duties.values()):
                    moment = clock.now()
                    before = last.get(duty.name)
                    if before is None or moment - before >= duty.every:
                        last[duty.name] = moment
                        self._guarded(duty.run)
                self.stop.wait(1.0)
        finally:
            connection.close()

    def _guarded(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            logger.warning("database unavailable: %s; trying again", type(error).__name__)
            connection.close()
            self.stop.wait(AFTER_DATABASE_ERROR_SECONDS)
        except Exception:  # a defect in one duty must not end the worker
            logger.exception("worker duty failed")
        return None


def _put_back(deliveries: list[Delivery]) -> None:
    for delivery in deliveries:
        Delivery.objects.filter(pk=delivery.pk, lease_no=delivery.lease_no, state=Delivery.State.LEASED).update(
            state=Delivery.State.RETRY, due_at=clock.now()
        )
