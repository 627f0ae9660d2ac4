"""A notice to the unit's mailbox: that something arrived, never what it says. E-mail is a postcard."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from common.api import outbox
from forms_engine.destinations.base import SubmissionDestination
from forms_engine.destinations.registry import register
from forms_engine.models import Submission

TEXT = """Guten Tag,

für Ihr Amt ist ein Antrag eingegangen.

Vorgangsnummer: {reference}
Antrag: {title}

Zum Fallpostfach: {link}

Diese Nachricht enthält absichtlich keine Angaben aus dem Antrag.
"""


class EmailNotice(SubmissionDestination):
    """SMTP cannot recognise a repeat; the Message-ID made of the delivery id lets mail programs do it."""

    key = "email"
    label = _("E-Mail-Hinweis an das Amt")
    keeps_application = False

    def deliver(self, submission: Submission, delivery: outbox.Delivery) -> outbox.Sent:
        address = submission.unit.email
        if not address:
            raise outbox.PermanentFailure("MailboxMissing", "Das Amt hat kein Funktionspostfach hinterlegt.")
        try:
            self._message(submission, delivery, address).send()
        except smtplib.SMTPRecipientsRefused as error:
            raise outbox.PermanentFailure("RecipientRefused", "Das Funktionspostfach nimmt nichts an.") from error
        except (OSError, smtplib.SMTPException) as error:
            raise outbox.TransientFailure(type(error).__name__, "Der Mailserver ist nicht erreichbar.") from error
        return outbox.Sent(remote_ref=str(delivery.pk))

    def _message(self, submission: Submission, delivery: outbox.Delivery, address: str) -> EmailMessage:
        text = TEXT.format(
            reference=submission.reference,
            title=submission.flow.form.title,
            link=f"{settings.PUBLIC_ORIGIN}/intern?q={submission.reference}",
        )
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        headers = {"Message-ID": f"<{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"}
        return EmailMessage(f"Neuer Antrag {submission.reference}", text, to=[address], headers=headers)


register(EmailNotice())
