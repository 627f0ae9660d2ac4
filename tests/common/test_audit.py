"""The log cannot be changed unnoticed."""

import pytest

from common import audit
from common.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    for number in range(3):
        audit.record(actor=None, action="case.read", obj=f"case:{number}", fields=["name"])
    audit.seal_events()


def test_seal__all_entries__form_an_unbroken_chain(sealed):
    audit.record(actor=None, action="case.read", obj="case:9")
    assert audit.seal_events() == 1
    assert audit.seal_events() == 0
    assert audit.find_broken_seal() is None


def test_seal__entry_changed_later__is_found(sealed):
    victim = AuditEvent.objects.order_by("seal_no")[1]
    AuditEvent.objects.filter(pk=victim.pk).update(action="case.forgotten")
    assert audit.find_broken_seal() == victim.pk


def test_seal__entry_removed__is_found(sealed):
    AuditEvent.objects.filter(seal_no=2).delete()
    assert audit.find_broken_seal() is not None
