"""Take over a carrier's list of children and guardians."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from messaging.importers.carrier_list import ListRefused, read_list
from messaging.models import Facility
from messaging.services.imports import import_list


class Command(BaseCommand):
    """Safe to run again: what is there already stays as it is."""

    help = "Übernimmt die Liste eines Trägers (CSV): Kinder, Gruppen, Sorgeberechtigte. Ein zweiter Lauf ändert nichts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV-Datei, siehe docs/how-to/bring-a-carrier-in.md")
        parser.add_argument("--carrier", required=True, help="Kürzel des Trägers")
        parser.add_argument("--dry-run", action="store_true", help="nur prüfen")

    def handle(self, *args: Any, file: Path, carrier: str, dry_run: bool, **options: Any) -> None:
        facilities = list(Facility.objects.filter(controller__key=carrier).select_related("controller"))
        if not facilities:
            raise CommandError(f"Der Träger „{carrier}“ hat keine Einrichtungen.")
        try:
            rows = read_list(file.read_bytes())
        except (ListRefused, OSError) as problem:
            raise CommandError(str(problem)) from None
        report = import_list(rows, facilities, is_dry_run=dry_run)
        words = {"new": "neu", "changed": "geändert", "same": "unverändert", "error": "FEHLER"}
        for line in report.lines:
            self.stdout.write(f"Zeile {line.line}: {words[line.state]}: {line.text}")
        counts = ", ".join(f"{report.counts[state]} {word}" for state, word in words.items())
        self.stdout.write(f"{'Nur geprüft' if dry_run else 'Übernommen'}: {counts}")
        if report.counts["error"]:
            raise CommandError("Zeilen mit Fehlern wurden nicht übernommen.")
