"""`manage.py erase_person`: deletes the applications of one person at their wish."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms_engine.management.person import add_person_arguments, applications, responsible
from forms_engine.services.personal_data import CaseStillOpen, erase_applications


class Command(BaseCommand):
    help = "Löscht alle Anträge einer Person (Art. 17 DSGVO). Solange ein Fall noch offen ist, wird keiner gelöscht."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="wirklich löschen; ohne wird nur gezeigt, was es träfe")

    def handle(self, *args: Any, **options: Any) -> None:
        by, found = responsible(options), applications(options)
        for submission in found:
            self.stdout.write(f"{submission.reference}  {submission.flow.form.title}")
        if not options["yes"]:
            self.stdout.write("Nichts gelöscht. Mit --yes werden diese Anträge gelöscht.")
            return
        try:
            number = erase_applications(found, by=by, reason=options["reason"])
        except CaseStillOpen as error:
            text = f"Der Fall {error} ist noch offen; nichts gelöscht (Art. 17 Abs. 3 Buchst. b DSGVO)."
            raise CommandError(text) from error
        self.stdout.write(f"{number} Anträge gelöscht.")
