"""Many applications in one file need four eyes: one person asks with a reason, a colleague of the same office allows
it, and only who asked may fetch it, for a day. Each step is audited, and so is each application that leaves in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.api import User, units_of
from common.api import audit, clock, problems, retention
from forms_engine.models import CaseExport, Form, Submission
from forms_engine.problems import ExportForbidden

MOST = 5_000
GOOD_FOR = timedelta(days=1)
SHOWN_FOR = timedelta(days=90)
EARLIEST, LATEST = date(1970, 1, 1), date(9000, 1, 1)  # days beyond have no moment in UTC, and no applications


@dataclass(frozen=True)
class Wanted:
    """Which applications: of which office and form, received on these days (both included), and what for."""

    unit: str
    form: str
    received_from: date
    received_until: date
    reason: str


def register_rules() -> None:
    """Called once when the app is ready."""
    retention.register_rule(
        "exports",
        what="Anfragen nach Ausgaben vieler Anträge",
        when=f"{SHOWN_FOR.days} Tage nach der Anfrage; wer was ausgegeben hat, bleibt im Protokoll",
        law="Art. 5 (1) e DSGVO",
        due=lambda: _forgotten_exports().count(),
        delete=delete_old_exports,
    )


def _forgotten_exports() -> QuerySet[CaseExport]:
    return CaseExport.objects.filter(asked_at__lte=clock.now() - SHOWN_FOR)


def delete_old_exports() -> int:
    """Delete requests nobody sees any more; returns how many."""
    return _forgotten_exports().delete()[0]


def list_exports(person: User) -> QuerySet[CaseExport]:
    """Requests of the offices a person works in, newest first."""
    rows = CaseExport.objects.filter(unit__in=units_of(person), asked_at__gt=clock.now() - SHOWN_FOR)
    return rows.select_related("unit", "form", "asked_by", "decided_by").defer("form__draft")


def list_choices(person: User) -> list[dict[str, str]]:
    """Forms with applications in the offices a person works in: key and title of the form, key of the office."""
    found = Submission.objects.filter(unit__in=units_of(person)).order_by("flow__form__title", "unit__key").distinct()
    names = ("flow__form__key", "flow__form__title", "unit__key", "unit__name")
    return [
        {"form": key, "title": title, "unit": unit, "unit_name": name}
        for key, title, unit, name in found.values_list(*names)
    ]


def ask_export(person: User, wanted: Wanted) -> CaseExport:
    """Ask a colleague. Raises a 422 problem for a form or period there is nothing of, or too much."""
    unit = units_of(person).filter(key=wanted.unit).first()
    form = Form.objects.filter(key=wanted.form).only("pk").first()
    if unit is None or form is None:
        raise _wrong("form", _("Dieses Formular hat in Ihrem Amt keine Anträge."))
    if wanted.received_until < wanted.received_from:
        raise _wrong("received_until", _("Das Ende liegt vor dem Anfang."))
    export = CaseExport(unit=unit, form=form, asked_by=person, asked_at=clock.now(), reason=wanted.reason)
    export.received_from, export.received_until = wanted.received_from, wanted.received_until
    _refuse_wrong_size(applications_of(export).count())
    with transaction.atomic():
        export.save(force_insert=True)
        audit.record(actor=person, action="export.ask", obj=str(export), reason=wanted.reason)
    return export


def _refuse_wrong_size(count: int) -> None:
    if count == 0:
        raise _wrong("received_from", _("In diesem Zeitraum ist kein Antrag eingegangen."))
    if count > MOST:
        raise _wrong("received_until", _("Das sind mehr als 5.000 Anträge. Bitte wählen Sie einen kürzeren Zeitraum."))


def _wrong(path: str, message: str) -> problems.Problem:
    return problems.Problem(422, errors=[{"path": path, "code": "invalid", "message": message}])


def decide_export(person: User, export_id: Any, *, approve: bool) -> CaseExport:
    """Allow or refuse a colleague's request. Raises a 404 or 409 problem, or ExportForbidden for one's own."""
    export = _access(person, export_id)
    if export.asked_by_id == person.pk:
        audit.record(actor=person, action="export.refused", obj=str(export), reason="own request")
        raise ExportForbidden(_("Ihre eigene Anfrage gibt jemand anderes aus Ihrem Amt frei."))
    state = CaseExport.State.APPROVED if approve else CaseExport.State.REFUSED
    with transaction.atomic():
        waiting = CaseExport.objects.filter(pk=export.pk, state=CaseExport.State.ASKED)
        if not waiting.update(state=state, decided_by=person, decided_at=clock.now()):
            raise problems.Problem(409, detail=_("Darüber wurde schon entschieden."))
        audit.record(actor=person, action=f"export.{state}", obj=str(export))
    return _access(person, export_id)


def open_export(person: User, export_id: Any) -> list[Submission]:
    """The applications of an export, oldest first, for who asked, on the day after the decision at the latest.
    Audited for each application. Raises a 404 problem or ExportForbidden."""
    export = _access(person, export_id)
    if export.asked_by_id != person.pk:
        raise ExportForbidden(_("Die Datei holt, wer sie angefragt hat."))
    if not is_open(export):
        raise ExportForbidden(_("Diese Datei ist nicht freigegeben, oder die Freigabe ist abgelaufen."))
    rows = applications_of(export)
    found = list(rows.select_related("flow", "unit", "case").order_by("received_at", "pk"))
    with transaction.atomic():
        audit.record(actor=person, action="export.fetch", obj=str(export), reason=str(len(found)))
        for submission in found:
            audit.record(
                actor=person, action="submission.export", obj=f"submission:{submission.pk}", reason=str(export)
            )
    return found


def is_open(export: CaseExport) -> bool:
    """Allowed, and not longer ago than a day."""
    decided = export.decided_at
    return export.state == CaseExport.State.APPROVED and decided is not None and clock.now() - decided < GOOD_FOR


def applications_of(export: CaseExport) -> QuerySet[Submission]:
    """What the request means, today: days are days in the city."""
    of_form = Submission.objects.filter(unit=export.unit, flow__form=export.form)
    return of_form.filter(_received_on(export.received_from, export.received_until))


def _received_on(first: date, last: date) -> Q:
    first, last = max(first, EARLIEST), min(max(last, EARLIEST), LATEST)
    return Q(received_at__gte=clock.start_of(first), received_at__lt=clock.start_of(last + timedelta(days=1)))


def _access(person: User, export_id: Any) -> CaseExport:
    export = list_exports(person).filter(pk=export_id).first()
    if export is None:
        raise problems.Problem(404)
    return export
