"""Fill the database with the demo city."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.importers.demo.people import PEOPLE
from cms.importers.demo.source import read_city
from cms.management.quiet import quiet_logs
from cms.services.demo_city import load_demo_city

DEFAULT_PASSWORD = "jena-demo-2026"  # noqa: S105 - printed on purpose, for a demo only


class Command(BaseCommand):
    """Safe to run again and again: only what is missing or changed in the files is written."""

    help = "Lädt die Demo-Stadt: Ämter, Leistungen, Formulare, Fragen, Anmeldungen. Ein zweiter Lauf ändert nichts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default=DEFAULT_PASSWORD, help="Kennwort für neue Demo-Anmeldungen")

    def handle(self, *args: Any, password: str, **options: Any) -> None:
        with quiet_logs(), disable_reference_index_auto_update():
            report = load_demo_city(read_city(), password=password)
        if report.total:
            # Once each at the end, instead of a task for each of four saves of each object.
            call_command("rebuild_references_index", verbosity=0)
            lines = [f"  {name}: {count}" for name, count in report.written.items() if count]
            self.stdout.write("Demo-Stadt geladen, neu oder erneuert:\n" + "\n".join(lines))
        else:
            self.stdout.write("Demo-Stadt: alles ist schon da, nichts geändert.")
        self.stdout.write("\nAnmeldungen (Kennwort bei neuen Konten: " + password + ")")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<38} {person.purpose}")
