"""`manage.py dead_mail`: seen, sent again or given up by a named person, with a reason."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.api import ensure_user
from common.mail import queue_mail
from common.models import AuditEvent, Delivery
from common.outbox import run_due

pytestmark = pytest.mark.django_db
BY = {"by": "admin@jena.example", "reason": "Adresse war gesperrt"}


@pytest.fixture
def dead():
    ensure_user("admin@jena.example", password="x", first_name="A", last_name="V", is_superuser=True)
    ensure_user("clerk@jena.example", password="x", first_name="C", last_name="L")
    for purpose in ("receipt", "resume"):
        queue_mail("erika@example.org", "Ihr Antrag", "t", purpose=purpose)
    Delivery.objects.update(state=Delivery.State.DEAD, error_text="Die Adresse nimmt keine Nachrichten an.")
    return Delivery.objects.get(purpose="receipt")


def run(**options) -> str:
    out = io.StringIO()
    call_command("dead_mail", stdout=out, **options)
    return out.getvalue()


def test_dead_mail__without_options__lists_without_naming_the_recipient(dead):
    said = run()
    assert str(dead.pk) in said
    assert "receipt: Die Adresse nimmt keine Nachrichten an." in said
    assert "erika" not in said


def test_dead_mail__resend_one__goes_out_and_is_audited(dead):
    run(resend=str(dead.pk), **BY)
    run_due()
    assert [message.to for message in mail.outbox] == [["erika@example.org"]]
    event = AuditEvent.objects.get(action="delivery.resend")
    assert (event.actor.email, event.reason) == ("admin@jena.example", "Adresse war gesperrt")


def test_dead_mail__close_all__none_is_left(dead):
    assert "2 E-Mails: abgelegt" in run(close="all", **BY)
    assert run() == ""
    assert run_due() == 0


@pytest.mark.parametrize(
    "options",
    [
        {"close": "all"},
        {"close": "all", "by": "admin@jena.example"},
        {"close": "all", "by": "clerk@jena.example", "reason": "r"},
        {"resend": str(uuid.UUID(int=1)), **BY},
    ],
)
def test_dead_mail__nobody_no_reason_or_no_such_mail__changes_nothing(dead, options):
    with pytest.raises(CommandError):
        run(**options)
    assert Delivery.objects.filter(state="dead").count() == 2
