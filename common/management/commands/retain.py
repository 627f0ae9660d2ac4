"""`manage.py retain`: deletes what is over, rule by rule, and says what that was."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common import retention


class Command(BaseCommand):
    help = "Löscht, was nach Gesetz und Formular zu löschen ist; --dry-run zählt nur. Der Worker tut es jede Stunde."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zählen, nichts löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        only_count = options["dry_run"]
        for rule in retention.rules.values():
            number = rule.due() if only_count else rule.delete()
            self.stdout.write(f"{number:>7}  {rule.what}: {rule.when} ({rule.law})")
        self.stdout.write("Nichts gelöscht, nur gezählt." if only_count else "Gelöscht.")
