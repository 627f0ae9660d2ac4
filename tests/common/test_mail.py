"""E-mail leaves once, and leaves nothing readable behind."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from common.mail import queue_mail
from common.models import Delivery, QueuedMail
from common.outbox import run_due

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
