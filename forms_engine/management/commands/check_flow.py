"""manage.py check_flow FILE: is this flow document sound?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forms_engine.domain import check_document
from forms_engine.management.documents import read_document


class Command(BaseCommand):
    help = "Prüft ein Formular (flow/1) und gibt je Befund eine Zeile aus; Rückgabewert 1, wenn ein Fehler dabei ist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="JSON-Datei, - für die Standardeingabe")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_document(read_document(options["file"]))
        for finding in findings:
            self.stdout.write(str(finding))
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS("Keine Fehler."))
