"""Letters to citizens. They say that there is something to read and where, never what: e-mail is a postcard."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from common.api import new_mail, queue_mail
from forms_engine.models import Draft, Submission

LOCALE_PREFIX = {"de": "", "en": "/en", "de-simple": "/de-simple"}


def site_link(locale: str, path: str) -> str:
    """An address of the website in the person's language."""
    return f"{settings.PUBLIC_ORIGIN}{LOCALE_PREFIX.get(locale, '')}{path}"


def new_receipt(submission: Submission, email: str, code: str) -> tuple[models.Model, ...]:
    """The rows of the confirmation that an application has arrived, with its number and the link to its status."""
    with translation.override(submission.locale):
        subject = _("Ihr Antrag ist eingegangen: {reference}").format(reference=submission.reference)
        text = _(
            "Guten Tag,\n\n"
            "Ihr Antrag ist bei uns eingegangen.\n\n"
            "Vorgangsnummer: {reference}\n"
            "Zuständig: {unit}\n\n"
            "Den Stand sehen Sie hier:\n{link}\n\n"
            "Bitte geben Sie diesen Link nicht weiter. Wer ihn kennt, sieht den Stand Ihres Antrags.\n\n"
            "Freundliche Grüße\n{city}"
        ).format(
            reference=submission.reference,
            unit=submission.unit.name,
            link=site_link(submission.locale, f"/status/{code}"),
            city=_city(),
        )
    return new_mail(email, subject, text, purpose="receipt")


def queue_status_news(submission: Submission, email: str, code: str) -> None:
    """There is news about an application; what it is stands behind the link."""
    with translation.override(submission.locale):
        subject = _("Neues zu Ihrem Antrag {reference}").format(reference=submission.reference)
        text = _(
            "Guten Tag,\n\n"
            "zu Ihrem Antrag {reference} gibt es etwas Neues. Bitte sehen Sie hier nach:\n{link}\n\n"
            "Freundliche Grüße\n{city}"
        ).format(reference=submission.reference, link=site_link(submission.locale, f"/status/{code}"), city=_city())
    queue_mail(email, subject, text, purpose="status")


def queue_resume_link(row: Draft, token: str, email: str, step: str) -> None:
    """The link to go on filling in later. The mail is encrypted until sent and wiped then; the draft's key travels
    in it because the citizen asked for that."""
    with translation.override(row.locale):
        subject = _("Ihr Link zum Weitermachen")
        text = _(
            "Guten Tag,\n\n"
            "hier geht es weiter mit Ihrem Antrag „{title}“:\n{link}\n\n"
            "Der Link gilt {days} Tage nach Ihrer letzten Änderung. Danach löschen wir den Entwurf.\n"
            "Bitte geben Sie den Link nicht weiter. Wer ihn kennt, kann Ihre Angaben lesen.\n\n"
            "Freundliche Grüße\n{city}"
        ).format(
            title=row.flow.form.title,
            link=site_link(row.locale, f"/antrag/{token}/{step}"),
            days=settings.DRAFT_DAYS,
            city=_city(),
        )
    queue_mail(email, subject, text, purpose="resume")


def _city() -> str:
    return _("Stadt {name}").format(name=settings.CITY_NAME)
