"""`manage.py rebuild_published`: render all prepared documents, or check them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.documents.rebuild import Report, all_subjects, check, rebuild

SHOWN = 50


class Command(BaseCommand):
    help = "Erzeugt alle veröffentlichten Dokumente neu. Mit --check wird nur verglichen (Exit-Code 1 bei Abweichung)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="nichts schreiben, nur Abweichungen nennen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        report = self._rebuild(quiet=options["verbosity"] == 0)
        if options["verbosity"]:
            self.stdout.write(f"{report.subjects} Inhalte erzeugt, {report.changed} Dokumente geändert.")

    def _rebuild(self, *, quiet: bool) -> Report:
        report = Report()
        with tqdm(total=len(all_subjects()), unit=" Inhalte", disable=quiet or None) as bar:
            for _ in rebuild(report):
                bar.update(report.subjects - bar.n)
        return report

    def _check(self) -> None:
        report = check()
        for line in report.differences[:SHOWN]:
            self.stdout.write(line)
        if report.differences:
            raise CommandError(f"{len(report.differences)} Dokumente weichen ab. Abhilfe: manage.py rebuild_published")
        self.stdout.write(f"{report.subjects} Inhalte geprüft, alles stimmt.")
