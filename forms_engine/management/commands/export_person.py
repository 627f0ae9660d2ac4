"""`manage.py export_person`: all applications of one person as a zip, to be given to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms_engine.management.person import add_person_arguments, applications, responsible
from forms_engine.services.personal_data import export_applications


class Command(BaseCommand):
    help = "Packt alle Anträge einer Person mit PDF und Dateien in eine ZIP-Datei: Auskunft nach Art. 15 und 20 DSGVO."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)
        parser.add_argument("--out", required=True, type=Path, metavar="DATEI", help="neue ZIP-Datei")

    def handle(self, *args: Any, **options: Any) -> None:
        by, found = responsible(options), applications(options)
        try:
            with options["out"].open("xb") as out:
                out.writelines(export_applications(found, by=by, reason=options["reason"]))
        except FileExistsError:
            raise CommandError(f"{options['out']} gibt es schon.") from None
        self.stdout.write(f"{len(found)} Anträge in {options['out']}.")
