"""E-mail leaves once, and leaves nothing readable behind."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.api import ensure_user
from common.mail import forget_old_mail, queue_mail
from common.models import Delivery, QueuedMail
from common.outbox import resend_delivery, run_due

pytestmark = pytest.mark.django_db


def test_mail__queued__is_encrypted_until_sent_and_then_wiped():
    queue_mail("erika@example.org", "Ihr Antrag", "Guten Tag, Erika", purpose="receipt")
    stored = bytes(QueuedMail.objects.get().content)
    assert b"erika" not in stored
    assert b"Guten Tag" not in stored
    assert run_due() == 1
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (["erika@example.org"], "Ihr Antrag", "Guten Tag, Erika")
    assert message.extra_headers["Message-ID"].startswith(f"<{Delivery.objects.get().pk}@")
    assert not QueuedMail.objects.exists()


def test_mail__server_away__stays_queued(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    queue_mail("erika@example.org", "s", "t", purpose="receipt")
    run_due()
    assert Delivery.objects.get().state == "retry"
    assert QueuedMail.objects.count() == 1


@pytest.mark.parametrize(("code", "state"), [(450, "retry"), (550, "dead")])
def test_mail__recipient_refused__is_tried_again_only_when_the_server_says_later(monkeypatch, code, state):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({"erika@example.org": (code, b"greylisted")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    queue_mail("erika@example.org", "s", "t", purpose="receipt")
    run_due()
    assert Delivery.objects.get().state == state
    assert QueuedMail.objects.count() == 1


def dead_mail():
    queue_mail("erika@example.org", "s", "t", purpose="receipt")
    Delivery.objects.update(state=Delivery.State.DEAD)
    return Delivery.objects.get()


@pytest.mark.parametrize(("days", "outcome"), [(27, "sent"), (29, "dead")])
def test_mail__sent_again_later__counts_as_sent_only_when_it_was(days, outcome):
    """Once its text is forgotten a mail cannot be sent; it used to be booked as sent."""
    person = ensure_user("a@jena.example", password="x", first_name="A", last_name="B")
    with time_machine.travel("2026-05-04T10:00:00+00:00", tick=False) as moment:
        delivery = dead_mail()
        moment.shift(timedelta(days=days))
        forget_old_mail()
        resend_delivery(delivery, by=person, reason="Adresse stimmt")
        run_due()
    delivery.refresh_from_db()
    assert (delivery.state, len(mail.outbox)) == (outcome, 1 if outcome == "sent" else 0)
    assert delivery.error_class == ("" if outcome == "sent" else "MailForgotten")


def test_mail__never_sent_in_all_the_time__ends_dead(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with time_machine.travel("2026-05-04T10:00:00+00:00", tick=False) as moment:
        queue_mail("erika@example.org", "s", "t", purpose="receipt")
        for _ in range(16):
            run_due()
            moment.shift(timedelta(days=1))
            forget_old_mail()
    assert Delivery.objects.get().state == "dead"
    assert QueuedMail.objects.get().content


@pytest.mark.parametrize(("state", "rows"), [("dead", 1), ("retry", 1), ("closed", 0), ("sent", 0)])
def test_forget_old_mail__nothing_readable_is_left__row_goes_with_the_delivery(state, rows):
    with time_machine.travel("2026-05-04T10:00:00+00:00", tick=False) as moment:
        dead_mail()
        Delivery.objects.update(state=state)
        moment.shift(timedelta(days=29))
        assert (forget_old_mail(), forget_old_mail()) == (1, 0)
    assert [bytes(row.content) for row in QueuedMail.objects.all()] == [b""] * rows
