"""`manage.py reconcile`: proves that nothing is lost and nothing doubled, or says what is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import reconcile

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Gleicht ab, ob alles da ist, was zusammengehört: Anträge, Zustellungen, Fälle, Belege, Protokoll. "
        "Liest nur; --fix behebt, was eine Maschine beheben darf. Exit-Code 1, solange etwas offen ist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="beheben, was ohne Menschen geht")

    def handle(self, *args: Any, **options: Any) -> None:
        left = sum(self._examine(name, check, fix=options["fix"]) for name, check in reconcile.checks.items())
        if left:
            raise CommandError(f"{left} Befunde.")
        self.stdout.write(self.style.SUCCESS("Nichts fehlt, nichts ist doppelt."))

    def _examine(self, name: str, check: reconcile.Check, *, fix: bool) -> int:
        """Print one promise and what breaks it; returns how many are left."""
        found = list(check.find())
        mended = [item for item in found if fix and reconcile.mend(name, item)]
        left = [item for item in found if item not in mended]
        self.stdout.write(f"{'✗' if left else '✓'} {check.promise}" + (f": {len(left)} offen" if left else ""))
        for item in left[:SHOWN]:
            self.stdout.write(f"    {item.obj}  {item.text}")
        if len(left) > SHOWN:
            self.stdout.write(f"    … und {len(left) - SHOWN} weitere")
        if mended:
            self.stdout.write(f"    {len(mended)} behoben")
        return len(left)
