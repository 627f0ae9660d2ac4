"""E-mail leaves through the outbox: written in the caller's transaction, sent by the worker, wiped once sent."""

from __future__ import annotations

import json
import smtplib
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet

from common import clock, crypto, key_rotation
from common.models import Delivery, QueuedMail
from common.outbox import PermanentFailure, Sent, TransientFailure, new_delivery, register_handler
from common.retention import register_rule

KIND = "mail"
FORGET_AFTER = timedelta(days=28)  # the outbox gives up after 14: a person has as long again to have it sent anew


def queue_mail(to: str, subject: str, text: str, *, purpose: str, html: str | None = None) -> Delivery:
    """Queue one e-mail. Recipient and text are encrypted until the worker sends them."""
    mail, delivery = new_mail(to, subject, text, purpose=purpose, html=html)
    mail.save(force_insert=True)
    delivery.save(force_insert=True)
    return delivery


def new_mail(to: str, subject: str, text: str, *, purpose: str, html: str | None = None) -> tuple[QueuedMail, Delivery]:
    """The rows `queue_mail` writes, for a caller who writes several rows in one go (`common.writes`)."""
    mail = QueuedMail(purpose=purpose, created_at=clock.now())
    content = json.dumps({"to": to, "subject": subject, "text": text, "html": html})
    mail.content = crypto.encrypt(content.encode(), context=_context(mail))
    delivery = new_delivery(kind=KIND, subject_id=str(mail.pk), destination="mail-server", purpose=purpose)
    return mail, delivery


def send_queued_mail(delivery: Delivery) -> Sent:
    """Outbox handler. SMTP cannot recognise a repeat; the stable Message-ID lets mail programs do it."""
    mail = QueuedMail.objects.filter(pk=delivery.subject_id).first()
    if mail is None:
        return Sent()  # sent by an earlier attempt whose finish was lost
    if not mail.content:
        text = (
            f"Empfänger und Text wurden nach {FORGET_AFTER.days} Tagen gelöscht. Diese E-Mail geht nicht mehr hinaus."
        )
        raise PermanentFailure("MailForgotten", text)
    message = _message(mail, delivery)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        if is_for_now(error):
            raise TransientFailure("RecipientDeferred", "Der Mailserver bittet, es später zu versuchen.") from error
        raise PermanentFailure("RecipientRefused", "Die E-Mail-Adresse nimmt keine Nachrichten an.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransientFailure(type(error).__name__, "Der Mailserver ist nicht erreichbar.") from error
    mail.delete()
    return Sent(remote_ref=str(delivery.pk))


def is_for_now(error: smtplib.SMTPRecipientsRefused) -> bool:
    """True for 4xx (greylisting, a full mailbox): the server wants to be asked again."""
    return any(400 <= code < 500 for code, _text in error.recipients.values())


def _message(mail: QueuedMail, delivery: Delivery) -> EmailMultiAlternatives:
    content = json.loads(crypto.decrypt(mail.content, context=_context(mail)))  # noqa: TID251 - our own bytes
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(content["subject"], content["text"], to=[content["to"]], headers=headers)
    if content["html"]:
        message.attach_alternative(content["html"], "text/html")
    return message


def _context(mail: QueuedMail) -> str:
    return f"common.queuedmail:{mail.pk}:content"


def forget_old_mail() -> int:
    """Wipe recipient and text of what could not be sent for 28 days; returns how many. The empty row stays as long as
    the delivery is open: without it a mail that was never sent would look like one that has been."""
    wiped = _unwiped().update(content=b"")
    unfinished = Delivery.objects.filter(kind=KIND, state__in=[*Delivery.WAITING, Delivery.State.DEAD])
    _old().exclude(pk__in=[uuid.UUID(subject) for subject in unfinished.values_list("subject_id", flat=True)]).delete()
    return wiped


def _old() -> QuerySet[QueuedMail]:
    return QueuedMail.objects.filter(created_at__lt=clock.now() - FORGET_AFTER)


def _unwiped() -> QuerySet[QueuedMail]:
    return _old().exclude(content=b"")


def register_retention() -> None:
    """Called once when the app is ready."""
    register_rule(
        "mail",
        what="Nicht zustellbare E-Mails",
        when=f"{FORGET_AFTER.days} Tage nach dem Schreiben; zugestellte sofort",
        law="Art. 5 Abs. 1 Buchst. e DSGVO",
        due=lambda: _unwiped().count(),
        delete=forget_old_mail,
    )


def register_envelopes() -> None:
    """Called once when the app is ready."""
    waiting = QueuedMail.objects.exclude(content=b"").only("content")
    key_rotation.register_envelopes("E-Mails", rows=waiting.all, field="content", context=_context)


register_handler(KIND, send_queued_mail)
