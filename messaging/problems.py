"""What can go wrong for somebody who writes: each is a problem answer with a text a person understands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from common.api import problems


def not_found() -> problems.Problem:
    """Unknown or not yours: one answer for both, so that nobody learns what exists."""
    return problems.Problem(404)


def refused(code: str, message: str, *, path: str = "", status: int = 422) -> problems.Problem:
    """A value or a step that is not possible, with a code for machines and a sentence for people."""
    return problems.Problem(status, errors=[{"path": path, "code": code, "message": message}])


def cannot_reply() -> problems.Problem:
    """The conversation is read only for this person."""
    return refused("read_only", _("Hier können Sie lesen, aber nicht antworten."), status=409)


def uuid_reused() -> problems.Problem:
    """The client's number was used for another message."""
    return refused("client_uuid", _("Diese Nummer gehört schon zu einer anderen Nachricht."), path="client_uuid")


def too_late_to_withdraw() -> problems.Problem:
    """More than 8 days have passed."""
    message = _("Eine Nachricht lässt sich nur innerhalb von 8 Tagen zurücknehmen.")
    return refused("too_late", message, status=409)


def audience_changed(recipients: int | None) -> problems.Problem:
    """The number of recipients is another one than the sender saw; the answer carries it."""
    message = _("Inzwischen gehören andere zu dieser Auswahl. Bitte prüfen Sie die neue Zahl.")
    error = {"path": "recipients", "code": "audience_changed", "message": message}
    return problems.Problem(409, errors=[error], extra={"recipients": recipients})


def unknown_code() -> problems.Problem:
    """Unknown, used, withdrawn or expired: one answer for all, so that nobody learns which."""
    message = _("Dieser Code passt nicht oder gilt nicht mehr. Bitte fragen Sie in der Kita nach einem neuen.")
    return refused("unknown_or_used", message, path="code", status=404)


def unreadable_list(reason: str) -> problems.Problem:
    """The file cannot be read as a list; the reason is a sentence."""
    return refused("file", reason, path="file")
