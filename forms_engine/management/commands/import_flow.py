"""manage.py import_flow FILE [--unit KEY] [--publish]: a flow document becomes a form, or its next draft."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.api import Unit, find_unit
from forms_engine.domain import FlowInvalid, check_document
from forms_engine.management.documents import read_document
from forms_engine.models import Form
from forms_engine.services.forms import FormKindFixed, create_form, publish_form, save_draft_document


class Command(BaseCommand):
    help = (
        "Übernimmt ein Formular (flow/1) als Entwurf; zweimal importiert ändert nichts. Bei Fehlern ändert sich nichts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="JSON-Datei, - für die Standardeingabe")
        parser.add_argument("--unit", help="Kürzel des zuständigen Amts (sonst steht es im Formular)")
        parser.add_argument("--publish", action="store_true", help="gleich veröffentlichen")

    def handle(self, *args: Any, **options: Any) -> None:
        document = read_document(options["file"])
        unit = _unit(options["unit"] or document.get("unit"))
        document = document | {"unit": unit.key}
        self._refuse_errors(document)
        with transaction.atomic():
            form, done = _save(document, unit)
            if options["publish"]:
                version = publish_form(form, by=None)
                done += f", veröffentlicht als Fassung {version.number}"
        self.stdout.write(self.style.SUCCESS(f"{form.key}: {done}."))

    def _refuse_errors(self, document: dict[str, Any]) -> None:
        findings = check_document(document)
        for finding in findings:
            self.stderr.write(str(finding))
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise CommandError(f"{len(errors)} Fehler. Es wurde nichts geändert.") from FlowInvalid(findings)


def _unit(key: Any) -> Unit:
    unit = find_unit(key) if isinstance(key, str) and key else None
    if unit is None:
        raise CommandError(f"Das Amt „{key or '–'}“ gibt es nicht. Wählen Sie eines mit --unit.")
    return unit


def _save(document: dict[str, Any], unit: Unit) -> tuple[Form, str]:
    form = Form.objects.filter(key=document["key"]).first()
    if form is None:
        return create_form(document, unit=unit, summary="Importiert"), "angelegt"
    if form.draft == document:
        return form, "unverändert"
    version = form.draft_version
    try:
        save_draft_document(form, document, by=None, summary="Importiert", expected_version=version)
    except FormKindFixed as fixed:
        raise CommandError(f"„{fixed}“ ist hier etwas anderes: Aus einem Formular wird kein Baustein.") from fixed
    return form, f"geändert (Entwurf {form.draft_version})"
