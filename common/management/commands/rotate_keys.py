"""`manage.py rotate_keys`: brings everything under the first key of ENCRYPTION_KEYS, while people apply."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import crypto, key_rotation


class Command(BaseCommand):
    help = (
        "Legt den neuen Schlüssel (den ersten in ENCRYPTION_KEYS) um alles, was gespeichert ist; der Betrieb läuft "
        "weiter. --check zählt nur, welche Schlüssel noch gebraucht werden."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="nur zählen; Exit-Code 1, wenn alte Schlüssel nötig sind"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failing = self._check() if options["check"] else self._rotate()
        if failing:
            raise CommandError(failing)
        self.stdout.write(self.style.SUCCESS(f"Alles liegt unter Schlüssel „{crypto.current_key_id()}“."))

    def _check(self) -> str:
        others = 0
        for name, column in key_rotation.columns.items():
            keys = key_rotation.count_keys(column)
            self.stdout.write(f"{name}: " + (", ".join(f"{k}: {n}" for k, n in sorted(keys.items())) or "leer"))
            others += sum(number for key, number in keys.items() if key != crypto.current_key_id())
        return f"{others} Datensätze brauchen noch einen anderen Schlüssel." if others else ""

    def _rotate(self) -> str:
        lost = 0
        for name, column in key_rotation.columns.items():
            changed, unreadable = key_rotation.rotate(column)
            self.stdout.write(f"{name}: {changed} umgelegt" + (f", {unreadable} unlesbar" if unreadable else ""))
            lost += unreadable
        return f"{lost} Datensätze öffnet kein Schlüssel; bitte den alten Schlüssel nicht löschen." if lost else ""
