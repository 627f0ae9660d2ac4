"""When what goes wrong: a seeded order of faults, each after the city has recovered from the one before."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tools.survival.clients import Crowd
from tools.survival.faults import FAULTS, Fault, Scene

BETWEEN_SECONDS = 1.0
RECOVERY_SECONDS = 60


@dataclass(frozen=True)
class Event:
    """A fault that hit something, in time.monotonic()."""

    name: str
    began: float
    ended: float


def order(scene: Scene, seed: int) -> Iterator[Fault]:
    """Endless; each round has every fault as often as its weight. The same seed gives the same order."""
    possible = [fault for fault in FAULTS if fault.needs(scene)]
    chance, first = random.Random(seed), True
    while True:
        round_ = [fault for fault in possible for _ in range(1 if first else fault.weight)]
        chance.shuffle(round_)
        yield from round_
        first = False


def carry_out(scene: Scene, crowd: Crowd, *, seed: int, seconds: float, boot_seconds: float) -> list[Event]:
    """Let things go wrong for so long, at least one whole first round; returns what did."""
    events: list[Event] = []
    started, web_again = time.monotonic(), 0.0
    at_least = len({fault.name for fault in FAULTS if fault.needs(scene)})
    for number, fault in enumerate(order(scene, seed)):
        if time.monotonic() - started > seconds and number >= at_least:
            return events
        if fault.is_web:
            time.sleep(max(0.0, web_again - time.monotonic()))
        began = time.monotonic()
        if fault.happen(scene):
            events.append(Event(fault.name, began, time.monotonic()))
        if fault.is_web:
            web_again = time.monotonic() + boot_seconds
        if not _has_recovered(crowd):
            return events  # it stays down: every application that waits will say so
        time.sleep(BETWEEN_SECONDS)
    raise AssertionError("unreachable")


def _has_recovered(crowd: Crowd) -> bool:
    """Until somebody has got a receipt since now: else the next gap would be counted for the wrong fault."""
    now = time.monotonic()
    while time.monotonic() < now + RECOVERY_SECONDS:
        if any(handing.acknowledged > now for handing in crowd.handings[-40:]):
            return True
        time.sleep(0.05)
    return False


def longest_gaps(acknowledgements: list[float], events: list[Event]) -> dict[str, float]:
    """Longest time without any receipt, by the fault that was the last to begin before the gap ended."""
    gaps: dict[str, float] = {}
    for before, after in pairwise(acknowledgements):
        cause = next((event.name for event in reversed(events) if event.began < after), None)
        if cause is not None:
            gaps[cause] = max(gaps.get(cause, 0.0), after - before)
    return gaps
