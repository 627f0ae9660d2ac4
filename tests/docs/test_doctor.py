"""`manage.py doctor` says what is wrong and what to do, one sentence each."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from common import audit
from common.models import AuditEvent, Delivery
from common.outbox import schedule_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(settings):
    """Settings a doctor has nothing to say about."""
    settings.SECRET_KEY = "k" * 50
    settings.ENCRYPTION_KEYS = "k1:" + "B" * 43 + "="
    settings.DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)


def examine() -> str:
    """All that the doctor says."""
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out, no_color=True)
    return out.getvalue()


def test_doctor__healthy__says_so(healthy):
    out = io.StringIO()
    call_command("doctor", stdout=out, no_color=True)
    assert "Alles in Ordnung" in out.getvalue()


def test_doctor__default_secrets__are_named_with_a_cure(settings):
    from config.settings import base

    settings.SECRET_KEY, settings.ENCRYPTION_KEYS = base.DEFAULT_SECRET_KEY, base.DEFAULT_ENCRYPTION_KEYS
    said = examine()
    assert "SECRET_KEY" in said
    assert "ENCRYPTION_KEYS" in said
    assert said.count("Abhilfe") >= 2


def test_doctor__dead_mail_and_changed_log__are_found(healthy):
    schedule_delivery(kind="mail", subject_id="1", destination="mail-server")
    Delivery.objects.update(state=Delivery.State.DEAD)
    audit.record(actor=None, action="case.read", obj="case:1")
    audit.seal_events()
    AuditEvent.objects.update(action="case.forgotten")
    said = examine()
    assert "1 E-Mails" in said
    assert "Protokoll ist ab Eintrag" in said
