"""What can go wrong for a citizen or a clerk, each with its status and a sentence. Raised by services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from common.api import problems


class FormNotFound(problems.Problem):
    """No published form with this key."""

    def __init__(self) -> None:
        super().__init__(404, _("Dieses Formular gibt es nicht oder es ist nicht online."))


class DraftNotFound(problems.Problem):
    """Unknown, forged or expired link: one answer for all, so that nothing can be learned from it."""

    def __init__(self) -> None:
        super().__init__(
            404,
            _("Diesen Antrag gibt es nicht."),
            detail=_("Der Link ist falsch oder abgelaufen. Entwürfe löschen wir 30 Tage nach der letzten Änderung."),
        )


class DraftSubmitted(problems.Problem):
    """The draft behind this link was handed in; its answers are no longer here."""

    def __init__(self) -> None:
        super().__init__(410, _("Dieser Antrag ist schon eingegangen."))


class DraftChanged(problems.Problem):
    """Somebody (or another tab) changed the draft since `revision`; carries the state of now."""

    def __init__(self, current: Mapping[str, Any]) -> None:
        detail = _("Der Antrag wurde inzwischen in einem anderen Fenster geändert. Bitte laden Sie die Seite neu.")
        super().__init__(409, detail=detail, extra={"current": current})


class MigrationChanged(problems.Problem):
    """The move the citizen consented to is no longer the one on offer."""

    def __init__(self) -> None:
        detail = _("Das Formular hat sich inzwischen noch einmal geändert. Bitte laden Sie die Seite neu.")
        super().__init__(409, detail=detail)


class VersionForbidden(problems.Problem):
    """The version of the draft may no longer be handed in; `detail` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, _("Die alte Fassung des Formulars gilt nicht mehr."), detail=reason)


class AnswersWrong(problems.Problem):
    """Answers that do not fit, each beside its question."""

    def __init__(self, errors: Sequence[Mapping[str, Any]], extra: Mapping[str, Any] | None = None) -> None:
        super().__init__(422, _("Bitte prüfen Sie Ihre Angaben."), errors=errors, extra=extra)


class SubmissionNotFound(problems.Problem):
    """No application with this code (and number)."""

    def __init__(self) -> None:
        detail = _("Bitte prüfen Sie den Code. Er steht auf Ihrer Eingangsbestätigung.")
        super().__init__(404, _("Dazu haben wir keinen Antrag gefunden."), detail=detail)


class CaseForbidden(problems.Problem):
    """The case belongs to another unit."""

    def __init__(self) -> None:
        super().__init__(403, _("Dieser Fall gehört zu einem anderen Amt."))


class StatusForbidden(problems.Problem):
    """The case cannot go from where it is to where it was sent."""

    def __init__(self, allowed: Sequence[str]) -> None:
        detail = _("Von hier aus möglich: {states}.").format(states=", ".join(allowed) or "–")
        super().__init__(409, _("Dieser Status passt nicht zum Stand des Falls."), detail=detail)


class ExportForbidden(problems.Problem):
    """Another unit's, one's own request, or a file that nobody has allowed."""

    def __init__(self, detail: str) -> None:
        super().__init__(403, _("Das geht nicht."), detail=detail)
