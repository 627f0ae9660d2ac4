"""Import a service catalogue in DLDB format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cms.importers.dldb.reading import CatalogueBroken, read_records
from cms.management.quiet import quiet_logs
from cms.services.service_import import ImportReport, import_services

SHOWN = 20


class Command(BaseCommand):
    """Reads both files completely before anything is written. A second run changes nothing."""

    help = "Übernimmt Leistungen und Standorte aus einem Katalog im DLDB-Format (München, Berlin)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Datei mit den Leistungen")
        parser.add_argument("--locations", type=Path, help="Datei mit den Standorten")
        parser.add_argument("--source", default="dldb", help="Name des Katalogs; mit der Nummer zusammen die Identität")
        parser.add_argument("--dry-run", action="store_true", help="Nur zeigen, was geschehen würde")

    def handle(
        self, *args: Any, file: Path, locations: Path | None, source: str, dry_run: bool, **options: Any
    ) -> None:
        try:
            services = read_records(Path(file))
            offices = read_records(Path(locations)) if locations else []
        except CatalogueBroken as error:
            raise CommandError(f"{error} Es wurde nichts geändert.") from error
        with quiet_logs():
            report = import_services(services, offices, source=source, dry_run=dry_run, progress=self._progress)
        self._tell(report, dry_run=dry_run, verbosity=options["verbosity"])

    def _progress(self, rows: list[Any], name: str) -> Iterable[Any]:
        return tqdm(rows, desc=name, unit="", file=self.stderr, ascii=False, dynamic_ncols=True)

    def _tell(self, report: ImportReport, *, dry_run: bool, verbosity: int) -> None:
        if dry_run:
            self.stdout.write("Probelauf, es wurde nichts geändert.")
        self.stdout.write(
            f"Leistungen: {report.created} neu, {report.updated} geändert, {report.unchanged} unverändert, "
            f"{len(report.skipped)} übersprungen. Standorte: {report.locations} neu oder geändert."
        )
        self._list("Übersprungen", report.skipped, verbosity)
        self._list("Bemerkungen", report.remarks, verbosity)

    def _list(self, title: str, lines: list[str], verbosity: int) -> None:
        if not lines:
            return
        self.stdout.write(f"{title} ({len(lines)}):")
        shown = lines if verbosity > 1 else lines[:SHOWN]
        for line in shown:
            self.stdout.write(f"  {line}")
        if len(shown) < len(lines):
            self.stdout.write(f"  … und {len(lines) - len(shown)} weitere (alle mit --verbosity 2)")
