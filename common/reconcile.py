"""Does everything that belongs together exist? Each app registers what must hold of its tables, and
`manage.py reconcile` asks.

A constraint of the database holds for one row or one pair; what is checked here spans tables that nothing joins (an
application and its deliveries) or time (a lease nobody renews).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from common import audit, clock
from common.models import Delivery
from common.registry import Registry

LEASE_IS_LOST_AFTER = timedelta(minutes=5)
RECEIPT_IS_LATE_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Discrepancy:
    """Something that is not as promised. `obj` is "kind:id", `text` one sentence with what to do; neither names a
    person."""

    obj: str
    text: str


@dataclass(frozen=True)
class Check:
    """One promise. `find` reads and yields what breaks it; `mend`, where a machine may, makes one good again."""

    promise: str
    find: Callable[[], Iterator[Discrepancy]]
    mend: Callable[[Discrepancy], None] | None = None


checks: Registry[Check] = Registry("reconcile")


def register_check(
    name: str,
    *,
    promise: str,
    find: Callable[[], Iterator[Discrepancy]],
    mend: Callable[[Discrepancy], None] | None = None,
) -> None:
    """Let `manage.py reconcile` look at this. `mend` runs only with --fix, in a transaction with its audit entry."""
    checks.register(name, Check(promise, find, mend))


def mend(name: str, found: Discrepancy) -> bool:
    """Make one discrepancy good, audited; False where only a person can."""
    repair = checks.get(name).mend
    if repair is None:
        return False
    with transaction.atomic():
        repair(found)
        audit.record(actor=None, action="reconcile.fix", obj=found.obj, reason=name)
    return True


def find_lost_leases() -> Iterator[Discrepancy]:
    """A worker takes over what a dead one held within seconds; minutes mean that none is running."""
    late = clock.now() - LEASE_IS_LOST_AFTER
    for delivery in Delivery.objects.filter(state=Delivery.State.LEASED, due_at__lt=late).iterator():
        yield Discrepancy(
            f"delivery:{delivery.pk}", "Eine begonnene Zustellung führt niemand fort. Läuft manage.py worker?"
        )


def find_late_receipts() -> Iterator[Discrepancy]:
    """`sent` is not `confirmed`: who has promised a receipt and gives none has to be asked."""
    late = clock.now() - RECEIPT_IS_LATE_AFTER
    for delivery in Delivery.objects.filter(state=Delivery.State.SENT, sent_at__lt=late).iterator():
        text = f"Das Ziel „{delivery.destination}“ hat den Empfang nicht bestätigt. Bitte dort nachfragen."
        yield Discrepancy(f"delivery:{delivery.pk}", text)


def find_unproven_confirmations() -> Iterator[Discrepancy]:
    """Every `confirmed` has the attempt that was confirmed."""
    confirmed = Delivery.objects.filter(state=Delivery.State.CONFIRMED).exclude(attempt_log__outcome="confirmed")
    for delivery in confirmed.iterator():
        yield Discrepancy(f"delivery:{delivery.pk}", "Als angekommen vermerkt, aber kein Versuch belegt es.")


def find_broken_seals() -> Iterator[Discrepancy]:
    """The audit log is as it was written."""
    broken = audit.find_broken_seal()
    if broken is not None:
        yield Discrepancy(f"audit:{broken}", "Ab hier ist das Protokoll verändert. Sicherung vergleichen, melden.")


def register_common_checks() -> None:
    """What holds of the tables of this app."""
    register_check("lease", promise="Jede begonnene Zustellung hat einen Worker", find=find_lost_leases)
    register_check("receipt", promise="Jede gesendete Zustellung wird bestätigt", find=find_late_receipts)
    register_check("confirmation", promise="Jede Bestätigung ist belegt", find=find_unproven_confirmations)
    register_check("audit", promise="Das Protokoll ist unverändert", find=find_broken_seals)
