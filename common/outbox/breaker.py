"""Circuit breaker per destination: after five failures in a row it rests for a minute, then one probe goes through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from common import clock
from common.models import Destination

FAILURES_TO_OPEN = 5
REST = timedelta(seconds=60)


def note(name: str, *, failed: bool) -> None:
    """Count a failure or forget them all. A healthy destination that stays healthy costs one cheap UPDATE of no row."""
    if not failed:
        Destination.objects.filter(name=name, failures__gt=0).update(
            failures=0, breaker=Destination.Breaker.CLOSED, open_until=None
        )
        return
    Destination.objects.get_or_create(name=name)
    Destination.objects.filter(name=name).update(failures=F("failures") + 1)
    Destination.objects.filter(name=name, failures__gte=FAILURES_TO_OPEN).update(
        breaker=Destination.Breaker.OPEN, open_until=clock.now() + REST
    )


def passing(names: list[str], moment: datetime) -> list[str]:
    """Those destinations that may be tried now: not paused by a person, breaker closed or its rest over."""
    known = {d.name: d for d in Destination.objects.filter(name__in=names)}
    return [name for name in names if name not in known or _passes(known[name], moment)]


def is_probing(name: str) -> bool:
    """True while the breaker is open: only one delivery goes through to see whether the destination is back."""
    return Destination.objects.filter(name=name, breaker=Destination.Breaker.OPEN).exists()


def _passes(destination: Destination, moment: datetime) -> bool:
    if destination.paused_reason:
        return False
    return destination.open_until is None or destination.open_until <= moment
